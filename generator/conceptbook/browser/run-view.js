/**
 * What a run changes in the static HTML of a witness: drawings, laws and points. Fetched with the
 * runtime, since a page that runs nothing shows none of it. Everything can be put back.
 * @module
 */

import { Laws } from "./laws.js";
import { pointTables } from "./results.js";
import { parseSvg } from "./svg.js";
import { told } from "./telling.js";

/** @import { Declaration, Native, Verdict } from "./messages.js" */

/** @typedef {{figure: HTMLElement, stage: HTMLElement, recorded: Node[]}} PlotPlace */

export class RunView {
  #declaration;
  #plots;
  #laws;

  /**
   * @param {Declaration} declaration
   * @param {Map<string, PlotPlace>} plots
   * @param {HTMLElement} laws
   */
  constructor(declaration, plots, laws) {
    this.#declaration = declaration;
    this.#plots = plots;
    this.#laws = new Laws(laws);
  }

  /** The pictures and laws as they were recorded. */
  recall() {
    for (const { figure, stage, recorded } of this.#plots.values()) {
      stage.replaceChildren(...recorded);
      stage.removeAttribute("data-provisional");
      figure.querySelector("[data-points]")?.remove();
    }
    this.#laws.restore();
  }

  /**
   * @param {Record<string, string>} drawings SVG by the plot's id
   * @param {boolean} provisional  of a run that is under way
   */
  draw(drawings, provisional) {
    for (const [id, { stage }] of this.#plots) {
      const drawing = Object.hasOwn(drawings, id) ? parseSvg(drawings[id]) : null;
      if (drawing === null) continue;
      stage.replaceChildren(drawing);
      stage.toggleAttribute("data-provisional", provisional);
    }
  }

  /** The verdict in a sentence. @param {Verdict} verdict */
  told(verdict) {
    return told(verdict, this.#declaration);
  }

  /** @param {Verdict} verdict @param {Native} native */
  show(verdict, native) {
    for (const plot of this.#declaration.plots) {
      const figure = this.#plots.get(plot.id)?.figure;
      figure?.querySelector("[data-points]")?.remove();
      const tables = pointTables(verdict, plot, native);
      if (tables !== null) figure?.append(tables);
    }
    this.#laws.show(verdict, this.#declaration);
  }
}
