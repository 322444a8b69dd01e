/** The notebook's own runtime, from the page's start to numpy imported; then a stop and the next. */
import { createBlobWorker } from "./parts.js";
import { Runtime } from "./runtime.js";
import { Snapshots } from "./snapshot.js";

const order = JSON.parse(document.querySelector("#order").textContent);
const bench = { ready: null, kept: false, workersReady: 0, afterStop: null, failed: null };
globalThis.bench = bench;

const snapshots = new Snapshots();
const runtime = new Runtime({
  spare: order.spare,
  createWorker: async () => {
    const worker = await createBlobWorker();
    worker.addEventListener("message", ({ data }) => {
      if (data.type === "ready") bench.workersReady += 1;
      if (data.type === "failed") bench.failed = data.message;
    });
    return worker;
  },
  snapshots: {
    has: (manifest) => (order.snapshot ? snapshots.has(manifest) : Promise.resolve(false)),
    forget: () => snapshots.forget(),
    async keep(manifest) {
      if (order.snapshot) await snapshots.keep(manifest);
      bench.kept = order.snapshot && (await snapshots.has(manifest));
    },
  },
});

/** Time until the runtime is idle. */
function untilIdle() {
  return new Promise((resolve) => {
    const look = setInterval(() => {
      if (!runtime.idle) return;
      clearInterval(look);
      resolve(performance.now());
    }, 2);
  });
}

runtime.warm();
bench.ready = await untilIdle();

bench.stopAndGo = () => {
  const job = runtime.submit({
    declaration: order.request.declaration,
    before: Promise.resolve(),
    request: () => JSON.stringify(order.request),
    onLoading: () => {},
    onStdout: () => {},
    onRunning: async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      const began = performance.now();
      job.stop();
      bench.stopped = performance.now() - began;
      await job.done;
      await new Promise((resolve) => setTimeout(resolve)); // the queue moves on
      runtime.warm();
      bench.afterStop = (await untilIdle()) - began;
    },
  });
};
