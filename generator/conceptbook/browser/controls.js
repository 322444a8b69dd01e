/**
 * The controls of a witness: inputs bound to declared literals, with typed and clamped values.
 * @module
 */

import { written } from "./words.js";

/** @import { ControlDeclaration, Scalar, Settings } from "./messages.js" */

/** Steps of a slider whose author gave none. */
const SLIDER_STEPS = 100;
/** Digits of a value that a slider without a step of its own can give. */
const SLIDER_DIGITS = 3;

/** A control as the page has it. */
class Control {
  /**
   * @param {ControlDeclaration} declared
   * @param {HTMLElement} input
   * @param {HTMLOutputElement | null} output
   */
  constructor(declared, input, output) {
    this.declared = declared;
    this.input = input;
    this.output = output;
    /** @type {Scalar} */
    this.value = declared.default;
  }

  /** Gives the input its range. */
  prepare() {}

  /** Takes the value that the input now has. */
  read() {}

  /** Puts the value into the input. */
  write() {}

  get words() {
    const { unit } = this.declared;
    const value = written(this.value);
    return unit ? `${value} ${unit}` : value;
  }

  show() {
    this.write();
    if (this.output) this.output.textContent = this.words;
  }

  reset() {
    this.value = this.declared.default;
    this.show();
  }

  /** Takes a value from elsewhere, as a reader could have set it. @param {Scalar} value */
  set(value) {
    if (typeof value === typeof this.value) this.value = value;
    this.show();
  }
}

class Choice extends Control {
  /** @type {HTMLSelectElement} */
  get select() {
    return /** @type {HTMLSelectElement} */ (this.input);
  }

  /** The values of the options, in their order. */
  get choices() {
    return this.declared.choices.length > 0 ? this.declared.choices : [false, true];
  }

  read() {
    const chosen = this.choices[this.select.selectedIndex];
    if (chosen !== undefined) this.value = chosen;
  }

  write() {
    this.select.selectedIndex = this.choices.indexOf(this.value);
  }

  /** @param {Scalar} value */
  set(value) {
    if (this.choices.includes(value)) super.set(value);
  }
}

class Numeric extends Control {
  get field() {
    return /** @type {HTMLInputElement} */ (this.input);
  }

  get bounds() {
    const { min, max } = this.declared;
    return { min: min ?? -Infinity, max: max ?? Infinity };
  }

  get whole() {
    const { min, max, step } = this.declared;
    return [this.declared.default, min ?? 0, max ?? 0, step ?? 1].every(Number.isInteger);
  }

  /** The declared step, which a log scale does not have; null where any value will do. */
  get step() {
    const step = this.declared.scale === "log" ? null : this.declared.step;
    return step ?? (this.whole ? 1 : null);
  }

  prepare() {
    const { min, max } = this.declared;
    if (min != null) this.field.min = String(min);
    if (max != null) this.field.max = String(max);
    this.field.step = "any";
  }

  read() {
    const typed = this.field.valueAsNumber;
    if (Number.isFinite(typed)) this.value = this.settle(typed);
  }

  write() {
    this.field.value = String(this.value);
  }

  /** @param {Scalar} value */
  set(value) {
    const isDefault = value === this.declared.default; // which may lie between two steps
    if (isDefault) super.set(value);
    else if (Number.isFinite(value)) super.set(this.settle(/** @type {number} */ (value)));
  }

  /** The nearest value that the declaration allows. @param {number} value */
  settle(value) {
    const { min, max } = this.bounds;
    const { step } = this;
    const clamped = Math.min(max, Math.max(min, value));
    if (step === null) return clamped;
    const origin = Number.isFinite(min) ? min : /** @type {number} */ (this.declared.default);
    const highest = Math.floor((max - origin) / step + 1e-9);
    const steps = Math.min(highest, Math.round((clamped - origin) / step));
    return Number((origin + steps * step).toPrecision(12));
  }
}

/** A slider; on a log scale its position is the logarithm of the value to base 10. */
class Slider extends Numeric {
  #defaultPosition = NaN;

  get log() {
    return this.declared.scale === "log";
  }

  prepare() {
    const { min, max } = this.bounds;
    const [low, high] = [this.position(min), this.position(max)];
    const step = this.log ? null : this.step;
    this.field.min = String(low);
    this.field.max = String(high);
    this.field.step = String(step ?? (high - low) / SLIDER_STEPS);
    this.field.value = String(this.position(/** @type {number} */ (this.declared.default)));
    this.#defaultPosition = this.field.valueAsNumber;
  }

  /** @param {number} value */
  position(value) {
    return this.log ? Math.log10(value) : value;
  }

  read() {
    const position = this.field.valueAsNumber;
    if (position === this.#defaultPosition) {
      this.value = this.declared.default; // which may lie between two steps of the slider
    } else {
      const value = this.log ? 10 ** position : position;
      this.value = this.settle(Number(value.toPrecision(this.log ? SLIDER_DIGITS : 12)));
    }
  }

  write() {
    this.field.value = String(this.position(/** @type {number} */ (this.value)));
    this.field.setAttribute("aria-valuetext", this.words);
  }
}

/** All controls of one witness. */
export class Controls {
  /** @type {Control[]} */
  #controls;

  /**
   * @param {HTMLElement} root
   * @param {ControlDeclaration[]} declared
   * @param {object} on
   * @param {() => void} on.input while a value moves
   * @param {() => void} on.change when it rests
   */
  constructor(root, declared, on) {
    this.#controls = declared.flatMap((declaration) => bind(root, declaration));
    for (const control of this.#controls) {
      control.input.addEventListener("input", () => {
        control.read();
        if (control.input.getAttribute("type") !== "number") control.show();
        on.input();
      });
      control.input.addEventListener("change", () => {
        control.read();
        control.show();
        on.change();
      });
    }
  }

  /** @returns {Settings} */
  get settings() {
    return Object.fromEntries(this.#controls.map(({ declared, value }) => [declared.name, value]));
  }

  /**
   * Sets the controls that are named and puts the others back; an unknown name is passed over.
   * @param {Settings} wanted
   */
  set(wanted) {
    for (const control of this.#controls) {
      control.reset();
      if (Object.hasOwn(wanted, control.declared.name)) control.set(wanted[control.declared.name]);
    }
  }

  /** Back to the asserted setting. */
  reset() {
    for (const control of this.#controls) control.reset();
  }
}

/** @param {Settings} one @param {Settings} other */
export function sameSettings(one, other) {
  return Object.keys(one).every((name) => one[name] === other[name]);
}

/** @param {HTMLElement} root @param {ControlDeclaration} declared @returns {Control[]} */
function bind(root, declared) {
  const input = root.querySelector(`[data-control="${CSS.escape(declared.name)}"]`);
  if (!(input instanceof HTMLElement)) return [];
  const output =
    root.querySelector(`output[for="${CSS.escape(input.id)}"]`) ??
    input.parentElement?.querySelector("output") ??
    null;
  const Kind = input instanceof HTMLSelectElement ? Choice : isRange(input) ? Slider : Numeric;
  const control = new Kind(declared, input, /** @type {HTMLOutputElement | null} */ (output));
  control.prepare();
  control.show();
  return [control];
}

/** @param {HTMLElement} input */
function isRange(input) {
  return input.getAttribute("type") === "range";
}
