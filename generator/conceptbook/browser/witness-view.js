/**
 * The static HTML of a witness, and what a run changes in it. Everything can be put back.
 * @module
 */

import { consent } from "./consent.js";
import { Laws } from "./laws.js";
import { Listing } from "./listing.js";
import { fault, pointTables } from "./results.js";
import { StatusLine } from "./status-line.js";
import { parseSvg } from "./svg.js";

/** @import { Declaration, Native, Promised, Recorded, Verdict } from "./messages.js" */

/** What the page keeps of a stream; the kit cuts it at the same length. */
const STDOUT_CHARACTERS = 200_000;

export class WitnessView {
  /** @type {Promised} */
  promised;
  status;
  listing;
  /** What the present run has printed; the page may still show what the last one did. */
  stdout = "";

  /** @type {Recorded | null} */
  recorded = null;
  /** What the recorded run computed, by curve. @type {Native} */
  native = {};

  #root;
  #verdict;
  /** @type {Promise<{asserted: Recorded, native?: Native}> | null} */
  #fetched = null;
  #stdout;
  #laws;
  /** @type {Map<string, {figure: HTMLElement, stage: HTMLElement, recorded: Node[]}>} */
  #plots = new Map();

  /** @param {HTMLElement} root @throws when the page lacks a part of the contract */
  constructor(root) {
    this.#root = root;
    this.promised = JSON.parse(part(root, "[data-declaration]").textContent ?? "");
    const { witness, plots } = this.promised.declaration;
    this.listing = new Listing(part(document, `[data-source="${CSS.escape(witness)}"]`));
    this.status = new StatusLine(part(root, "[data-status]"));
    this.#verdict = part(root, "[data-verdict]");
    this.#stdout = part(root, "[data-stdout]");
    this.#laws = new Laws(part(root, "[data-shapes]"));
    for (const { id } of plots) {
      const figure = part(root, `[data-plot="${CSS.escape(id)}"]`);
      const stage = part(figure, "[data-stage]");
      this.#plots.set(id, { figure, stage, recorded: [...stage.childNodes] });
    }
  }

  /** What was recorded, fetched once it is wanted. @returns {Promise<Recorded>} */
  fetchRecorded() {
    this.#fetched ??= fetchRecord(this.#root.dataset.record ?? "").catch((error) => {
      this.#fetched = null; // the next time may do better
      throw error;
    });
    return this.#fetched.then(({ asserted, native = {} }) => {
      this.native = native;
      return (this.recorded = asserted);
    });
  }

  /** @param {"run" | "stop" | "reset"} name */
  button(name) {
    return part(this.#root, `[data-action="${name}"]`);
  }

  /** Buttons and controls come up together, once they work. */
  enable() {
    const parts = ".controls, .controls *, .actions, .actions *, [data-control], [data-action]";
    for (const element of this.#root.querySelectorAll(parts)) {
      element.removeAttribute("hidden");
      element.removeAttribute("disabled");
    }
  }

  /** Takes back what the last run said; its picture and output stay until the next come. */
  clear() {
    this.#verdict.textContent = "";
    for (const said of this.#root.querySelectorAll("[data-error], .cb-consent")) said.remove();
    this.listing.clear();
    this.stdout = "";
  }

  /** The page as it was built. */
  restore() {
    this.clear();
    this.print("");
    this.recall();
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

  /** @param {string} text the whole of what was printed */
  print(text) {
    this.#stdout.textContent = text;
    this.#stdout.hidden = text === "";
  }

  /** @param {string} text what comes after */
  printMore(text) {
    const more = text.slice(0, STDOUT_CHARACTERS - this.stdout.length);
    if (this.stdout === "") this.print(more);
    else this.#stdout.append(more);
    this.stdout += more;
  }

  /** Asks a reader who saves data. @param {number} bytes */
  ask(bytes) {
    return consent(part(this.#root, "[data-status]"), bytes);
  }

  /**
   * @param {Record<string, string>} drawings SVG by the plot's id
   * @param {boolean} provisional  of a run that is under way
   */
  draw(drawings, provisional = false) {
    for (const [id, { stage }] of this.#plots) {
      const drawing = Object.hasOwn(drawings, id) ? parseSvg(drawings[id]) : null;
      if (drawing === null) continue;
      stage.replaceChildren(drawing);
      stage.toggleAttribute("data-provisional", provisional);
    }
  }

  /** @param {Verdict} verdict */
  show(verdict) {
    const { declaration } = this.promised;
    for (const plot of declaration.plots) {
      const figure = this.#plots.get(plot.id)?.figure;
      figure?.querySelector("[data-points]")?.remove();
      const tables = pointTables(verdict, plot, this.native);
      if (tables !== null) figure?.append(tables);
    }
    this.#root.querySelector(".cb-consent")?.remove();
    this.#laws.show(verdict, declaration);
    this.print(verdict.stdout + (verdict.stdout_truncated ? "\n… cut here\n" : ""));
    this.#showFault(verdict);
    this.#verdict.textContent = JSON.stringify(verdict);
  }

  /** @param {Verdict} verdict */
  #showFault(verdict) {
    const box = fault(verdict, this.listing);
    if (box !== null) part(this.#root, "[data-status]").after(box);
    const line = verdict.error?.line ?? (verdict.asserts.ok === false ? verdict.asserts.line : null);
    if (line !== null) this.listing.mark(line);
  }
}

/** @param {string} file @returns {Promise<{asserted: Recorded, native?: Native}>} */
async function fetchRecord(file) {
  const response = await fetch(file).catch(() => null);
  if (!response?.ok) {
    const gone = response?.status === 404;
    const advice = gone ? "; this page may be of an older edition: reload it" : "";
    throw new Error(`the recorded curves, ${file}, cannot be fetched${advice}`);
  }
  return response.json();
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
function part(root, selector) {
  const found = root.querySelector(selector);
  if (found instanceof HTMLElement) return found;
  throw new Error(`a witness on this page lacks ${selector}`);
}
