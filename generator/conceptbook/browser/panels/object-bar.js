/**
 * The object in focus: its key and address to copy, and the way into the research room. What is
 * said of an object is fetched once a reader turns to one.
 * @module
 */

import { button, make, statusLine } from "../make.js";
import { addressOf, copyButton } from "./clipboard.js";
import { around, placesOfPage } from "./places.js";

/** @import { Objects } from "./objects.js" */
/** @import { Place } from "./places.js" */
/** @import { ResearchRoom } from "./research-room.js" */

/** Where the contents stand beside the text, the bar stands below them. */
const BESIDE = "(width >= 70rem)";

class ObjectBar {
  #places;
  #known;
  /** @type {Place} */
  #place;
  /** The object at the place: a demo's names its present setting. @type {Place} */
  #object;
  #element = make("aside", "object-bar");
  #kind = make("span", "object-kind");
  #title = make("a", "object-title");
  #key = make("code", "object-key");
  #said = statusLine();

  /**
   * @param {Map<string, Place>} places
   * @param {() => Promise<Objects>} known
   * @param {(key: string) => void} ask
   * @param {AbortSignal} signal
   */
  constructor(places, known, ask, signal) {
    this.#places = places;
    this.#known = known;
    [this.#place] = places.values();
    this.#object = this.#place;
    this.#element.ariaLabel = "Object in focus";
    const copyKey = copyButton("Copy key", () => this.#object.key, "button-quiet");
    const copyLink = copyButton("Copy link", () => addressOf(this.#object.anchor), "button-quiet");
    const about = button("Ask about this", () => ask(this.#object.key), "button-quiet");
    copyKey.dataset.do = "copy-key";
    copyLink.dataset.do = "copy-link";
    about.dataset.do = "ask";
    const words = make("p", "object-words", this.#kind, " ", this.#title, " ", this.#key);
    const actions = make("p", "object-actions", copyKey, copyLink, about);
    this.#element.append(words, actions, this.#said);
    this.#put(signal);
    this.#watch(signal);
    this.#write(this.#place, document.querySelector("h1")?.textContent ?? "");
  }

  /** @param {string} words */
  say(words) {
    this.#said.textContent = words;
  }

  /** @param {Place} place */
  async #show(place) {
    if (place === this.#place) return;
    this.#place = place;
    this.#write(place, "");
    await this.#tell();
  }

  /** What is known of the object in focus. */
  async #tell() {
    const place = this.#place;
    const object = await this.#known().then((objects) => objects.at(place.anchor), () => null);
    if (object !== null && this.#place === place) this.#write(object, object.title);
  }

  /** @param {Place} place @param {string} title */
  #write(place, title) {
    this.#object = place;
    this.#element.dataset.objectKey = place.key;
    this.#kind.textContent = place.kind;
    this.#title.textContent = title;
    this.#title.href = `#${place.anchor}`;
    this.#key.textContent = place.key;
  }

  /** @param {AbortSignal} signal */
  #put(signal) {
    const beside = matchMedia(BESIDE);
    const put = () => {
      const contents = document.querySelector(".contents");
      const head =
        document.querySelector("[data-object-bar]") ?? document.querySelector(".masthead");
      if (beside.matches && contents) contents.append(this.#element);
      else head?.append(this.#element);
    };
    beside.addEventListener("change", put, { signal });
    put();
  }

  /** An object comes into focus by keyboard, pointer, address, or by being read.
   * @param {AbortSignal} signal */
  #watch(signal) {
    // What was picked on purpose stays until the reader scrolls on by hand.
    let reading = true;
    const look = (/** @type {EventTarget | null} */ target) => {
      const place = target instanceof Element ? around(this.#places, target) : null;
      if (place === null) return;
      reading = false;
      this.#show(place);
    };
    for (const scrolls of ["wheel", "touchmove"]) {
      addEventListener(scrolls, () => (reading = true), { passive: true, signal });
    }
    for (const picks of ["focusin", "pointerdown"]) {
      addEventListener(picks, ({ target }) => look(target), { signal });
    }
    for (const sets of ["input", "conceptbook:set", "conceptbook:state"]) {
      addEventListener(
        sets,
        () => {
          if (this.#place.kind === "Demo state") this.#tell();
        },
        { signal },
      );
    }
    const byAddress = () => {
      const [anchor] = decodeURIComponent(location.hash.slice(1)).split("?");
      look(document.getElementById(anchor));
    };
    addEventListener("hashchange", byAddress, { signal });
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          const place = isIntersecting && reading ? around(this.#places, target) : null;
          if (place !== null) this.#show(place);
        }
      },
      { rootMargin: "-25% 0px -70% 0px" },
    );
    for (const { anchor, kind } of this.#places.values()) {
      const element = document.getElementById(anchor);
      if (element !== null && kind !== "Concept") observer.observe(element);
    }
    signal.addEventListener("abort", () => observer.disconnect());
    byAddress();
  }
}

/** @template Value @param {() => Promise<Value>} make @returns {() => Promise<Value>} */
function once(make) {
  /** @type {Promise<Value> | null} */
  let made = null;
  return () => {
    made ??= make().catch((error) => {
      made = null; // the next time may do better
      throw error;
    });
    return made;
  };
}

/** @param {HTMLElement} page @param {AbortSignal} signal */
export function startObjects(page, signal) {
  const file = /** @type {HTMLAnchorElement | null} */ (page.querySelector("[data-objects]"));
  if (file === null) return;
  const address = file.href;
  const places = placesOfPage();
  const known = once(async () => (await import("./objects.js")).fetchObjects(address));
  /** @type {() => Promise<ResearchRoom>} */
  const room = once(async () => {
    const [module, objects] = await Promise.all([import("./research-room.js"), known()]);
    signal.throwIfAborted();
    return new module.ResearchRoom(objects);
  });
  const ask = async (/** @type {string} */ key) => {
    bar.say("");
    const opened = await room().catch(() => null);
    if (opened === null) bar.say("The research room cannot be fetched now.");
    opened?.open(key);
  };
  const bar = new ObjectBar(places, known, ask, signal);
  offerQuestions(new Set([...places.values()].map(({ key }) => key)), ask, page);
}

/** @param {Set<string>} keys @param {(key: string) => void} ask @param {HTMLElement} page */
function offerQuestions(keys, ask, page) {
  for (const element of page.querySelectorAll("[data-question]")) {
    const question = /** @type {HTMLElement} */ (element);
    const key = question.dataset.question ?? "";
    if (!keys.has(key)) continue;
    const open = button("Work on this", () => ask(key), "button-quiet");
    open.dataset.do = "work-on";
    question.append(make("p", "object-actions", open));
  }
  for (const head of page.querySelectorAll("[data-claim] .claim-head")) {
    const key = `claim:${/** @type {HTMLElement} */ (head.parentElement).dataset.claim}`;
    if (!keys.has(key)) continue;
    const about = button("Ask about this", () => ask(key), "button-quiet claim-ask");
    about.dataset.do = "ask-claim";
    head.append(about);
  }
}
