/**
 * Makes the prepared runtime inside the runtime itself, under Node: compiled modules in two files,
 * the compiled libraries in one file, and a memory snapshot with everything imported.
 *
 * Reads one JSON object from standard input: {distribution, scratch, kit, imports, snapshot}; the
 * first three are folders or files; writes into the scratch folder. Tells what it made on standard
 * output, as one JSON object.
 */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const order = JSON.parse(readFileSync(0, "utf8"));
const here = dirname(fileURLToPath(import.meta.url));
const SITE_PACKAGES = "/lib/python3.13/site-packages/";

globalThis.require = createRequire(import.meta.url);
const { loadPyodide } = await import(pathToFileURL(join(order.distribution, "pyodide.mjs")));

/** @param {string} name */
const input = (name) => new Uint8Array(readFileSync(join(order.distribution, name)));
/** @param {string} name */
const text = (name) => readFileSync(join(here, name), "utf8");
/** @param {string} name @param {Uint8Array} data */
function keep(name, data) {
  const path = join(order.scratch, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, data);
  return path;
}

/** What differs from one moment to the next would differ in the snapshot too. */
function stopTheClock() {
  const moment = Date.UTC(2025, 0, 1);
  Date.now = () => moment;
  performance.now = () => 0;
  process.hrtime = Object.assign(() => [0, 0], { bigint: () => 0n });
  let draw = 1;
  const fill = (/** @type {any} */ array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let i = 0; i < bytes.length; i++) {
      draw = (Math.imul(draw, 1664525) + 1013904223) >>> 0;
      bytes[i] = draw >>> 24;
    }
    return array;
  };
  Object.defineProperty(globalThis.crypto, "getRandomValues", { value: fill });
  require("node:crypto").randomFillSync = fill;
}

/** Loads libraries before Python starts, always in the same order, so at the same addresses. */
function preload(settings, libraries) {
  settings.thisProgram = "python";
  settings.locateFile = ((locate) => (path, prefix) =>
    libraries.has(path) ? libraries.get(path) : locate ? locate(path, prefix) : prefix + path)(
    settings.locateFile,
  );
  settings.preRun = [settings.preRun ?? []].flat();
  settings.preRun.push(async (module) => {
    module.addRunDependency("libraries");
    for (const path of libraries.keys()) {
      const flags = { loadAsync: true, global: false, nodelete: true, allowUndefined: true };
      await module.loadDynamicLibrary(path, flags, {});
    }
    module.removeRunDependency("libraries");
  });
  return settings;
}

/** @param {object} options @param {Map<string, string>} libraries path in the runtime -> on disk */
async function load(options, libraries = new Map()) {
  await import(pathToFileURL(join(order.distribution, "pyodide.asm.js")));
  const create = globalThis._createPyodideModule;
  globalThis._createPyodideModule = (settings) => create(preload(settings, libraries));
  try {
    return await loadPyodide({ indexURL: order.distribution, args: [], ...options });
  } finally {
    globalThis._createPyodideModule = create;
  }
}

/** Dotted names of the compiled modules -> their paths. @param {Iterable<string>} paths */
function importNames(paths) {
  const names = [...paths].map((path) => [
    path.slice(SITE_PACKAGES.length).split(".")[0].replaceAll("/", "."),
    path,
  ]);
  return Object.fromEntries(names);
}

function installFinders(pyodide, libraries) {
  const paths = pyodide.toPy(importNames(libraries.keys()));
  const finders = pyodide.pyimport("conceptbook_runtime");
  finders.install(paths);
  finders.destroy();
  paths.destroy();
}

/** Compressed by the runtime's own zlib: the host's may differ. @param {Uint8Array} data */
function packed(data) {
  maker.FS.writeFile("/data", data);
  return compile.packed("/data").toJs();
}

const maker = await load({ env: { PYTHONNODEBUGRANGES: "1" } });
maker.FS.writeFile("/stdlib.zip", input("python_stdlib.zip"));
maker.FS.writeFile("/numpy.whl", input(order.numpy));
maker.FS.writeFile("/kit.whl", new Uint8Array(readFileSync(order.kit)));
maker.FS.writeFile("/compile.py", text("compile.py"));
maker.runPython("import sys; sys.path.insert(0, '/'); sys.dont_write_bytecode = True");
const compile = maker.pyimport("compile");
const own = ["conceptbook_runtime", "conceptbook_known", "sitecustomize", "asking"];
const texts = Object.fromEntries(own.map((name) => [name, text(`${name}.py`)]));
const parts = compile.Parts("/stdlib.zip", "/numpy.whl", "/kit.whl", maker.toPy(texts));

const libraries = new Map();
const shipped = [];
const chunks = [];
for (const [name, data] of parts.libraries()) {
  const bytes = data.toJs();
  libraries.set(SITE_PACKAGES + name, keep(`libraries/${name}`, bytes));
  shipped.push({ path: SITE_PACKAGES + name, bytes: bytes.length });
  chunks.push(bytes);
}

const whole = keep("whole.zip", parts.whole().toJs());
const tracer = await load({ stdLibURL: whole }, libraries);
installFinders(tracer, libraries);
tracer.FS.writeFile("/tracing.py", text("tracing.py"));
tracer.runPython("import sys; sys.path.insert(0, '/')");
const tracing = tracer.pyimport("tracing");
const imported = maker.toPy(tracing.trace(tracer.toPy(order.imports)).toJs());
const first = keep("modules.zip", parts.first(imported, tracing.asked(0), tracing.asked(1)).toJs());
keep("modules.bin", packed(readFileSync(first)));
keep("rest.zip", parts.rest(imported).toJs());
keep("libraries.bin", packed(Buffer.concat(chunks)));

stopTheClock();
const model = await load(
  { stdLibURL: first, _makeSnapshot: true, env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0" } },
  libraries,
);
installFinders(model, libraries);
for (const name of order.resident) model.runPython(`import ${name}`);
model.runPython("import gc; gc.collect(); del gc");
model.pyimport("conceptbook_runtime").rest();
const snapshot = model.makeMemorySnapshot();
keep("snapshot.bin", packed(snapshot));
const memory = createHash("sha256").update(snapshot).digest("hex");
process.stdout.write(JSON.stringify({ libraries: shipped, memory }) + "\n");
