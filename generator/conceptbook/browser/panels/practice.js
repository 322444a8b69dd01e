/**
 * Practice loop: hints open in order, then the answer, then the reader's own word on it.
 * @module
 */

import { button, make, statusLine } from "../make.js";
import { forget, keep, recall } from "./storage.js";

class Card {
  #root;
  #name;
  #onWord;
  /** @type {HTMLElement[]} */
  #hints;
  #had = button("I had it", () => this.#word(true));
  #not = button("Not yet", () => this.#word(false));
  #actions = make("div", "quiz-actions", this.#had, this.#not);

  /** @param {HTMLElement} root @param {string} concept @param {() => void} onWord */
  constructor(root, concept, onWord) {
    this.#root = root;
    this.#name = `practice:${concept}/${root.dataset.card}`;
    this.#onWord = onWord;
    this.#had.dataset.do = "had";
    this.#not.dataset.do = "not-yet";
    this.#hints = [...root.querySelectorAll("details.hint")].map(
      (hint) => /** @type {HTMLElement} */ (hint),
    );
    this.#hints.forEach((hint, index) => {
      if (index > 0) waitFor(this.#hints[index - 1], hint);
    });
    const answer = /** @type {HTMLDetailsElement} */ (root.querySelector("[data-answer]"));
    answer.append(this.#actions);
    this.show();
  }

  /** @returns {boolean | null} null before the reader has said */
  get ready() {
    return recall(this.#name);
  }

  show() {
    this.#root.dataset.ready = String(this.ready);
    this.#had.ariaPressed = String(this.ready === true);
    this.#not.ariaPressed = String(this.ready === false);
  }

  reset() {
    forget(this.#name);
    for (const fold of this.#root.querySelectorAll("details")) fold.open = false;
    for (const hint of this.#hints.slice(1)) hint.hidden = true;
    this.show();
  }

  /** @param {boolean} ready */
  #word(ready) {
    keep(this.#name, ready);
    this.show();
    this.#onWord();
  }
}

/**
 * A hint comes up once the one before it was opened.
 * @param {Element} before
 * @param {HTMLElement} hint
 */
function waitFor(before, hint) {
  hint.hidden = true;
  before.addEventListener("toggle", () => {
    if (/** @type {HTMLDetailsElement} */ (before).open) hint.hidden = false;
  });
}

/** @param {HTMLElement} page */
export function startPractice(page) {
  const section = page.querySelector("[data-practice]");
  const concept = page.querySelector("[data-concept-page]");
  if (section === null || !(concept instanceof HTMLElement)) return;
  const tally = statusLine();
  const again = button(
    "Start over",
    () => {
      for (const card of cards) card.reset();
      show();
    },
    "button-quiet",
  );
  const show = () => {
    const ready = cards.filter((card) => card.ready === true).length;
    tally.textContent = `Ready: ${ready} of ${cards.length}, kept in this browser only.`;
    again.hidden = cards.every((card) => card.ready === null);
  };
  const cards = [...section.querySelectorAll("[data-card]")].map(
    (root) => new Card(/** @type {HTMLElement} */ (root), concept.dataset.conceptPage ?? "", show),
  );
  section.append(make("div", "tally", tally, again));
  show();
}
