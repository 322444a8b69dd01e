/**
 * A listing that can be edited, run, put back, and compared with what was published.
 * @module
 */

import { button, make, statusLine } from "../make.js";
import { witnessOf } from "./demo-state.js";

/** @import { WitnessElement } from "../witness-element.js" */
/** @import { Editor } from "./editor.js" */

const MARKS = { same: " ", added: "+", removed: "−" };

class Program {
  #pre;
  #code;
  #witness;
  /** @type {Node[]} */
  #published;
  #original;
  /** @type {Editor | null} */
  #editor = null;
  #status = statusLine();
  #edit = button("Edit", () => this.#open());
  #reset = button("Put back", () => this.#restore());
  #compare = button("Show changes", () => this.#toggle());
  #changes = make("pre", "changes");

  /** @param {HTMLElement} pre @param {HTMLElement} code @param {WitnessElement} witness */
  constructor(pre, code, witness) {
    this.#pre = pre;
    this.#code = code;
    this.#witness = witness;
    this.#published = [...code.childNodes];
    this.#original = code.textContent ?? "";
    const run = button("Run", () => witness.run(), "button button-main");
    run.dataset.do = "run-code";
    this.#edit.dataset.do = "edit";
    this.#reset.dataset.do = "put-back";
    this.#compare.dataset.do = "compare";
    this.#changes.hidden = true;
    this.#changes.tabIndex = 0;
    this.#changes.ariaLabel = "Changes to the published program";
    const buttons = [run, this.#edit, this.#reset, this.#compare];
    pre.after(make("div", "listing-actions", ...buttons, this.#status), this.#changes);
    witness.addEventListener("conceptbook:state", () => this.#follow());
    this.#show();
  }

  get #edited() {
    return this.#code.textContent !== this.#original;
  }

  async #open() {
    const module = await import("./editor.js").catch(() => null);
    if (module === null) {
      this.#status.textContent = "The editor cannot be fetched now.";
      return;
    }
    this.#status.textContent = "";
    this.#editor ??= module.createEditor(this.#original, {
      label: this.#code.dataset.file ?? "Program",
      onInput: () => this.#take(),
      onRun: () => this.#witness.run(),
    });
    this.#pre.hidden = true;
    this.#pre.after(this.#editor.element);
    this.#editor.focus();
    this.#show();
  }

  /** The listing's text is the program that runs. */
  #take() {
    const text = this.#editor?.element.value ?? this.#original;
    if (text === this.#original) this.#code.replaceChildren(...this.#published);
    else this.#code.textContent = text;
    this.#show();
    this.#compareLines();
  }

  #restore() {
    this.#editor?.element.remove();
    this.#editor = null;
    this.#pre.hidden = false;
    this.#code.replaceChildren(...this.#published);
    this.#changes.hidden = true;
    this.#status.textContent = "";
    this.#show();
    this.#edit.focus();
  }

  #toggle() {
    this.#changes.hidden = !this.#changes.hidden;
    this.#show();
    this.#compareLines();
  }

  #show() {
    const editing = this.#editor !== null;
    this.#edit.hidden = editing;
    this.#reset.hidden = !editing;
    this.#compare.hidden = !this.#edited;
    if (!this.#edited) this.#changes.hidden = true;
    this.#compare.textContent = this.#changes.hidden ? "Show changes" : "Hide changes";
    this.#compare.ariaExpanded = String(!this.#changes.hidden);
  }

  async #compareLines() {
    if (this.#changes.hidden) return;
    const { difference, hunks } = await import("./difference.js");
    const lines = hunks(difference(this.#original, this.#code.textContent ?? ""));
    const shown = lines.map(({ kind, text }) => {
      const tag = kind === "added" ? "ins" : kind === "removed" ? "del" : "span";
      return make(tag, "", `${MARKS[kind]} ${text}\n`);
    });
    this.#changes.replaceChildren(...shown);
  }

  #follow() {
    const { verdict } = this.#witness;
    const line = verdict?.error?.line ?? verdict?.asserts.line ?? null;
    this.#editor?.mark(line);
    const fault = verdict?.error?.message ?? verdict?.asserts.message;
    const words = this.#witness.querySelector("[data-status] .cb-status-words")?.textContent ?? "";
    const said = line && fault ? `Line ${line}: ${fault}` : words;
    this.#status.textContent = this.#witness.dataset.state === "idle" ? "" : said;
  }
}

/** @param {HTMLElement} page */
export function startEditors(page) {
  for (const code of page.querySelectorAll("code[data-source]")) {
    const witness = witnessOf(/** @type {HTMLElement} */ (code).dataset.source ?? "");
    const pre = code.closest("pre");
    if (witness !== null && pre !== null) {
      new Program(pre, /** @type {HTMLElement} */ (code), witness);
    }
  }
}
