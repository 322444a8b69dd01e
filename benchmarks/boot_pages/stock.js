/** Pyodide as its documentation shows it: a module worker, loadPyodide, loadPackage. */
const bench = { ready: null, kept: true, workersReady: 2, afterStop: null, failed: null };
globalThis.bench = bench;

function boot() {
  const worker = new Worker("stock-worker.js", { type: "module" });
  const ready = new Promise((resolve) => {
    worker.onmessage = () => resolve(performance.now());
  });
  return { worker, ready };
}

let present = boot();
bench.ready = await present.ready;

bench.stopAndGo = async () => {
  present.worker.postMessage("while True: pass");
  await new Promise((resolve) => setTimeout(resolve, 300));
  const began = performance.now();
  present.worker.terminate();
  bench.stopped = performance.now() - began;
  present = boot();
  bench.afterStop = (await present.ready) - began;
};
