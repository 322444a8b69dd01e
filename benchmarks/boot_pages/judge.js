/** Runs one request after another in the page's own runtime; gives the verdict's state. */
import { Runtime } from "./runtime.js";

const runtime = new Runtime();

globalThis.judge = async (request) => {
  const { done } = runtime.submit({
    declaration: { ...request.declaration, seconds: 60 },
    request: () => JSON.stringify(request),
    onLoading: () => {},
    onRunning: () => {},
    onStdout: () => {},
  });
  const outcome = await done;
  return outcome.kind === "reply" ? outcome.reply.verdict.state : outcome.kind;
};
