/** The notebook's own runtime runs a witness and judges it; when its last line was printed. */
import { fetchManifest } from "./parts.js";
import { Runtime } from "./runtime.js";
import { Snapshots } from "./snapshot.js";

const { request } = JSON.parse(document.querySelector("#order").textContent);
const job = { at: null, printed: "", kept: false };
globalThis.job = job;

let last = null;
const { done } = new Runtime({ spare: false }).submit({
  declaration: request.declaration,
  before: Promise.resolve(),
  request: () => JSON.stringify(request),
  onLoading: () => {},
  onRunning: () => {},
  onStdout: (text) => {
    job.printed += text;
    last = performance.now();
  },
});
const outcome = await done;
if (outcome.kind !== "reply" || outcome.reply.verdict.state !== "holds") {
  throw new Error(`the witness does not hold: ${JSON.stringify(outcome).slice(0, 400)}`);
}
job.at = last;

const manifest = await fetchManifest();
const look = setInterval(async () => {
  job.kept = await new Snapshots().has(manifest);
  if (job.kept) clearInterval(look);
}, 50);
