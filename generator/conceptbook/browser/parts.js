/**
 * What a runtime is made of: the list of its files, and workers that the page's policy binds.
 * @module
 */

import { isManifest } from "./messages.js";

/** @import { Manifest } from "./messages.js" */

/** One text, in this order. */
const WORKER = ["worker-files.js", "worker-confine.js", "worker.js"];

/** @returns {Promise<Manifest>} with an absolute base */
export async function fetchManifest() {
  const url = new URL("runtime.json", import.meta.url);
  const manifest = await (await fetchPart(url)).json();
  if (!isManifest(manifest)) throw new Error("runtime.json is not the list of a runtime's files");
  return { ...manifest, base: new URL(manifest.base, url).href };
}

/** A worker from a URL would escape the policy of the page, so its text goes through a blob. */
export async function createBlobWorker() {
  const parts = WORKER.map((name) => fetchPart(new URL(name, import.meta.url)));
  const texts = (await Promise.all(parts)).map((part) => part.text());
  const blob = new Blob(await Promise.all(texts), { type: "text/javascript" });
  const url = URL.createObjectURL(blob);
  const worker = new Worker(url, { type: "module" });
  worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
  return worker;
}

/** @param {URL} url */
async function fetchPart(url) {
  const name = url.pathname.split("/").at(-1);
  const response = await fetch(url).catch(() => null);
  if (response === null) throw new Error(`${name} cannot be fetched`);
  if (!response.ok) throw new Error(`${name} cannot be fetched (HTTP ${response.status})`);
  return response;
}
