/**
 * What a program is left with once Python has started. Functions of worker.js, put before it in one
 * text; see there.
 * @module
 */

/**
 * What leads out of a run: to the network, to other workers and pages, to what the origin stores.
 * The policy of the page keeps all of it from other origins; without these a program cannot reach
 * its own origin either, nor what is kept there for reading offline. The console leads to the
 * page's own thread, which a flood of lines would hold up.
 */
const WAYS_OUT = [
  "BroadcastChannel",
  "EventSource",
  "FontFace",
  "Notification",
  "SharedWorker",
  "WebSocket",
  "WebSocketStream",
  "WebTransport",
  "Worker",
  "XMLHttpRequest",
  "caches",
  "cookieStore",
  "fetch",
  "fonts",
  "importScripts",
  "indexedDB",
  "webkitRequestFileSystem",
  "webkitRequestFileSystemSync",
  "webkitResolveLocalFileSystemSyncURL",
  "webkitResolveLocalFileSystemURL",
];
/** Of the navigator: nothing but facts about the machine stays. */
const FACTS = ["constructor", "hardwareConcurrency", "language", "languages", "platform", "userAgent"];

/** Takes the ways out from whatever runs here from now on. */
function confine() {
  for (const name of WAYS_OUT) withdraw(self, name);
  for (const name of Object.keys(console)) Reflect.set(console, name, () => {});
  for (const name in navigator) if (!FACTS.includes(name)) withdraw(navigator, name);
}

/** @param {object | null} owner @param {string} name */
function withdraw(owner, name) {
  for (let place = owner; place !== null; place = Object.getPrototypeOf(place)) {
    Reflect.deleteProperty(place, name);
  }
}
