/**
 * Mechanism storyboard: one step at a time, each of which sets the demo and lights its plot.
 * @module
 */

import { button, carried, make, statusLine } from "../make.js";
import { witnessOf } from "./demo-state.js";
import { Mirror } from "./mirror.js";

/** @import { Settings } from "../messages.js" */
/** @import { WitnessElement } from "../witness-element.js" */
/** @import { Light } from "./light.js" */

/** @typedef {{witness: string, set: Settings, light: Light | null}} Told */
/** @typedef {{item: HTMLElement, told: Told, witness: WitnessElement}} Step */

class Storyboard {
  #root;
  #steps;
  #at = 0;
  #mirror = new Mirror();
  #progress = statusLine();
  #run = button("Run this step", () => this.#step.witness.run(), "button");
  #back = button("Previous", () => this.#go(this.#at - 1), "button");
  #on = button("Next", () => this.#go(this.#at + 1), "button button-main");
  /** @type {HTMLButtonElement[]} */
  #marks;

  /** @param {HTMLElement} root @param {Step[]} steps @param {AbortSignal} signal */
  constructor(root, steps, signal) {
    this.#root = root;
    this.#steps = steps;
    this.#marks = steps.map((step, index) => {
      const mark = button(String(index + 1), () => this.#go(index), "step-mark");
      mark.ariaLabel = `Step ${index + 1}: ${step.item.querySelector(".step-title")?.textContent}`;
      return mark;
    });
    this.#on.dataset.do = "next";
    this.#back.dataset.do = "previous";
    this.#run.dataset.do = "run-step";
    const words = /** @type {HTMLElement} */ (root.querySelector(".steps"));
    const items = this.#marks.map((mark) => make("li", "", mark));
    const marks = make("ol", "step-marks", ...items);
    marks.ariaLabel = "Steps";
    const actions = make("div", "quiz-actions", this.#back, this.#on, this.#run);
    const text = make("div", "storyboard-text", marks, words, actions, this.#progress);
    root.append(this.#mirror.element, text);
    root.dataset.state = "on";
    document.addEventListener("conceptbook:drawn", () => this.#picture(), { signal });
    document.addEventListener("conceptbook:state", () => this.#offer(), { signal });
    this.#show();
  }

  get #step() {
    return this.#steps[this.#at];
  }

  /** @param {number} index */
  #go(index) {
    if (index < 0 || index >= this.#steps.length) return;
    this.#at = index;
    const { witness, told } = this.#step;
    witness.set(told.set);
    // Who has run the demo before need not ask again.
    if (this.#ranBefore && this.#isElsewhere) witness.run();
    this.#show();
    this.#progress.textContent = `Step ${index + 1} of ${this.#steps.length}`;
  }

  get #ranBefore() {
    return this.#step.witness.dataset.state !== "idle";
  }

  /** Whether the plot shows another setting than the step's. */
  get #isElsewhere() {
    const { witness } = this.#step;
    const shown = witness.verdict?.controls;
    if (shown === undefined) return !isRecorded(witness);
    return Object.entries(witness.settings).some(([name, value]) => shown[name] !== value);
  }

  #show() {
    this.#steps.forEach(({ item }, index) => (item.hidden = index !== this.#at));
    this.#marks.forEach((mark, index) => {
      mark.ariaCurrent = index === this.#at ? "step" : null;
      mark.classList.toggle("is-passed", index < this.#at);
    });
    this.#back.ariaDisabled = String(this.#at === 0);
    this.#on.ariaDisabled = String(this.#at === this.#steps.length - 1);
    this.#root.dataset.step = String(this.#at + 1);
    this.#picture();
    this.#offer();
  }

  #picture() {
    const { witness, told } = this.#step;
    this.#mirror.show(witness, told.light?.curve ?? "", told.light);
  }

  #offer() {
    const { witness, told } = this.#step;
    const set = Object.keys(told.set).length > 0;
    this.#run.hidden = !(set && witness.dataset.state === "idle");
  }
}

/** @param {WitnessElement} witness */
function isRecorded(witness) {
  const { controls } = witness.promised.declaration;
  return controls.every((control) => witness.settings[control.name] === control.default);
}

/** @param {HTMLElement} page @param {AbortSignal} signal */
export function startStoryboard(page, signal) {
  const root = page.querySelector("[data-storyboard]");
  if (!(root instanceof HTMLElement)) return;
  /** @type {Step[]} */
  const steps = [];
  for (const item of root.querySelectorAll("[data-step]")) {
    /** @type {Told} */
    const told = carried(item, "[data-panel]");
    const witness = witnessOf(told.witness);
    if (witness === null) return; // told without a demo, the list of steps serves better
    steps.push({ item: /** @type {HTMLElement} */ (item), told, witness });
  }
  if (steps.length > 0) new Storyboard(root, steps, signal);
}
