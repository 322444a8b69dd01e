/**
 * The worker, and the only code that speaks to Pyodide. One file, started from a blob: URL, because
 * only then does the policy of the page bind it, and with it the Python that runs inside.
 * @module
 */

/** @import { BootOrder, RunOrder, RuntimeFile, WorkerMessage } from "./messages.js" */

if (self.location.protocol !== "blob:") {
  throw new Error("worker.js serves only from a blob: URL, where the policy of the page binds it");
}

const WASM_PAGE = 65536;
const MEGABYTE = 2 ** 20;
const HEARTBEAT_MS = 1000;
/** The worker's own way out; `self.fetch` is narrowed to the runtime's files at boot. */
const fetchFromSite = self.fetch.bind(self);

/** @type {(request: string, onStdout: (text: string) => void) => string} */
let perform = () => {
  throw new Error("the runtime is not ready");
};
const memory = guardMemory();

self.onmessage = ({ data }) => {
  if (data.type === "boot") boot(data);
  else if (data.type === "run") run(data);
};

/** @param {WorkerMessage} message */
function post(message) {
  self.postMessage(message);
}

/** @param {BootOrder} order */
async function boot(order) {
  let loaded = 0;
  const total = Object.values(order.files).reduce((sum, { bytes }) => sum + bytes, 0);
  const report = () => post({ type: "progress", loaded, total });
  const heartbeat = setInterval(report, HEARTBEAT_MS);
  try {
    report();
    const files = obtain(order, (bytes) => {
      loaded += bytes;
      report();
    });
    const arrived = Promise.all(files.values());
    serveOnly(files, order.base);
    // A file that fails must end the boot: Pyodide itself waits for ever for its wasm.
    const [versions] = await Promise.all([start(order), arrived]);
    memory.markBaseline();
    post({ type: "ready", versions });
  } catch (error) {
    post({ type: "failed", run: null, message: words(error) });
  } finally {
    clearInterval(heartbeat);
  }
}

/**
 * Asks for all the files at once; each is delivered only if it is, bit for bit, the pinned one.
 * @param {BootOrder} order
 * @param {(bytes: number) => void} arrived
 * @returns {Map<string, Promise<Response>>} by absolute URL
 */
function obtain({ base, files }, arrived) {
  return new Map(
    Object.entries(files).map(([name, file]) => {
      const url = new URL(name, base).href;
      const response = fetchPinned(name, url, file).then((pinned) => {
        arrived(file.bytes);
        return pinned;
      });
      return [url, response];
    }),
  );
}

/** @param {string} name @param {string} url @param {RuntimeFile} file */
async function fetchPinned(name, url, { integrity }) {
  try {
    // A bad copy in the browser's cache must not keep the reader out for ever.
    return await fetchFromSite(url, { integrity }).catch(() =>
      fetchFromSite(url, { integrity, cache: "reload" }),
    );
  } catch {
    throw new Error(`${name} cannot be fetched, or is not the file this notebook was built with`);
  }
}

/**
 * From here on, fetch gives the obtained files, once each, and nothing else.
 * @param {Map<string, Promise<Response>>} files
 * @param {string} base
 */
function serveOnly(files, base) {
  self.fetch = async (input) => {
    const url = input instanceof Request ? input.url : new URL(input, base).href;
    const file = files.get(url);
    files.delete(url);
    if (!file) throw new TypeError(`${url} is not a file of the runtime`);
    return file;
  };
}

/** Starts Python, its packages and the kit. @param {BootOrder} order */
async function start({ base, lock, packages }) {
  const [{ loadPyodide }] = await Promise.all([
    importFile(base, "pyodide.mjs"),
    importFile(base, "pyodide.asm.js"), // leaves globalThis._createPyodideModule for loadPyodide
  ]);
  const pyodide = await loadPyodide({
    indexURL: base,
    packageBaseUrl: base,
    lockFileContents: fetch(new URL(lock, base)).then((response) => response.json()),
  });
  await loadPackages(pyodide, packages);
  perform = pyodide.pyimport("conceptbook_kit.page").perform;
  return {
    pyodide: pyodide.version,
    python: pyodide.pyimport("platform").python_version(),
    numpy: pyodide.pyimport("numpy").__version__,
  };
}

/**
 * import() knows no integrity, so the checked bytes are imported.
 * @param {string} base
 * @param {string} name
 */
async function importFile(base, name) {
  const response = await fetch(new URL(name, base));
  const source = new Blob([await response.arrayBuffer()], { type: "text/javascript" });
  const url = URL.createObjectURL(source);
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param {any} pyodide @param {string[]} packages */
async function loadPackages(pyodide, packages) {
  /** @type {string[]} */
  const faults = [];
  await pyodide.loadPackage(packages, {
    checkIntegrity: true,
    messageCallback: () => {},
    errorCallback: (/** @type {string} */ fault) => faults.push(fault),
  });
  if (faults.length > 0) throw new Error(faults.join(" "));
}

/** @param {RunOrder} order */
function run({ run, request, memory_mb }) {
  memory.allow(memory_mb);
  try {
    const json = perform(request, (text) => post({ type: "stdout", run, text }));
    post({ type: "result", run, json });
  } catch (error) {
    post({ type: "failed", run, message: words(error) });
  }
}

/**
 * Caps the growth of WebAssembly memory, so that numpy raises MemoryError where it would
 * otherwise take up to 4 GB of the reader's machine.
 */
function guardMemory() {
  const grow = WebAssembly.Memory.prototype.grow;
  let size = 0;
  let baseline = 0;
  let limit = Infinity;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * WASM_PAGE > limit) {
      throw new RangeError("the memory budget of this run is spent");
    }
    const before = grow.call(this, pages);
    size = this.buffer.byteLength;
    return before;
  };
  return {
    markBaseline() {
      baseline = size;
    },
    /** @param {number} megabytes over what the idle runtime takes */
    allow(megabytes) {
      limit = baseline + megabytes * MEGABYTE;
    },
  };
}

/** @param {unknown} error */
function words(error) {
  return error instanceof Error ? error.message : String(error);
}
