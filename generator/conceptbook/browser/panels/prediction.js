/**
 * Prediction checkpoint: the reader commits, the program runs, and the answer whose shape the
 * run has is the right one. The kit judges; this only shows.
 * @module
 */

import { button, carried, make, statusLine } from "../make.js";
import { Choice } from "./choice.js";
import { witnessOf } from "./demo-state.js";
import { Mirror } from "./mirror.js";
import { keep, recall } from "./storage.js";

/** @import { Question, Settings } from "../messages.js" */
/** @import { WitnessElement } from "../witness-element.js" */
/** @import { Answered } from "../asking.js" */

/** @typedef {{witness: string, curve: string, set: Settings, ask: Question[]}} Asked */
/** What is kept: the words of the answer chosen and of the one that held.
 * @typedef {{chosen: string, held: string}} Kept */

class Prediction {
  #root;
  #witness;
  /** @type {Asked} */
  #asked;
  #choice;
  #mirror = new Mirror();
  #status = statusLine();
  #run;
  #because;
  #score;
  /** @type {AbortController | null} */
  #watching = null;

  /** @param {HTMLElement} root @param {Asked} asked @param {WitnessElement} witness
   * @param {() => void} score */
  constructor(root, asked, witness, score) {
    this.#root = root;
    this.#asked = asked;
    this.#witness = witness;
    this.#score = score;
    const list = /** @type {HTMLElement} */ (root.querySelector("[data-options]"));
    this.#choice = new Choice(list, () => this.#commit());
    this.#because = /** @type {HTMLDetailsElement} */ (root.querySelector("[data-because]"));
    this.#because.hidden = true;
    this.#run = button("Run to see", () => this.#start(), "button button-main");
    this.#run.dataset.do = "reveal";
    this.#run.ariaDisabled = "true";
    this.#mirror.element.hidden = true;
    const how = /** @type {HTMLElement} */ (root.querySelector("[data-how]"));
    how.before(make("div", "quiz-actions", this.#run, this.#status));
    this.#because.before(this.#mirror.element);
    this.#status.textContent = "Choose an answer first.";
    root.dataset.state = "open";
    this.#restore();
  }

  get #name() {
    return `prediction:${this.#witness.dataset.concept}/${this.#root.dataset.prediction}`;
  }

  /** Whether it was answered, and rightly; null before. @returns {boolean | null} */
  get right() {
    /** @type {Kept | null} */
    const kept = recall(this.#name);
    return kept === null || this.#choice.find(kept.chosen) < 0 ? null : kept.chosen === kept.held;
  }

  #restore() {
    /** @type {Kept | null} */
    const kept = recall(this.#name);
    const chosen = kept === null ? -1 : this.#choice.find(kept.chosen);
    if (kept === null || chosen < 0) return;
    this.#choice.choose(chosen);
    this.#reveal(this.#choice.find(kept.held));
    this.#say(`From an earlier visit. ${this.#told(this.#choice.find(kept.held))}`);
  }

  #commit() {
    this.#choice.hide();
    this.#run.ariaDisabled = "false";
    this.#root.dataset.state = "committed";
    this.#because.hidden = true;
    this.#say("");
  }

  async #start() {
    this.#choice.hide();
    this.#choice.lock(true);
    this.#run.ariaDisabled = "true";
    this.#root.dataset.state = "running";
    this.#watching = new AbortController();
    this.#witness.addEventListener("conceptbook:state", () => this.#follow(), this.#watching);
    this.#follow();
    const answered = await this.#witness.runAt(this.#asked.set, this.#asked.ask);
    this.#watching.abort();
    this.#choice.lock(false);
    this.#run.ariaDisabled = "false";
    this.#run.textContent = "Run again";
    this.#end(answered);
  }

  #follow() {
    const file = this.#witness.promised.declaration.file;
    const loading = this.#witness.dataset.state === "loading";
    this.#say(loading ? "Loading Python and numpy, once a visit." : `Running ${file}.`);
  }

  /** @param {Answered | null} answered */
  #end(answered) {
    const held = answered?.asked.flatMap(({ ok }, index) => (ok === true ? [index] : [])) ?? [];
    if (answered === null) {
      this.#fail("The demo was set otherwise before the run had ended.");
    } else if (answered.asked.length === 0 || answered.verdict.state === "error") {
      const why = answered.verdict.error?.message ?? "it was stopped";
      this.#fail(`The run gave no answer: ${why}.`);
    } else if (held.length !== 1) {
      this.#fail("No single answer has the shape of this run.");
    } else {
      this.#settle(held[0], answered.verdict.edited);
    }
  }

  /** @param {string} words */
  #fail(words) {
    this.#root.dataset.state = "failed";
    this.#say(words);
  }

  /** @param {number} held @param {boolean} edited */
  #settle(held, edited) {
    const chosen = this.#choice.words(this.#choice.chosen);
    this.#mirror.show(this.#witness, this.#asked.curve);
    this.#reveal(held);
    this.#say((edited ? "With your edited program: " : "") + this.#told(held));
    if (edited) return;
    /** @type {Kept} */
    const kept = { chosen, held: this.#choice.words(held) };
    keep(this.#name, kept);
    this.#score();
  }

  /** @param {number} held */
  #reveal(held) {
    this.#choice.reveal(held, "the run shows this");
    this.#because.hidden = false;
    this.#because.open = true;
    this.#run.ariaDisabled = "false";
    this.#root.dataset.state = "revealed";
    this.#root.dataset.right = String(held === this.#choice.chosen);
  }

  /** @param {number} held */
  #told(held) {
    return held === this.#choice.chosen ? "As you predicted." : "Not what you predicted.";
  }

  /** @param {string} words */
  #say(words) {
    this.#status.textContent = words;
  }
}

/** @param {HTMLElement} page */
export function startPredictions(page) {
  const section = page.querySelector("#predict");
  if (section === null) return;
  const tally = statusLine();
  tally.classList.add("tally");
  section.append(tally);
  /** @type {Prediction[]} */
  const predictions = [];
  const score = () => {
    const answered = predictions.filter(({ right }) => right !== null);
    const right = answered.filter((prediction) => prediction.right).length;
    const words = `${right} of ${answered.length} predicted rightly, kept in this browser only.`;
    tally.textContent = answered.length > 0 ? words : "";
  };
  for (const root of section.querySelectorAll("[data-prediction]")) {
    /** @type {Asked} */
    const asked = carried(root, "[data-panel]");
    const witness = witnessOf(asked.witness);
    if (witness === null) continue;
    predictions.push(new Prediction(/** @type {HTMLElement} */ (root), asked, witness, score));
  }
  score();
}
