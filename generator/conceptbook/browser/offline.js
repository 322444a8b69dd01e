/**
 * Reading without a network: has the service worker keep what is visited, says so, and clears it.
 * @module
 */

import { savesData, idle } from "./thrift.js";

/** @import { Manifest } from "./messages.js" */

const ROOT = new URL("../../", import.meta.url);
const OURS = `conceptbook:${ROOT.pathname}:`;
/** The digest that names this build's assets. */
const ASSETS = /** @type {string} */ (import.meta.url.split("/").at(-2));
const CHOICE = `${OURS}offline`;
const PATIENCE_MS = 15_000;

export class Offline {
  #line = document.createElement("p");
  #words = document.createElement("span");
  #button = document.createElement("button");
  /** @type {Manifest | null} */
  #ran = null;

  /** @param {Element} place where it is said */
  constructor(place) {
    this.#line.className = "cb-offline";
    this.#line.dataset.offline = "";
    this.#button.type = "button";
    this.#line.append(this.#words, " ", this.#button);
    this.#button.addEventListener("click", () => this.#switch());
    place.append(this.#line);
    addEventListener("conceptbook-runtime", (event) => {
      this.#ran = /** @type {CustomEvent<Manifest>} */ (event).detail;
      if (chosen()) this.keep();
    });
  }

  async begin() {
    await idle();
    if (!chosen()) this.#say("off", "Nothing is kept for reading offline.", "Keep what I read");
    else if (savesData() && !navigator.serviceWorker.controller) {
      this.#say("off", "Nothing is kept for reading offline, to save data.", "Keep what I read");
    } else await this.keep();
  }

  /** Registers the service worker and has it keep this page, and the runtime if it ran. */
  async keep() {
    if (!(await registered())) {
      this.#say("absent", "This browser keeps nothing for reading offline.", "");
      return;
    }
    const { kept, assets } = await ask(await active(), this.#urls);
    if (assets !== null && assets !== ASSETS) {
      this.#say("older", "Available offline: the edition that you read before.", "Clear");
    } else if (!kept) {
      this.#say("full", "Not all of this page could be kept for reading offline.", "Clear");
    } else if (this.#ran === null && !(await runtimeKept())) {
      this.#say("text", "Available offline: the text. Run the demo once to keep it too.", "Clear");
    } else {
      this.#say("whole", "Available offline: this page and its demo.", "Clear");
    }
  }

  get #urls() {
    const { href } = location;
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const { base = "", files = {} } = this.#ran ?? {};
    const runtime = Object.keys(files).map((name) => new URL(name, base).href);
    const lazily = ["runtime.json", "worker.js"].map((name) => new URL(name, import.meta.url).href);
    const ours = [...loaded, ...runtime, ...lazily].filter((url) => url.startsWith(ROOT.href));
    return [...new Set([href.split(/[?#]/)[0], ...ours.filter((url) => !isFrame(url))])];
  }

  async #switch() {
    if (this.#line.dataset.offline === "off") {
      localStorage.removeItem(CHOICE);
      await this.keep();
    } else {
      localStorage.setItem(CHOICE, "off");
      await clear();
      this.#say("off", "Nothing is kept for reading offline.", "Keep what I read");
    }
  }

  /** @param {string} state @param {string} words @param {string} action none where empty */
  #say(state, words, action) {
    this.#line.dataset.offline = state;
    this.#words.textContent = words;
    this.#button.textContent = action;
    this.#button.hidden = action === "";
  }
}

/** @param {string} url */
function isFrame(url) {
  return url === new URL("offline.html", ROOT).href;
}

/** Whether the reader has not asked to keep nothing. */
function chosen() {
  try {
    return localStorage.getItem(CHOICE) !== "off";
  } catch {
    return false; // no storage at all
  }
}

/** @returns {Promise<boolean>} */
async function registered() {
  if (!("serviceWorker" in navigator) || !isSecureContext) return false;
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.title = "Registers the worker for reading offline";
  frame.src = new URL("offline.html", ROOT).href;
  const answer = new Promise((resolve) => {
    addEventListener("message", function hear({ source, data, origin }) {
      if (source !== frame.contentWindow || origin !== location.origin) return;
      if (data?.conceptbook !== "offline") return;
      removeEventListener("message", hear);
      resolve(data.ok === true);
    });
    setTimeout(() => resolve(false), PATIENCE_MS);
  });
  document.body.append(frame);
  const ok = await answer;
  frame.remove();
  return ok || Boolean(navigator.serviceWorker.controller); // offline, the worker is there already
}

/** @returns {Promise<ServiceWorker | null>} */
async function active() {
  const registration = await navigator.serviceWorker.getRegistration(ROOT.href);
  if (registration === undefined) return null;
  registration.waiting?.postMessage({ type: "take over", assets: ASSETS });
  const ready = navigator.serviceWorker.ready.then(({ active }) => active);
  const late = new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  return Promise.race([ready, late]);
}

/**
 * @param {ServiceWorker | null} worker
 * @param {string[]} urls
 * @returns {Promise<{kept: boolean, assets: string | null}>} whether it keeps them all, and of
 *   which build it is; null where there is none or it does not answer
 */
function ask(worker, urls) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const nothing = { kept: false, assets: null };
    port1.onmessage = ({ data }) => resolve({ ...nothing, ...data });
    setTimeout(() => resolve(nothing), 4 * PATIENCE_MS);
    if (worker === null) resolve(nothing);
    else worker.postMessage({ type: "keep", urls }, [port2]);
  });
}

async function runtimeKept() {
  try {
    const { base, lock } = await (await fetch(new URL("runtime.json", import.meta.url))).json();
    const url = new URL(lock, new URL(base, import.meta.url));
    return (await caches.match(url)) !== undefined;
  } catch {
    return false;
  }
}

/** Deletes all that this site has kept, and its worker. */
async function clear() {
  for (const name of await caches.keys()) {
    if (name.startsWith(OURS)) await caches.delete(name);
  }
  await (await navigator.serviceWorker?.getRegistration(ROOT.href))?.unregister();
}

/** Begins on a page that has a place for it. */
export function startOffline() {
  const place = document.querySelector("[data-offline-place]");
  if (place !== null && "caches" in globalThis) new Offline(place).begin();
}
