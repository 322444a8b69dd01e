/**
 * The laws that the curves must obey: the static list, marked with what a run made of each.
 * @module
 */

import { number } from "./words.js";

/** @import { Declaration, ShapeDeclaration, ShapeResult, Verdict } from "./messages.js" */

export class Laws {
  #root;
  /** @type {Node[]} */
  #declared;

  /** @param {HTMLElement} root the list as it was built: an `li[data-curve][data-law]` a law */
  constructor(root) {
    this.#root = root;
    this.#declared = [...root.childNodes].map((node) => node.cloneNode(true));
  }

  /** The list as it was built. */
  restore() {
    this.#root.replaceChildren(...this.#declared.map((node) => node.cloneNode(true)));
  }

  /** @param {Verdict} verdict @param {Declaration} declaration */
  show(verdict, declaration) {
    this.restore();
    const curves = declaration.plots.flatMap((plot) => plot.curves);
    for (const item of this.#root.querySelectorAll("li[data-curve]")) {
      if (!(item instanceof HTMLElement)) continue;
      const { curve, law } = item.dataset;
      const result = verdict.curves.find(({ id }) => id === curve)?.shapes[Number(law)];
      const declared = curves.find(({ id }) => id === curve)?.shapes[Number(law)];
      if (result !== undefined && declared !== undefined) mark(item, result, declared, verdict);
    }
  }
}

/**
 * @param {HTMLElement} item
 * @param {ShapeResult} result
 * @param {ShapeDeclaration} declared
 * @param {Verdict} verdict
 */
function mark(item, result, declared, verdict) {
  item.dataset.ok = String(result.ok);
  const word = item.querySelector(".cb-mark");
  if (word !== null) word.textContent = shapeMark(result.ok, verdict);
  const scalars = named(declared.args, result.args);
  for (const place of item.querySelectorAll("[data-scalar]")) {
    const value = scalars.get(place.getAttribute("data-scalar") ?? "");
    if (value !== undefined) place.textContent = number(value, 4);
  }
  if (!result.detail) return;
  const detail = document.createElement("span");
  detail.className = "cb-detail";
  detail.textContent = result.detail;
  item.querySelector(".cb-law")?.after(" ", detail);
}

/**
 * The values that the run gave to the names in a law.
 * @param {Record<string, unknown>} declared
 * @param {Record<string, unknown>} resolved
 */
function named(declared, resolved) {
  /** @type {Map<string, number>} */
  const values = new Map();
  for (const [key, argument] of Object.entries(declared)) {
    const names = Array.isArray(argument) ? argument : [argument];
    const numbers = Array.isArray(resolved[key]) ? resolved[key] : [resolved[key]];
    names.forEach((name, index) => {
      const value = numbers[index];
      if (typeof name === "string" && typeof value === "number") values.set(name, value);
    });
  }
  return values;
}

/** @param {boolean | null} ok @param {Verdict} verdict */
function shapeMark(ok, { asserted_setting, edited }) {
  if (ok === null) return "cannot be judged";
  if (asserted_setting && !edited) return ok ? "holds" : "does not hold";
  return ok ? "still holds" : "no longer holds";
}
