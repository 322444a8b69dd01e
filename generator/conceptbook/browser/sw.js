/**
 * The service worker: keeps visited pages and the runtime for reading without a network.
 * One cache holds one build and nothing of another; folders named by a hash never change.
 * The build puts `self.conceptbookBuild = {assets, runtime, essential}` before this text.
 */

"use strict";

if (typeof ServiceWorkerGlobalScope === "undefined" || !("conceptbookBuild" in self)) {
  throw new Error("sw.js serves only as the service worker of a built site");
}

/** @type {{assets: string, runtime: string, essential: string[]}} */
const BUILD = self.conceptbookBuild;
const ROOT = new URL("./", self.location.href);
const OURS = `conceptbook:${ROOT.pathname}:`;
const PAGES = `${OURS}pages-${BUILD.assets}`;
const RUNTIME = `${OURS}runtime-${BUILD.runtime}`;
const SNAPSHOT = `${OURS}snapshot`;
const HOME = { assets: new URL("assets/", ROOT).href, runtime: new URL("runtime/", ROOT).href };

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  const { type, urls, assets } = event.data ?? {};
  if (type === "keep") event.waitUntil(keepAll(urls, event.ports[0]));
  if (type === "take over" && assets === BUILD.assets) event.waitUntil(takeOver());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(ROOT.href)) return;
  event.respondWith(isHashed(request.url) ? hashed(event) : page(event));
});

/** @param {string} url whose content can never be another */
function isHashed(url) {
  return url.startsWith(HOME.assets) || url.startsWith(HOME.runtime);
}

/**
 * All of this build that an earlier one has kept: its pages, or the old build stays in charge.
 */
async function install() {
  const cache = await caches.open(PAGES);
  await cache.addAll(BUILD.essential.map((name) => `${HOME.assets}${BUILD.assets}/${name}`));
  await Promise.all((await visited()).map((url) => renew(cache, url)));
}

/** Addresses of pages that earlier builds have kept. */
async function visited() {
  const urls = new Set();
  for (const name of await caches.keys()) {
    if (!name.startsWith(`${OURS}pages-`) || name === PAGES) continue;
    for (const { url } of await (await caches.open(name)).keys()) {
      if (!isHashed(url)) urls.add(url);
    }
  }
  return [...urls];
}

/** @param {Cache} cache @param {string} url */
async function renew(cache, url) {
  const response = await fetch(url, { cache: "no-cache" });
  if (response.status === 404) return; // the new build has no such page
  if (!(await isOfThisBuild(response))) throw new Error(`${url} is of another build`);
  await cache.put(url, response);
}

/** @param {Response} response */
async function isOfThisBuild(response) {
  if (!response.ok || response.redirected || response.type !== "basic") return false;
  if (!response.headers.get("Content-Type")?.startsWith("text/html")) return true;
  return (await response.clone().text()).includes(`assets/${BUILD.assets}/`);
}

async function activate() {
  const others = (await caches.keys()).filter(
    (name) => name.startsWith(OURS) && ![PAGES, RUNTIME, SNAPSHOT].includes(name),
  );
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** At once where the page that asks, which is of this build, is the only one open. */
async function takeOver() {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.length <= 1) await self.skipWaiting();
}

/** @param {FetchEvent} event */
async function hashed(event) {
  const { request } = event;
  const kept = await match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  const name = cacheOf(request.url);
  if (response.ok && name !== null) {
    const copy = response.clone();
    event.waitUntil(caches.open(name).then((cache) => cache.put(request.url, copy)).catch(() => {}));
  }
  return response;
}

/** The cache for a hashed address; null for what is kept elsewhere, or is of another build. */
function cacheOf(/** @type {string} */ url) {
  if (url.startsWith(`${HOME.assets}${BUILD.assets}/`)) return PAGES;
  if (url.startsWith(`${HOME.runtime}${BUILD.runtime}/`)) {
    return url.endsWith("/snapshot.bin") ? null : RUNTIME;
  }
  return null;
}

/** @param {FetchEvent} event */
async function page(event) {
  const { request } = event;
  const address = request.url.split(/[?#]/)[0];
  try {
    const response = await fetch(request);
    const copy = response.clone();
    event.waitUntil(keepPage(address, copy).catch(() => {}));
    return response;
  } catch (error) {
    const kept = await match(address);
    if (kept) return kept;
    if (request.mode !== "navigate") throw error;
    const words = "This page was not kept for reading offline. Go back to one that you have read.";
    return new Response(words, { status: 503, headers: { "Content-Type": "text/plain" } });
  }
}

/** @param {string} address @param {Response} response */
async function keepPage(address, response) {
  if (await isOfThisBuild(response)) {
    await (await caches.open(PAGES)).put(address, response);
  } else if (response.ok) {
    await self.registration.update();
  }
}

/** From this build's caches, and from no other's. @param {string} url */
async function match(url) {
  for (const name of [PAGES, RUNTIME]) {
    const kept = await (await caches.open(name)).match(url);
    if (kept) return kept;
  }
}

/**
 * Keeps what a page loaded before this worker was in charge; tells whether all of it is kept.
 * @param {string[]} urls
 * @param {MessagePort} [port]
 */
async function keepAll(urls, port) {
  const wanted = urls.filter((url) => url.startsWith(ROOT.href)).map((url) => url.split("#")[0]);
  const results = await Promise.all(wanted.map((url) => keepOne(url).catch(() => false)));
  port?.postMessage({ kept: results.every(Boolean), assets: BUILD.assets });
}

/** @param {string} url */
async function keepOne(url) {
  if (await match(url)) return true;
  const name = isHashed(url) ? cacheOf(url) : PAGES;
  if (name === null) return true;
  const response = await fetch(url);
  if (!(await isOfThisBuild(response))) return false;
  await (await caches.open(name)).put(url, response);
  return true;
}
