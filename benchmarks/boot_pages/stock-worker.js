import { loadPyodide } from "./pyodide.mjs";

const pyodide = await loadPyodide();
await pyodide.loadPackage("numpy", { messageCallback: () => {} });
pyodide.runPython("import numpy");
self.onmessage = ({ data }) => pyodide.runPython(data);
self.postMessage("ready");
