/**
 * The audit walk on a claim's page: the claim, each piece of evidence alone, the conclusion, and
 * at the end a block of YAML to copy. Nothing is sent; answers are kept in this browser only.
 * @module
 */

import { button, carried, make, statusLine } from "../make.js";
import { copyButton } from "../panels/clipboard.js";
import { forget, keep, recall } from "../panels/storage.js";
import { block, proposed, refusal } from "./review-block.js";
import { checkStep, claimStep, conclusionStep, lastStep, show, words } from "./review-steps.js";

/** @import { Answers, Asked } from "./review-block.js" */
/** @import { Step } from "./review-steps.js" */
/** What is kept, of the claim as it stood. @typedef {{digest: object, answers: [string, string][]}} Kept */

class ReviewForm {
  /** @type {Asked} */
  #asked;
  /** @type {Answers} */
  #answers = new Map();
  /** @type {Step[]} */
  #steps;
  #at = 0;
  #conclusions = words("conclusion");
  #form = make("form", "review-form");
  #said = statusLine();
  #back = button("Back", () => this.#go(this.#at - 1));
  #next = make("button", "button button-main", "Next"); // submits: Enter goes on too
  #again = button("Start over", () => this.#restart(), "button-quiet");

  /** @param {HTMLElement} root @param {Asked} asked */
  constructor(root, asked) {
    this.#asked = asked;
    const total = asked.stops.length + 3;
    this.#steps = [
      claimStep(asked, total),
      ...asked.stops.map((stop, index) => checkStep(stop, index + 2, total)),
      conclusionStep(this.#conclusions, total),
      lastStep(copyButton("Copy the review", () => this.#block, "button button-main"), total),
    ];
    this.#next.dataset.do = "next";
    this.#back.dataset.do = "back";
    this.#form.noValidate = true;
    this.#form.addEventListener("input", () => this.#answered());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#forward();
    });
    const actions = make("div", "quiz-actions", this.#back, this.#next, this.#again);
    this.#form.append(...this.#steps.map(({ element }) => element), this.#said, actions);
    root.append(this.#form);
    this.#restore();
    this.#show();
  }

  get #name() {
    return `review:${this.#asked.claim}`;
  }

  get #block() {
    return block(this.#asked, this.#answers);
  }

  #restore() {
    /** @type {Kept | null} */
    const kept = recall(this.#name);
    if (kept === null) return;
    if (JSON.stringify(kept.digest) !== JSON.stringify(this.#asked.digest)) {
      forget(this.#name);
      this.#said.textContent = "The claim has changed since you began: the review begins anew.";
      return;
    }
    this.#answers = new Map(kept.answers);
    for (const control of this.#controls) {
      const value = this.#answers.get(control.name);
      if (value === undefined) continue;
      if (control.type === "radio") control.checked = control.value === value;
      else control.value = value;
    }
    this.#said.textContent = "Your answers of an earlier visit are filled in.";
  }

  get #controls() {
    return /** @type {HTMLInputElement[]} */ (
      [...this.#form.elements].filter((element) => "name" in element && element.name)
    );
  }

  #answered() {
    for (const control of this.#controls) {
      if (control.type !== "radio" || control.checked) {
        this.#answers.set(control.name, control.value);
      }
    }
    keep(this.#name, { digest: this.#asked.digest, answers: [...this.#answers] });
    this.#said.textContent = "";
    for (const step of this.#steps) step.follow?.(this.#answers);
  }

  #forward() {
    const fault = this.#steps[this.#at].fault?.(this.#answers) ?? this.#concluded();
    this.#said.textContent = fault?.words ?? "";
    if (fault) fault.control?.focus();
    else this.#go(this.#at + 1);
  }

  /** @returns {{words: string, control?: HTMLElement} | null} */
  #concluded() {
    if (this.#at !== this.#steps.length - 2) return null;
    const said = refusal(this.#asked, this.#answers);
    return said ? { words: said } : null;
  }

  /** @param {number} step */
  #go(step) {
    this.#at = Math.min(Math.max(step, 0), this.#steps.length - 1);
    if (this.#at === this.#steps.length - 2) this.#propose();
    this.#show();
    this.#steps[this.#at].heading.focus();
  }

  #propose() {
    const conclusion = proposed(this.#asked, this.#answers);
    if (!this.#answers.get("conclusion")) {
      const radio = this.#controls.find(
        ({ name, value }) => name === "conclusion" && value === conclusion,
      );
      if (radio) radio.checked = true;
      this.#answered();
    }
    show(this.#steps[this.#at], `Your findings come to “${conclusion.replaceAll("-", " ")}”.`);
  }

  #show() {
    this.#steps.forEach(({ element }, index) => {
      element.hidden = index !== this.#at;
    });
    const last = this.#at === this.#steps.length - 1;
    if (last) show(this.#steps[this.#at], this.#block);
    this.#back.hidden = this.#at === 0;
    this.#next.hidden = last;
    this.#again.hidden = this.#answers.size === 0;
    for (const step of this.#steps) step.follow?.(this.#answers);
  }

  #restart() {
    forget(this.#name);
    this.#answers.clear();
    this.#form.reset();
    this.#go(0);
  }
}

/** @param {HTMLElement} root */
export function start(root) {
  const begin = button(
    "Begin a review here",
    () => {
      begin.remove();
      new ReviewForm(root, asked);
      root.querySelector("legend")?.focus();
    },
    "button button-main",
  );
  /** @type {Asked} */
  const asked = carried(root, "[data-review]");
  begin.dataset.do = "begin-review";
  root.append(begin);
}
