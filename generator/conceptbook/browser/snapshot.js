/**
 * The memory snapshot of the runtime: fetched when the page is idle, kept in CacheStorage, and
 * used by the next boots. Everything works without it.
 * @module
 */

/** @import { Manifest } from "./messages.js" */

/** The path of the site, which other sites may share an origin with. */
const BASE_PATH = new URL("../../", import.meta.url).pathname;
const CACHE = `conceptbook:${BASE_PATH}:snapshot`;

export class Snapshots {
  #broken = false;

  /**
   * Whether a snapshot of this very runtime is kept.
   * @param {Manifest} manifest
   */
  async has(manifest) {
    const url = address(manifest);
    if (this.#broken || url === null) return false;
    try {
      return (await (await caches.open(CACHE)).match(url)) !== undefined;
    } catch {
      return false; // no storage, or none for us
    }
  }

  /**
   * Fetches it unless it is kept, and unpacks it, which would take a fifth of each later boot;
   * forgets those of other builds.
   * @param {Manifest} manifest
   */
  async keep(manifest) {
    const url = address(manifest);
    if (this.#broken || url === null || (await this.has(manifest))) return;
    try {
      const cache = await caches.open(CACHE);
      const { integrity } = manifest.later[/** @type {string} */ (manifest.prepared?.snapshot.file)];
      const packed = await fetch(url, { integrity });
      const memory = packed.body?.pipeThrough(new DecompressionStream("gzip"));
      await cache.put(url, new Response(memory));
      const others = (await cache.keys()).filter((request) => request.url !== url);
      await Promise.all(others.map((request) => cache.delete(request)));
    } catch {
      // offline, or the storage is full: the next boot is an ordinary one
    }
  }

  /** It did not serve: not used again in this visit, nor kept. */
  async forget() {
    this.#broken = true;
    await caches.delete(CACHE).catch(() => {});
  }
}

/** @param {Manifest} manifest */
function address({ base, prepared }) {
  if (!prepared || !("caches" in globalThis)) return null;
  return new URL(prepared.snapshot.file, base).href;
}
