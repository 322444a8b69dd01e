/**
 * The files of the runtime, as the worker gets them: each only if it is, bit for bit, the pinned
 * one. These are functions of worker.js, put before it in one text; see there.
 * @module
 */

/** @import { BootOrder, Prepared, RuntimeFile } from "./messages.js" */

const INTERPRETER = "pyodide.asm.wasm";
/** The worker's own way out; `self.fetch` is narrowed to the runtime's files at boot. */
const fetchFromSite = self.fetch.bind(self);
/** Kept from the programs, too: see worker-confine.js. */
const OwnRequest = self.XMLHttpRequest;

/**
 * Asks for all the files at once, except that numpy's libraries come after what Python starts with;
 * each is delivered only if it is, bit for bit, the pinned one.
 * @param {BootOrder} order
 * @param {(bytes: number, wasKept: boolean) => void} arrived
 * @returns {Map<string, Promise<Response>>} by absolute URL
 */
function obtain({ base, files, prepared, snapshot }, arrived) {
  const last = prepared && !snapshot ? prepared.libraries.file : null;
  /** @param {string} name */
  const get = async (name) => {
    const url = new URL(name, base).href;
    const pinned = await fetchPinned(name, url, files[name]);
    arrived(files[name].bytes, cameFromCache(url));
    return pinned;
  };
  const first = Object.keys(files).filter((name) => name !== last);
  const responses = new Map(first.map((name) => [new URL(name, base).href, get(name)]));
  const interpreter = responses.get(new URL(INTERPRETER, base).href);
  if (last !== null) responses.set(new URL(last, base).href, interpreter.then(() => get(last)));
  return responses;
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

/**
 * Numpy's libraries: path -> content.
 * @param {BootOrder} order
 * @param {Prepared} prepared
 * @returns {Promise<Map<string, ArrayBuffer>>}
 */
async function unpackLibraries({ base }, { libraries: { file, members } }) {
  const whole = await fetch(new URL(file, base)).then(unzipped);
  let end = 0;
  const libraries = members.map(({ path, bytes }) => {
    end += bytes;
    return /** @type {[string, ArrayBuffer]} */ ([path, whole.slice(end - bytes, end)]);
  });
  return new Map(libraries);
}

/** @param {Response} response gzip @returns {Promise<ArrayBuffer>} */
function unzipped({ body }) {
  if (body === null) throw new Error("a file of the runtime is empty");
  return new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/**
 * The snapshot that the page has kept, checked once more: other programs reach that cache too.
 * @param {URL} url
 * @param {string} sha256
 */
async function keptSnapshot(url, sha256) {
  const kept = await caches.match(url);
  if (!kept) throw new Error("the snapshot is no longer kept");
  const memory = await kept.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", memory));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== sha256) throw new Error("the snapshot is not that of this notebook");
  return new Uint8Array(memory);
}

/** Fetches a file in the midst of a Python import, which cannot wait. @param {string} url */
function fetchNow(url) {
  const request = new OwnRequest();
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
