/** Pyodide as its documentation shows it runs the same program. */
const { request } = JSON.parse(document.querySelector("#order").textContent);
const job = { at: null, printed: "" };
globalThis.job = job;

const worker = new Worker(new URL("job-stock-worker.js", import.meta.url), { type: "module" });
let last = null;
worker.onmessage = ({ data }) => {
  if (data === null) {
    job.at = last;
  } else {
    job.printed += `${data}\n`;
    last = performance.now();
  }
};
worker.postMessage(request.code);
