/**
 * Answers to commit to: the page's list of them as radio buttons.
 * @module
 */

import { make } from "../make.js";

let groups = 0;

export class Choice {
  /** @type {{row: HTMLLabelElement, input: HTMLInputElement, mark: HTMLElement,
   *   words: string}[]} */
  #options;

  /** @param {Element} list @param {() => void} onChoose */
  constructor(list, onChoose) {
    const name = `answer-${++groups}`;
    this.#options = [...list.querySelectorAll("[data-option]")].map((item) => {
      const words = item.textContent?.trim() ?? "";
      const input = make("input", "");
      Object.assign(input, { type: "radio", name });
      const mark = make("span", "option-mark");
      const shown = make("span", "option-words", ...item.childNodes);
      const row = make("label", "option", input, shown, mark);
      input.addEventListener("change", onChoose);
      item.replaceWith(row);
      return { row, input, mark, words };
    });
    list.setAttribute("role", "radiogroup");
  }

  /** Number of the chosen answer; -1 before. */
  get chosen() {
    return this.#options.findIndex(({ input }) => input.checked);
  }

  /** @param {number} index the answer's words, by which a kept choice is found again */
  words(index) {
    return this.#options[index]?.words ?? "";
  }

  /** @param {string} words @returns {number} */
  find(words) {
    return this.#options.findIndex((option) => option.words === words);
  }

  /** @param {number} index */
  choose(index) {
    const option = this.#options[index];
    if (option !== undefined) option.input.checked = true;
  }

  /** @param {boolean} locked no other answer can be chosen */
  lock(locked) {
    for (const { input } of this.#options) input.disabled = locked && !input.checked;
  }

  /** @param {number} right @param {string} words said of the right answer */
  reveal(right, words) {
    this.#options.forEach(({ row, input, mark }, index) => {
      row.dataset.ok = index === right ? "true" : input.checked ? "false" : "";
      mark.textContent = index === right ? words : input.checked ? "your answer" : "";
    });
  }

  hide() {
    for (const { row, mark } of this.#options) {
      delete row.dataset.ok;
      mark.textContent = "";
    }
  }
}
