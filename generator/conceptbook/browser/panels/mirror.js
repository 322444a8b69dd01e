/**
 * A plot of a demo, shown a second time where a panel speaks of it.
 * @module
 */

import { make } from "../make.js";
import { illuminate } from "./light.js";

/** @import { PlotDeclaration } from "../messages.js" */
/** @import { WitnessElement } from "../witness-element.js" */
/** @import { Light } from "./light.js" */

let mirrors = 0;

export class Mirror {
  element = make("figure", "mirror");
  #stage = make("div", "mirror-stage");
  #caption = make("figcaption", "");
  #prefix = `mirror-${++mirrors}-`;

  constructor() {
    this.element.append(this.#stage, this.#caption);
  }

  /**
   * The plot as it now stands, with the part to look at.
   * @param {WitnessElement} witness
   * @param {string} curve
   * @param {Light | null} light
   * @param {{dims?: boolean}} [how]
   */
  show(witness, curve, light = null, how = {}) {
    const plot = plotOf(witness, curve);
    const drawn = plot && stageOf(witness, plot)?.querySelector("svg");
    this.element.hidden = !drawn;
    if (!plot || !drawn) return;
    const copy = renamed(drawn, this.#prefix);
    illuminate(copy, light, witness.settings, how);
    this.#stage.replaceChildren(copy);
    const title = witness.querySelector(`[data-plot="${CSS.escape(plot.id)}"] .stage-title`);
    this.#caption.textContent = title?.textContent ?? plot.title;
  }
}

/** @param {WitnessElement} witness @param {string} curve @returns {PlotDeclaration | undefined} */
function plotOf(witness, curve) {
  const { plots } = witness.promised.declaration;
  return plots.find(({ curves }) => curves.some(({ id }) => id === curve)) ?? plots[0];
}

/** @param {WitnessElement} witness @param {PlotDeclaration} plot */
function stageOf(witness, plot) {
  return witness.querySelector(`[data-plot="${CSS.escape(plot.id)}"] [data-stage]`);
}

/** A copy that may stand beside its original. @param {SVGElement} drawn @param {string} prefix */
function renamed(drawn, prefix) {
  const copy = /** @type {SVGElement} */ (drawn.cloneNode(true));
  for (const element of copy.querySelectorAll("[id]")) element.id = prefix + element.id;
  for (const element of copy.querySelectorAll("[clip-path]")) {
    const path = element.getAttribute("clip-path") ?? "";
    element.setAttribute("clip-path", path.replace("url(#", `url(#${prefix}`));
  }
  const names = copy.getAttribute("aria-labelledby") ?? "";
  copy.setAttribute("aria-labelledby", names.replaceAll(/\S+/g, `${prefix}$&`));
  for (const cursor of copy.querySelectorAll(".cb-cursor")) cursor.remove();
  return copy;
}
