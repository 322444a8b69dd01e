/**
 * Reads the values of a plot, under the pointer or by the arrow keys.
 * @module
 */

import { make } from "../make.js";
import { number } from "../words.js";
import { axesOf, place } from "./axes.js";

/** @import { PlotDeclaration } from "../messages.js" */
/** @import { WitnessElement } from "../witness-element.js" */

const HINT = "Point at a plot, or use the arrow keys on it, to read its values.";
const SVG = "http://www.w3.org/2000/svg";
const STEPS = new Map([
  ["ArrowLeft", -1],
  ["ArrowRight", 1],
  ["PageUp", -10],
  ["PageDown", 10],
]);

/** What is drawn of one curve. @typedef {{label: string, x: number[], y: (number | null)[]}} Drawn */

class Readout {
  #witness;
  #plot;
  #stage;
  #line = make("p", "readout");
  /** Said once on a page. */
  #hint = document.querySelector("[data-readout]") === null ? HINT : "";
  /** Place in the grid. */
  #at = -1;

  /** @param {WitnessElement} witness @param {PlotDeclaration} plot @param {HTMLElement} stage */
  constructor(witness, plot, stage) {
    this.#witness = witness;
    this.#plot = plot;
    this.#stage = stage;
    this.#line.dataset.readout = "";
    stage.after(this.#line);
    stage.tabIndex = 0;
    stage.setAttribute("role", "application");
    stage.ariaLabel = `${plot.title}. The arrow keys read its points.`;
    for (const near of ["pointerenter", "focus"]) {
      stage.addEventListener(near, () => this.#fetched());
    }
    stage.addEventListener("pointermove", (event) => this.#point(event));
    stage.addEventListener("pointerleave", () => this.#leave());
    stage.addEventListener("blur", () => this.#leave());
    stage.addEventListener("keydown", (event) => this.#key(event));
    stage.addEventListener("focus", () => (this.#line.ariaLive = "polite"));
    witness.addEventListener("conceptbook:drawn", () => this.#leave());
    this.#leave();
  }

  /** @returns {Drawn[]} */
  get #drawn() {
    const { verdict, recorded } = this.#witness;
    return this.#plot.curves.flatMap(({ id, label }) => {
      const record = recorded?.[id];
      const run = verdict?.curves.find((curve) => curve.id === id);
      /** @type {Drawn[]} */
      const drawn = record
        ? [{ label: run?.x.length ? `${label}, recorded` : label, ...record }]
        : [];
      if (run?.x.length)
        drawn.push({ label: `${label}, this run`, x: run.x.map(Number), y: run.y });
      return drawn;
    });
  }

  get #grid() {
    const { scale } = this.#plot.x;
    const all = new Set(this.#drawn.flatMap(({ x }) => x));
    return [...all].filter((x) => scale !== "log" || x > 0).sort((a, b) => a - b);
  }

  /** @param {PointerEvent} event */
  #point(event) {
    const svg = this.#stage.querySelector("svg");
    const axes = svg && axesOf(svg);
    const toUser = svg?.getScreenCTM()?.inverse();
    if (!axes || !toUser) return;
    this.#line.ariaLive = "off";
    const { x } = new DOMPoint(event.clientX, event.clientY).matrixTransform(toUser);
    const away = this.#grid.map((value) => Math.abs(place(axes.x, value) - x));
    this.#show(away.indexOf(Math.min(...away)));
  }

  /** @param {KeyboardEvent} event */
  async #key(event) {
    if (!STEPS.has(event.key) && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    await this.#fetched();
    const last = this.#grid.length - 1;
    const step = STEPS.get(event.key);
    let at = this.#at;
    if (step !== undefined) at = Math.max(0, Math.min(last, at < 0 && step > 0 ? 0 : at + step));
    else at = event.key === "Home" ? 0 : last;
    this.#show(at);
  }

  /** Without the record, what a run gave can still be read. */
  async #fetched() {
    await this.#witness.fetchRecorded().catch(() => {});
  }

  /** @param {number} at */
  #show(at) {
    const x = this.#grid[at];
    if (x === undefined) return;
    this.#at = at;
    const here = this.#drawn.flatMap(({ label, x: xs, y }) => {
      const index = xs.indexOf(x);
      return index < 0 ? [] : [{ label, y: y[index] ?? null }];
    });
    const { label, unit } = this.#plot.x;
    const values = here.map((point) => `${point.label} ${number(point.y, 4)}`);
    const where = `${label} = ${[number(x, 4), unit].filter(Boolean).join(" ")}`;
    this.#line.textContent = `${where}: ${values.join("; ")}`;
    this.#line.dataset.readout = "on";
    this.#mark(
      x,
      here.map(({ y }) => y),
    );
  }

  /** @param {number} x @param {(number | null)[]} ys */
  #mark(x, ys) {
    const svg = this.#stage.querySelector("svg");
    const axes = svg && axesOf(svg);
    this.#unmark();
    if (!axes) return;
    const cursor = document.createElementNS(SVG, "g");
    cursor.setAttribute("class", "cb-cursor");
    const across = place(axes.x, x);
    cursor.append(shape("line", { x1: across, x2: across, y1: axes.y.start, y2: axes.y.end }));
    for (const y of ys) {
      const up = y === null ? NaN : place(axes.y, y);
      if (Number.isFinite(up)) cursor.append(shape("circle", { cx: across, cy: up, r: 5 }));
    }
    svg.append(cursor);
  }

  #unmark() {
    this.#stage.querySelector(".cb-cursor")?.remove();
  }

  #leave() {
    this.#unmark();
    this.#at = -1;
    this.#line.ariaLive = "off";
    this.#line.dataset.readout = "";
    this.#line.textContent = this.#hint;
  }
}

/** @param {string} name @param {Record<string, number>} attributes */
function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** @param {HTMLElement} page */
export function startReadouts(page) {
  for (const element of page.querySelectorAll("conceptbook-witness")) {
    const witness = /** @type {WitnessElement} */ (element);
    for (const plot of witness.promised.declaration.plots) {
      const stage = witness.querySelector(`[data-plot="${CSS.escape(plot.id)}"] [data-stage]`);
      if (stage instanceof HTMLElement) new Readout(witness, plot, stage);
    }
  }
}
