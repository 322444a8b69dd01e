/**
 * The static HTML of a witness, and what a run changes in it. Everything can be put back.
 * @module
 */

import { fault } from "./fault.js";
import { Listing } from "./listing.js";
import { StatusLine } from "./status-line.js";

/** @import { Native, Promised, Recorded, Verdict } from "./messages.js" */
/** @import { PlotPlace, RunView } from "./run-view.js" */

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
  /** @type {Map<string, PlotPlace>} */
  #plots = new Map();
  /** Where nothing was run yet there is nothing to put back. @type {RunView | null} */
  #runView = null;
  /** @type {Promise<void> | null} */
  #ready = null;

  /** @param {HTMLElement} root @throws when the page lacks a part of the contract */
  constructor(root) {
    this.#root = root;
    this.promised = JSON.parse(part(root, "[data-declaration]").textContent ?? "");
    const { witness, plots } = this.promised.declaration;
    this.listing = new Listing(part(document, `[data-source="${CSS.escape(witness)}"]`));
    this.status = new StatusLine(part(root, "[data-status]"));
    this.#verdict = part(root, "[data-verdict]");
    this.#stdout = part(root, "[data-stdout]");
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

  /** Fetches what a run is held against, and what shows it. */
  prepare() {
    return Promise.all([this.fetchRecorded(), this.#fetchRunView()]);
  }

  /** @returns {Promise<void>} */
  #fetchRunView() {
    this.#ready ??= import("./run-view.js").then(
      ({ RunView }) => {
        const laws = part(this.#root, "[data-shapes]");
        this.#runView = new RunView(this.promised.declaration, this.#plots, laws);
      },
      () => {
        this.#ready = null; // the next time may do better
        throw new Error("what shows a run cannot be fetched");
      },
    );
    return this.#ready;
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
    this.#runView?.recall();
  }

  /** @param {string} text the whole of what was printed */
  print(text) {
    this.#stdout.textContent = text;
    this.#stdout.hidden = text === "";
  }

  /** @param {string} text what comes after */
  printMore(text) {
    const more = text.slice(0, STDOUT_CHARACTERS - this.stdout.length);
    if (more === "") return;
    if (this.stdout === "") this.print(more);
    else this.#stdout.append(more);
    this.stdout += more;
  }

  /** Asks a reader who saves data. @param {number} bytes */
  async ask(bytes) {
    const { consent } = await import("./consent.js");
    return consent(part(this.#root, "[data-status]"), bytes);
  }

  /**
   * @param {Record<string, string>} drawings SVG by the plot's id
   * @param {boolean} provisional  of a run that is under way
   */
  draw(drawings, provisional = false) {
    this.#runView?.draw(drawings, provisional);
  }

  /** The verdict in a sentence. @param {Verdict} verdict */
  told(verdict) {
    if (this.#runView !== null) return this.#runView.told(verdict);
    return verdict.state === "stopped"
      ? "Stopped before it ended."
      : `Error: ${verdict.error?.message}.`;
  }

  /** @param {Verdict} verdict */
  show(verdict) {
    this.#runView?.show(verdict, this.native);
    this.#root.querySelector(".cb-consent")?.remove();
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
