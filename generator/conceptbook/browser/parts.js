/**
 * What a runtime is made of: the list of its files, and workers that the page's policy binds.
 * @module
 */

import { isManifest } from "./messages.js";

/** @import { Manifest } from "./messages.js" */

/** @returns {Promise<Manifest>} with an absolute base */
export async function fetchManifest() {
  const url = new URL("runtime.json", import.meta.url);
  const manifest = await (await fetchPart(url)).json();
  if (!isManifest(manifest)) throw new Error("runtime.json is not the list of a runtime's files");
  return { ...manifest, base: new URL(manifest.base, url).href };
}

/** A worker from a URL would escape the policy of the page, so its text goes through a blob. */
export async function createBlobWorker() {
  const text = await (await fetchPart(new URL("worker.js", import.meta.url))).text();
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  return new Worker(url, { type: "module" });
}

/** @param {URL} url */
async function fetchPart(url) {
  const name = url.pathname.split("/").at(-1);
  const response = await fetch(url).catch(() => null);
  if (response === null) throw new Error(`${name} cannot be fetched`);
  if (!response.ok) throw new Error(`${name} cannot be fetched (HTTP ${response.status})`);
  return response;
}
