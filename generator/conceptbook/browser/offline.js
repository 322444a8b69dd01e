/**
 * Reading without a network: has the service worker keep what is visited, says so, and clears it.
 * @module
 */

import { make } from "./make.js";
import { keep as remember, forget, recall } from "./panels/storage.js";
import { idle, mayFetchAhead, savesData } from "./thrift.js";

/** This module lies in <root>assets/<hash>/. */
const FOLDER = new URL("./", import.meta.url).href;
const ROOT = new URL("../../", import.meta.url).href;
const OURS = `conceptbook:${new URL(ROOT).pathname}:`;
const CHOICE = "offline";
/** A page, and a first run, is left to itself for so long. */
const QUIET_MS = 2000;
const PATIENCE_MS = 15_000;

const WORDS = {
  off: ["Nothing is kept for reading offline.", "Keep what I read"],
  absent: ["This browser keeps nothing for reading offline.", ""],
  busy: ["Keeping this page for reading offline …", "Clear"],
  none: ["This page could not be kept for reading offline.", "Clear"],
  full: ["There is no room to keep all of this page for reading offline.", "Clear"],
  older: ["Available offline: the edition that you read before.", "Clear"],
  text: ["Available offline: the text. Run the demo once to keep it too.", "Clear"],
  whole: ["Available offline: this page and its demo.", "Clear"],
  page: ["Available offline: this page.", "Clear"],
};

/** Whether a runtime has started in this document. */
let ran = false;
addEventListener("conceptbook-runtime", () => {
  ran = true;
});

/**
 * Says in the page's place for it what is kept, and keeps the page.
 * @param {HTMLElement} root
 * @param {AbortSignal} signal  the reader has left the page
 */
export function startOffline(root, signal) {
  const place = root.querySelector("[data-offline-place]");
  if (place !== null) new Offline(place, signal).begin();
}

class Offline {
  #line = make("p", "cb-offline");
  #words = make("span", "");
  #button = make("button", "");
  #signal;
  #url = location.href;

  /** @param {Element} place @param {AbortSignal} signal */
  constructor(place, signal) {
    this.#signal = signal;
    this.#button.setAttribute("type", "button");
    this.#line.append(this.#words, " ", this.#button);
    this.#line.hidden = true;
    this.#button.addEventListener("click", () => this.#switch());
    addEventListener("conceptbook-runtime", () => this.#keepInQuiet(), { signal });
    // The wait for the worker goes on; it must not hold on to the page that was left.
    signal.addEventListener("abort", () => this.#line.remove(), { once: true });
    place.append(this.#line);
  }

  async begin() {
    if (!isAble()) this.#say("absent");
    else if (recall(CHOICE) === "off") this.#say("off");
    else if (navigator.serviceWorker.controller !== null) await this.#keep();
    else if (savesData()) this.#say("off");
    else await this.#keepInQuiet();
  }

  async #keepInQuiet() {
    await quiet();
    if (isAble() && !["off", "absent"].includes(this.#line.dataset.offline ?? "")) {
      await this.#keep();
    }
  }

  async #keep() {
    const worker = await activeWorker();
    if (worker === null) {
      this.#say("absent");
      return;
    }
    if (this.#line.hidden) this.#say("busy");
    const wish = {
      type: "keep",
      url: this.#url,
      assets: FOLDER.slice(ROOT.length),
      ran,
      ahead: mayFetchAhead(),
    };
    const told = await ask(worker, wish);
    if (!this.#signal.aborted) this.#tell(told);
  }

  /** @param {{page: boolean, runtime: boolean, current: boolean, full: boolean} | null} told */
  #tell(told) {
    const { page, runtime, current, full } = told ?? {};
    const hasDemo = document.querySelector("conceptbook-witness") !== null;
    if (this.#line.dataset.offline === "off") return; // the reader has cleared it meanwhile
    if (full) this.#say("full");
    else if (!page) this.#say("none");
    else if (!current) this.#say("older");
    else if (!hasDemo) this.#say("page");
    else this.#say(runtime ? "whole" : "text");
  }

  async #switch() {
    if (this.#line.dataset.offline === "off") {
      forget(CHOICE);
      this.#say("busy");
      await this.#keep();
    } else {
      remember(CHOICE, "off");
      this.#say("off");
      await clear();
    }
  }

  /** @param {keyof typeof WORDS} state */
  #say(state) {
    const [words, action] = WORDS[state];
    this.#line.dataset.offline = state;
    this.#words.textContent = words;
    this.#button.textContent = action;
    this.#button.hidden = action === "";
    this.#line.hidden = false;
  }
}

function isAble() {
  try {
    return "serviceWorker" in navigator && Boolean(globalThis.caches);
  } catch {
    return false; // storage is denied
  }
}

/** The page is there and has nothing better to do. */
async function quiet() {
  if (document.readyState !== "complete") {
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  }
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  await idle();
}

/** The site's service worker, registered now where it is not; null where it cannot be. */
async function activeWorker() {
  try {
    if (!(await registration())?.active) await registerInFrame();
    const found = await registration();
    return found ? activated(found) : null;
  } catch {
    return null; // denied
  }
}

/** @returns {Promise<ServiceWorkerRegistration | undefined>} of this site and no other */
async function registration() {
  const found = await navigator.serviceWorker.getRegistration(ROOT);
  return found?.scope === ROOT ? found : undefined;
}

/** The policy of the page does not let it register one; that of offline.html does. */
async function registerInFrame() {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "Registers the worker for reading offline";
  frame.src = new URL("offline.html", ROOT).href;
  document.documentElement.append(frame);
  const asked = new AbortController();
  await new Promise((resolve) => {
    const { signal } = asked;
    const hear = (/** @type {MessageEvent} */ { source, data }) => {
      if (source === frame.contentWindow && data?.conceptbook === "offline") resolve(null);
    };
    addEventListener("message", hear, { signal });
    setTimeout(resolve, PATIENCE_MS);
  });
  asked.abort();
  frame.remove();
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @returns {Promise<ServiceWorker | null>}
 */
async function activated({ active, waiting, installing }) {
  const worker = active ?? waiting ?? installing;
  if (worker === null) return null;
  while (!["activated", "redundant"].includes(worker.state)) {
    await new Promise((resolve) =>
      worker.addEventListener("statechange", resolve, { once: true }),
    );
  }
  return worker.state === "activated" ? worker : null;
}

/** @param {ServiceWorker} worker @param {object} message @returns {Promise<any>} */
function ask(worker, message) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      port1.close(); // an open one is kept for ever
      resolve(data);
    };
    worker.postMessage(message, [port2]);
  });
}

/** Deletes all that this site has kept, and its worker. */
async function clear() {
  const found = await registration();
  if (found?.active) await ask(found.active, { type: "clear" });
  await found?.unregister();
  for (const name of await caches.keys()) {
    if (name.startsWith(OURS)) await caches.delete(name);
  }
}
