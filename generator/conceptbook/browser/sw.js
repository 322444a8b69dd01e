/**
 * The service worker: keeps one build of the site, whole, for reading without a network.
 *
 * It is the same text in every build. What the host has now, offline.json says:
 *
 *   pages-<build>   the pages that were visited; has offline.json in it once all of it is there
 *   assets-<hash>   a folder of assets, which never changes
 *   runtime-<hash>  a folder of the runtime, which never changes
 *   readers         which folders the open pages stand on
 *
 * A new build is gathered beside the old one and takes its place when nothing of it is missing:
 * by sw-keep.js, which the build puts behind this, as one text.
 */

"use strict";

if (typeof ServiceWorkerGlobalScope === "undefined") {
  throw new Error("sw.js serves only as a service worker");
}

/**
 * @typedef {{folder: string, files: Record<string, string>}} Folder  integrity by name
 * @typedef {{build: string, assets: Folder, runtime: Folder[]}} Edition  offline.json
 *
 * @typedef {object} Wish  of a page
 * @property {string} url  the page
 * @property {string} assets  the folder that it stands on
 * @property {boolean} ran  whether it has run a program
 * @property {boolean} ahead  whether more may be fetched than it asked for
 *
 * @typedef {object} Told
 * @property {boolean} page  whether the page is kept
 * @property {boolean} runtime  whether what its programs need is kept
 * @property {boolean} current  whether what is kept is of the build that the page is of
 * @property {boolean} full  whether there was no room
 */

const ROOT = new URL("./", self.location.href).href;
const OURS = `conceptbook:${new URL(ROOT).pathname}:`;
const READERS = `${OURS}readers`;
const EDITION = `${ROOT}offline.json`;
const UNKEPT = `${ROOT}offline.html`;
const HASHED = /^(assets|runtime)\/[^/]+\//;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const { data, source, ports } = event;
  if (source?.type !== "window" || ports.length !== 1) return; // a program is not listened to
  if (data?.type === "clear") stopping.abort();
  const answer = inTurn(() => (data?.type === "clear" ? clear() : keep(data, source.id)));
  const reply = (/** @type {any} */ told) => ports[0].postMessage(told);
  event.waitUntil(answer.then(reply, () => reply(null)));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(ROOT)) return;
  event.respondWith(folderOf(request.url) === null ? fresh(request) : hashed(event));
});

let stopping = new AbortController();
let last = Promise.resolve();

/** One after the other: two gatherings at once would undo each other. @param {() => any} work */
function inTurn(work) {
  const done = last.then(work);
  last = done.catch(() => {});
  return done;
}

/** The page as the host has it now; where the host cannot be reached, as it was kept.
 * @param {Request} request */
async function fresh(request) {
  try {
    const response = await fetch(request);
    const isDown = response.status >= 500 || response.status === 429;
    return (isDown && (await keptPage(request))) || response;
  } catch (error) {
    const kept = await keptPage(request);
    if (kept) return kept;
    if (request.mode !== "navigate") throw error;
    return unkept();
  }
}

/** @param {Request} request */
async function keptPage({ url, mode }) {
  const charge = await inCharge();
  if (charge === null) return;
  const pages = await caches.open(pagesOf(charge));
  const address = plain(url);
  const kept = await pages.match(address);
  if (kept || mode !== "navigate") return kept;
  return (await pages.match(`${address}/`)) && Response.redirect(`${address}/`);
}

/** Says that a page was not kept, and which were. */
async function unkept() {
  const charge = await inCharge();
  const page = charge && (await (await caches.open(pagesOf(charge))).match(UNKEPT));
  if (!page) return Response.error();
  const html = (await page.text()).replaceAll("./", ROOT); // it is shown at any address
  return new Response(html, { status: 503, headers: page.headers });
}

/** A file of a hashed folder is what it ever was; the page checks those of the runtime once more.
 * @param {FetchEvent} event */
async function hashed({ request }) {
  const kept = await keptFile(request.url);
  if (kept && request.cache !== "reload") return kept;
  const response = await fetch(request);
  if (kept && response.ok && request.integrity) {
    const cache = await caches.open(cacheOf(folderOf(request.url) ?? ""));
    await cache.put(request.url, response.clone()); // the page has found the kept one to be bad
  }
  return response;
}

/** @param {string} url */
async function keptFile(url) {
  const name = cacheOf(folderOf(url) ?? "");
  if (await caches.has(name)) return (await caches.open(name)).match(url);
}

/** Our caches of one kind, the latest first. @param {string} kind */
async function ours(kind) {
  return (await caches.keys()).filter((name) => name.startsWith(OURS + kind)).reverse();
}

/** @param {Cache} cache */
async function addresses(cache) {
  return new Set((await cache.keys()).map(({ url }) => url));
}

/** Addresses of what a build has kept. @param {Edition | null} edition */
async function visited(edition) {
  if (edition === null) return [];
  const cache = await caches.open(pagesOf(edition));
  return [...(await addresses(cache))].filter((url) => url !== EDITION && url.match(/(\/|\.html)$/));
}

/** @param {Edition} edition */
function pagesOf({ build }) {
  return `${OURS}pages-${build}`;
}

/** @param {Edition} edition */
function foldersOf({ assets, runtime }) {
  return [assets, ...runtime].map(({ folder }) => folder);
}

/** The hashed folder of a file, "assets/<hash>/"; null for any other address. @param {string} url */
function folderOf(url) {
  return url.slice(ROOT.length).match(HASHED)?.[0] ?? null;
}

/** The cache of a hashed folder. @param {string} folder */
function cacheOf(folder) {
  return OURS + folder.slice(0, -1).replace("/", "-");
}

/** The address of a page, however it was asked for. @param {string} url */
function plain(url) {
  return url.split(/[?#]/)[0].replace(/\/index\.html$/, "/");
}
