/**
 * The worker, and the only code that speaks to Pyodide. It is started from a blob: URL, because
 * only then does the policy of the page bind it, and with it the Python that runs inside. Such a
 * module can import nothing: the blob holds worker-files.js, worker-confine.js and this, as one text.
 * @module
 */

/** @import { BootOrder, Prepared, RunOrder, Wheel, WorkerMessage } from "./messages.js" */

if (self.location.protocol !== "blob:") {
  throw new Error("worker.js serves only from a blob: URL, where the policy of the page binds it");
}

const WASM_PAGE = 65536;
const MEGABYTE = 2 ** 20;
const HEARTBEAT_MS = 1000;
/** More of them tell no more. */
const MOST_VIOLATIONS = 20;

/** @typedef {(text: string) => void} Hear */
/** @type {(request: string, onStdout: Hear, onGlimpse: Hear) => string} */
let perform = () => {
  throw new Error("the runtime is not ready");
};
/** Does ahead what a first run would spend its time on. */
let prepare = () => {};
/** Puts a wheel where the kit looks for it. @type {(wheel: Wheel) => void} */
let place = () => {};
const growth = guardMemory();

// What a program makes itself is not trusted: it could order a run of its own and have that judged.
self.addEventListener("message", ({ data, isTrusted }) => {
  if (!isTrusted) return;
  if (data.type === "boot") boot(data);
  else if (data.type === "run") run(data);
});

/** The only way to speak to the page: a program must not find one, it could write its own verdict.
 * @type {(message: WorkerMessage) => void} */
const post = self.postMessage.bind(self);
Reflect.deleteProperty(self, "postMessage");
Reflect.deleteProperty(DedicatedWorkerGlobalScope.prototype, "postMessage");

/** What the policy refuses to a program is told, so that those who test it learn of it. */
let violations = 0;
self.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
  violations += 1;
  if (violations > MOST_VIOLATIONS) return;
  post({ type: "violation", directive: effectiveDirective, uri: blockedURI });
});

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
    prepare();
  } catch (error) {
    post({ type: "failed", run: null, message: words(error) });
  } finally {
    clearInterval(heartbeat);
  }
}

/** Starts Python, its packages and the kit. @param {BootOrder} order */
async function start(order) {
  const prepared = order.prepared && new Boot(order, order.prepared); // while the scripts load
  const module = compileAhead(new URL(INTERPRETER, order.base));
  module.catch(() => {}); // told where it is awaited
  const [{ loadPyodide }] = await Promise.all([
    importFile(order.base, "pyodide.mjs"),
    importFile(order.base, "pyodide.asm.js"), // leaves globalThis._createPyodideModule
  ]);
  const options = {
    indexURL: order.base,
    packageBaseUrl: order.base,
    lockFileContents: fetch(new URL(order.lock, order.base)).then((response) => response.json()),
  };
  const load = (/** @type {object} */ more) => loadPyodide({ ...options, ...more });
  const pyodide = await (prepared?.start(load) ?? load({}));
  const gc = pyodide.pyimport("gc");
  gc.disable(); // imports leave no garbage worth the search
  await loadPackages(pyodide, order.packages);
  const page = pyodide.pyimport("conceptbook_kit.page");
  ({ perform, prepare } = page);
  place = placer(pyodide.FS, page.WHEELS);
  gc.enable();
  await module;
  confine();
  growth.markBaseline(pyodide._module.HEAP8.byteLength);
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
 * The start of a prepared runtime: its modules from one file, its libraries from another, and,
 * where the page has kept one, its memory from a snapshot. A snapshot fits only the addresses that
 * the maker had, so there the libraries are loaded before Python, in the maker's order. Otherwise
 * they come after it: Python starts while they are on their way.
 */
class Boot {
  /** @param {BootOrder} order @param {Prepared} prepared */
  constructor(order, prepared) {
    const { base, snapshot } = order;
    this.order = order;
    this.prepared = prepared;
    this.libraries = unpackLibraries(order, prepared);
    this.modules = fetch(new URL(prepared.modules, base)).then(unzipped);
    const { file, memory } = prepared.snapshot;
    this.image = snapshot && keptSnapshot(new URL(file, base), memory);
    for (const part of [this.libraries, this.modules, this.image]) {
      if (part) part.catch(() => {}); // told where it is awaited
    }
  }

  /** @param {(options: object) => Promise<any>} loadPyodide */
  async start(loadPyodide) {
    const { base, later } = this.order;
    const stdLibURL = new URL(this.prepared.modules, base).href;
    const modules = await this.modules;
    serveOwn(stdLibURL, () => new Response(modules));
    const pyodide = await (this.image
      ? this.#restore(loadPyodide, stdLibURL)
      : this.#begin(loadPyodide, stdLibURL));
    const finders = pyodide.pyimport("conceptbook_runtime");
    const rest = new URL(this.prepared.rest, base).href;
    finders.reach(() => fetchNow(rest), later[this.prepared.rest].sha256);
    finders.destroy();
    return pyodide;
  }

  /** @param {(options: object) => Promise<any>} loadPyodide @param {string} stdLibURL */
  async #restore(loadPyodide, stdLibURL) {
    const [image, paths] = await Promise.all([this.image, this.#served()]);
    const lost = preload(paths);
    const pyodide = await Promise.race([loadPyodide({ stdLibURL, _loadSnapshot: image }), lost]);
    pyodide.pyimport("conceptbook_runtime").reseed();
    return pyodide;
  }

  /** @param {(options: object) => Promise<any>} loadPyodide @param {string} stdLibURL */
  async #begin(loadPyodide, stdLibURL) {
    const pyodide = await loadPyodide({ stdLibURL });
    const paths = await this.#served();
    const { locateFile } = pyodide._module;
    pyodide._module.locateFile = (/** @type {string} */ path) => path;
    await loadAll(pyodide._module, paths, false);
    pyodide._module.locateFile = locateFile;
    const finders = pyodide.pyimport("conceptbook_runtime");
    finders.install(pyodide.toPy(importNames(paths)));
    finders.destroy();
    return pyodide;
  }

  /** Has fetch give the libraries, by their paths. */
  async #served() {
    const libraries = await this.libraries;
    for (const [path, library] of libraries) serveOwn(path, () => new Response(library));
    return [...libraries.keys()];
  }
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
        module.addRunDependency("libraries");
        loadAll(module, paths, true).then(
          () => module.removeRunDependency("libraries"),
          lose,
        );
      });
      return create(settings);
    };
  });
}

/**
 * @param {any} module
 * @param {string[]} paths
 * @param {boolean} isEarly  what they lack comes later
 */
async function loadAll(module, paths, isEarly) {
  for (const path of paths) {
    const allowUndefined = isEarly || path !== paths.at(-1); // one look for all of them is enough
    const flags = { loadAsync: true, global: false, nodelete: true, allowUndefined };
    await module.loadDynamicLibrary(path, flags, {});
  }
}

/** Dotted names of compiled modules and their paths. @param {Iterable<string>} paths */
function importNames(paths) {
  const dotted = (/** @type {string} */ path) =>
    path.split("/site-packages/")[1].split(".")[0].replaceAll("/", ".");
  return Object.fromEntries(Array.from(paths, (path) => [dotted(path), path]));
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
async function run({ run, request, memory_mb, wheels }) {
  growth.allow(memory_mb);
  try {
    for (const wheel of wheels) place(wheel);
    const json = perform(
      request,
      (text) => post({ type: "stdout", run, text }),
      (plots) => post({ type: "glimpse", run, plots: JSON.parse(plots) }),
    );
    await new Promise((resolve) => setTimeout(resolve)); // what the policy refused is told first
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
