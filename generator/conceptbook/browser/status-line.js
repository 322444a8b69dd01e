/**
 * The status line of a witness: a phase in words that is announced, and a clock that is not.
 * @module
 */

import { duration, megabytes } from "./words.js";

/** @import { Progress } from "./messages.js" */

const TICK_MS = 200;

export class StatusLine {
  #words = document.createElement("span");
  #clock = document.createElement("span");
  #bar = document.createElement("progress");
  #began = 0;
  /** @type {Progress | null} */
  #progress = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticks;

  /** @param {HTMLElement} line the live region that the page carries */
  constructor(line) {
    this.#words.className = "cb-status-words";
    this.#clock.className = "cb-status-clock";
    this.#clock.ariaHidden = "true";
    this.#bar.className = "cb-progress";
    this.#bar.ariaLabel = "Loading Python";
    this.#bar.hidden = true;
    line.replaceChildren(this.#words, " ", this.#clock);
    line.after(this.#bar);
  }

  /** Seconds since the present phase began. */
  get elapsed() {
    return (performance.now() - this.#began) / 1000;
  }

  /** A phase that lasts: words, and a clock from now. @param {string} words */
  begin(words) {
    this.rest(words);
    this.#began = performance.now();
    this.#ticks = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Nothing runs any more. @param {string} words */
  rest(words) {
    clearInterval(this.#ticks);
    this.#progress = null;
    this.#bar.hidden = true;
    this.#clock.textContent = "";
    this.#words.textContent = words;
  }

  /** @param {Progress} progress */
  loading(progress) {
    this.#progress = progress;
    this.#bar.hidden = false;
    this.#bar.max = progress.total;
    this.#bar.value = progress.loaded;
    this.#tick();
  }

  #tick() {
    const parts = [duration(this.elapsed)];
    if (this.#progress !== null) parts.unshift(megabytes(this.#progress));
    this.#clock.textContent = parts.join(", ");
  }
}
