/** Runs one request after another in the page's own runtime; gives what the verdict says. */
import { Runtime } from "./runtime.js";

const runtime = new Runtime();

globalThis.judge = async (request) => {
  const { done } = runtime.submit({
    declaration: { ...request.declaration, seconds: 60 },
    before: Promise.resolve(),
    request: () => JSON.stringify(request),
    onLoading: () => {},
    onRunning: () => {},
    onStdout: () => {},
  });
  const outcome = await done;
  if (outcome.kind !== "reply") return { state: outcome.kind, curves: {} };
  const { state, curves } = outcome.reply.verdict;
  return { state, curves: Object.fromEntries(curves.map(({ id, ok }) => [id, ok])) };
};
