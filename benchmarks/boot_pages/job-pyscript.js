/** PyScript tells when a script of the page is done; its prints go to the console. */
const job = { at: null, printed: "" };
globalThis.job = job;
document.addEventListener("py:done", () => {
  job.at = performance.now();
});
