/**
 * The object in focus: its key and address to copy, and the way into the research room.
 * @module
 */

import { button, make } from "../make.js";
import { addressOf, copyButton } from "./clipboard.js";
import { objectsOfPage } from "./objects.js";

/** @import { Objects, PageObject } from "./objects.js" */
/** @import { ResearchRoom } from "./research-room.js" */

/** Where the contents stand beside the text, the bar stands below them. */
const BESIDE = "(width >= 70rem)";

class ObjectBar {
  #objects;
  /** @type {PageObject} */
  #object;
  #element = make("aside", "object-bar");
  #kind = make("span", "object-kind");
  #title = make("a", "object-title");
  #key = make("code", "object-key");

  /** @param {Objects} objects @param {(key: string) => void} ask */
  constructor(objects, ask) {
    this.#objects = objects;
    this.#object = objects.published[0];
    this.#element.ariaLabel = "Object in focus";
    const copyKey = copyButton("Copy key", () => this.#object.key, "button-quiet");
    const copyLink = copyButton("Copy link", () => addressOf(this.#object.anchor), "button-quiet");
    const about = button("Ask about this", () => ask(this.#object.key), "button-quiet");
    copyKey.dataset.do = "copy-key";
    copyLink.dataset.do = "copy-link";
    about.dataset.do = "ask";
    const words = make("p", "object-words", this.#kind, " ", this.#title, " ", this.#key);
    this.#element.append(words, make("p", "object-actions", copyKey, copyLink, about));
    this.#place();
    this.#watch();
    this.show(this.#object);
  }

  /** @param {PageObject} object */
  show(object) {
    this.#object = object;
    this.#element.dataset.objectKey = object.key;
    this.#kind.textContent = object.kind;
    this.#title.textContent = object.title;
    this.#title.href = `#${object.anchor}`;
    this.#key.textContent = object.key;
  }

  #place() {
    const beside = matchMedia(BESIDE);
    const put = () => {
      const contents = document.querySelector(".contents");
      const head =
        document.querySelector("[data-object-bar]") ?? document.querySelector(".masthead");
      if (beside.matches && contents) contents.append(this.#element);
      else head?.append(this.#element);
    };
    beside.addEventListener("change", put);
    put();
  }

  /** An object comes into focus by keyboard, pointer, address, or by being read. */
  #watch() {
    // What was picked on purpose stays until the reader scrolls on by hand.
    let reading = true;
    const look = (/** @type {EventTarget | null} */ target) => {
      const object = target instanceof Element ? this.#objects.around(target) : null;
      if (object === null) return;
      reading = false;
      this.show(object);
    };
    for (const scrolls of ["wheel", "touchmove"]) {
      addEventListener(scrolls, () => (reading = true), { passive: true });
    }
    addEventListener("focusin", ({ target }) => look(target));
    addEventListener("pointerdown", ({ target }) => look(target));
    const byAddress = () => {
      const [anchor] = decodeURIComponent(location.hash.slice(1)).split("?");
      look(document.getElementById(anchor));
    };
    addEventListener("hashchange", byAddress);
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          const object = isIntersecting && reading ? this.#objects.around(target) : null;
          if (object !== null) this.show(object);
        }
      },
      { rootMargin: "-25% 0px -70% 0px" },
    );
    for (const { anchor } of this.#objects.published) {
      const element = document.getElementById(anchor);
      if (element !== null && anchor !== "main") observer.observe(element);
    }
    byAddress();
  }
}

export function startObjects() {
  const objects = objectsOfPage();
  if (objects === null) return;
  /** @type {Promise<ResearchRoom> | null} */
  let room = null;
  const ask = async (/** @type {string} */ key) => {
    room ??= import("./research-room.js").then((module) => new module.ResearchRoom(objects));
    (await room).open(key);
  };
  new ObjectBar(objects, ask);
  for (const element of document.querySelectorAll("[data-question]")) {
    const question = /** @type {HTMLElement} */ (element);
    const key = question.dataset.question ?? "";
    if (objects.find(key) === null) continue;
    const open = button("Work on this", () => ask(key), "button-quiet");
    open.dataset.do = "work-on";
    question.append(make("p", "object-actions", open));
  }
  for (const head of document.querySelectorAll("[data-claim] .claim-head")) {
    const key = `claim:${/** @type {HTMLElement} */ (head.parentElement).dataset.claim}`;
    if (objects.find(key) === null) continue;
    const about = button("Ask about this", () => ask(key), "button-quiet claim-ask");
    about.dataset.do = "ask-claim";
    head.append(about);
  }
}
