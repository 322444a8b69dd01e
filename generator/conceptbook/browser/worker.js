/**
 * The worker, and the only code that speaks to Pyodide. One file, started from a blob: URL, because
 * only then does the policy of the page bind it, and with it the Python that runs inside.
 * @module
 */

/** @import { BootOrder, Prepared, RunOrder, RuntimeFile, Wheel, WorkerMessage } from "./messages.js" */

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
/** Puts a wheel where the kit looks for it. @type {(wheel: Wheel) => void} */
let place = () => {};
const memory = guardMemory();

self.onmessage = ({ data }) => {
  if (data.type === "boot") boot(data);
  else if (data.type === "run") run(data);
};

/** The only way to speak to the page: a program must not find one, it could write its own verdict.
 * @type {(message: WorkerMessage) => void} */
const post = self.postMessage.bind(self);
Reflect.deleteProperty(self, "postMessage");
Reflect.deleteProperty(DedicatedWorkerGlobalScope.prototype, "postMessage");

/** @param {BootOrder} order */
async function boot(order) {
  let [loaded, cached] = [0, 0];
  const total = Object.values(order.files).reduce((sum, { bytes }) => sum + bytes, 0);
  const report = () => post({ type: "progress", loaded, total, cached });
  const heartbeat = setInterval(report, HEARTBEAT_MS);
  try {
    report();
    const files = obtain(order, (bytes, wasKept) => {
      loaded += bytes;
      if (wasKept) cached += bytes;
      report();
    });
    const arrived = Promise.all(files.values());
    serveOnly(files, order.base);
    // A file that fails must end the boot: Pyodide itself waits for ever for its wasm.
    const [versions] = await Promise.all([start(order), arrived]);
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
 * @param {(bytes: number, wasKept: boolean) => void} arrived
 * @returns {Map<string, Promise<Response>>} by absolute URL
 */
function obtain({ base, files }, arrived) {
  return new Map(
    Object.entries(files).map(([name, file]) => {
      const url = new URL(name, base).href;
      const response = fetchPinned(name, url, file).then((pinned) => {
        arrived(file.bytes, cameFromCache(url));
        return pinned;
      });
      return [url, response];
    }),
  );
}

/** Whether the browser had the file already. @param {string} url */
function cameFromCache(url) {
  const entry = /** @type {PerformanceResourceTiming | undefined} */ (
    performance.getEntriesByName(url).at(-1)
  );
  return entry !== undefined && entry.transferSize === 0 && entry.decodedBodySize > 0;
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

/** Has fetch give what the worker itself made. @param {string} name @param {() => Response} make */
function serveOwn(name, make) {
  const fetchFile = self.fetch;
  self.fetch = async (input) => (String(input) === name ? make() : fetchFile(input));
}

/** Starts Python, its packages and the kit. @param {BootOrder} order */
async function start(order) {
  const unpacked = order.prepared && unpack(order, order.prepared); // while the scripts load
  const module = compileAhead(new URL("pyodide.asm.wasm", order.base));
  for (const early of [unpacked, module]) early?.catch(() => {}); // told where it is awaited
  const [{ loadPyodide }] = await Promise.all([
    importFile(order.base, "pyodide.mjs"),
    importFile(order.base, "pyodide.asm.js"), // leaves globalThis._createPyodideModule
  ]);
  const options = {
    indexURL: order.base,
    packageBaseUrl: order.base,
    lockFileContents: fetch(new URL(order.lock, order.base)).then((response) => response.json()),
  };
  const pyodide = unpacked
    ? await startPrepared(order, await unpacked, (more) => loadPyodide({ ...options, ...more }))
    : await loadPyodide(options);
  const gc = pyodide.pyimport("gc");
  gc.disable(); // imports leave no garbage worth the search
  await loadPackages(pyodide, order.packages);
  const page = pyodide.pyimport("conceptbook_kit.page");
  perform = page.perform;
  place = placer(pyodide.FS, page.WHEELS);
  gc.enable();
  await module;
  memory.markBaseline(pyodide._module.HEAP8.byteLength);
  return {
    pyodide: pyodide.version,
    python: pyodide.pyimport("platform").python_version(),
    numpy: pyodide.pyimport("numpy").__version__,
  };
}

/**
 * Has the interpreter compiled while the scripts that would ask for it are on their way.
 * @param {URL} url
 */
function compileAhead(url) {
  const module = fetch(url).then((response) => WebAssembly.compileStreaming(response));
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const compiled = await module;
    return { module: compiled, instance: await WebAssembly.instantiate(compiled, imports) };
  };
  serveOwn(url.href, () => new Response()); // what Pyodide hands to instantiateStreaming
  return module;
}

/**
 * Starts a prepared runtime: its libraries before Python, its modules from one zip, and, where the
 * page has kept one, its memory from a snapshot. A snapshot fits only the addresses that the maker
 * had, so both load the same libraries in the same order.
 * @param {BootOrder} order
 * @param {Unpacked} unpacked
 * @param {(options: object) => Promise<any>} loadPyodide
 */
async function startPrepared({ base, later }, { prepared, libraries, modules, image }, loadPyodide) {
  const stdLibURL = new URL(prepared.modules, base).href;
  serveOwn(stdLibURL, () => new Response(modules));
  for (const [path, library] of libraries) serveOwn(path, () => new Response(library));
  const lost = preload([...libraries.keys()]);
  const snapshot = image && { _loadSnapshot: image };
  const pyodide = await Promise.race([loadPyodide({ stdLibURL, ...snapshot }), lost]);
  const finders = pyodide.pyimport("conceptbook_runtime");
  if (image) finders.reseed();
  else finders.install(pyodide.toPy(importNames(libraries.keys())));
  const rest = new URL(prepared.rest, base).href;
  finders.reach(() => fetchNow(rest), later[prepared.rest].sha256);
  finders.destroy();
  return pyodide;
}

/**
 * @typedef {{prepared: Prepared, libraries: Map<string, ArrayBuffer>, modules: ArrayBuffer,
 *   image: Uint8Array | null}} Unpacked
 * @param {BootOrder} order
 * @param {Prepared} prepared
 * @returns {Promise<Unpacked>}
 */
async function unpack({ base, later, snapshot }, prepared) {
  const { file, members } = prepared.libraries;
  const [whole, modules, image] = await Promise.all([
    fetch(new URL(file, base)).then(unzipped),
    fetch(new URL(prepared.modules, base)).then(unzipped),
    snapshot ? keptSnapshot(new URL(prepared.snapshot, base), later[prepared.snapshot]) : null,
  ]);
  let end = 0;
  const libraries = members.map(({ path, bytes }) => {
    end += bytes;
    return /** @type {[string, ArrayBuffer]} */ ([path, whole.slice(end - bytes, end)]);
  });
  return { prepared, libraries: new Map(libraries), modules, image };
}

/** @param {Response} response gzip @returns {Promise<ArrayBuffer>} */
function unzipped({ body }) {
  if (body === null) throw new Error("a file of the runtime is empty");
  return new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/**
 * Has the next Pyodide load these libraries before it starts.
 * @param {string[]} paths
 * @returns {Promise<never>} rejected when one cannot be loaded, for which Pyodide would wait
 */
function preload(paths) {
  return new Promise((_, lose) => {
    const scope = /** @type {any} */ (self);
    const create = scope._createPyodideModule;
    scope._createPyodideModule = (/** @type {any} */ settings) => {
      const { locateFile, preRun = [] } = settings;
      settings.locateFile = (/** @type {string} */ path, /** @type {string} */ prefix) =>
        paths.includes(path) ? path : locateFile(path, prefix);
      settings.preRun = [preRun].flat().concat((/** @type {any} */ module) => {
        loadAll(module, paths).catch(lose);
      });
      return create(settings);
    };
  });
}

/** @param {any} module @param {string[]} paths */
async function loadAll(module, paths) {
  const flags = { loadAsync: true, global: false, nodelete: true, allowUndefined: true };
  module.addRunDependency("libraries");
  for (const path of paths) await module.loadDynamicLibrary(path, flags, {});
  module.removeRunDependency("libraries");
}

/** Dotted names of compiled modules and their paths. @param {Iterable<string>} paths */
function importNames(paths) {
  const dotted = (/** @type {string} */ path) =>
    path.split("/site-packages/")[1].split(".")[0].replaceAll("/", ".");
  return Object.fromEntries(Array.from(paths, (path) => [dotted(path), path]));
}

/**
 * The snapshot that the page has kept, checked once more: other programs reach that cache too.
 * @param {URL} url
 * @param {RuntimeFile} pinned
 */
async function keptSnapshot(url, { sha256 }) {
  const kept = await caches.match(url);
  if (!kept) throw new Error("the snapshot is no longer kept");
  const packed = await kept.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", packed));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== sha256) throw new Error("the snapshot is not that of this notebook");
  return new Uint8Array(await unzipped(new Response(packed)));
}

/** Fetches a file in the midst of a Python import, which cannot wait. @param {string} url */
function fetchNow(url) {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${url} cannot be fetched`);
  return new Uint8Array(request.response);
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
  if (packages.length === 0) return;
  /** @type {string[]} */
  const faults = [];
  await pyodide.loadPackage(packages, {
    checkIntegrity: true,
    messageCallback: () => {},
    errorCallback: (/** @type {string} */ fault) => faults.push(fault),
  });
  if (faults.length > 0) throw new Error(faults.join(" "));
}

/**
 * @param {any} files Pyodide's
 * @param {string} folder
 * @returns {(wheel: Wheel) => void}
 */
function placer(files, folder) {
  files.mkdirTree(folder);
  return ({ sha256, data }) => files.writeFile(`${folder}/${sha256}.whl`, new Uint8Array(data));
}

/** @param {RunOrder} order */
function run({ run, request, memory_mb, wheels }) {
  memory.allow(memory_mb);
  try {
    for (const wheel of wheels) place(wheel);
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
  let baseline = 0;
  let limit = Infinity;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * WASM_PAGE > limit) {
      throw new RangeError("the memory budget of this run is spent");
    }
    return grow.call(this, pages);
  };
  return {
    /** @param {number} size in bytes, of the idle runtime */
    markBaseline(size) {
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
