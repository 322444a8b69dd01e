import { loadPyodide } from "./pyodide.mjs";

self.onmessage = async ({ data }) => {
  const pyodide = await loadPyodide({ stdout: (text) => self.postMessage(text) });
  await pyodide.loadPackage("numpy", { messageCallback: () => {} });
  pyodide.runPython(data);
  self.postMessage(null);
};
