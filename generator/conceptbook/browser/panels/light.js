/**
 * Lights a part of a plot: a bright stretch behind one curve, while the others step back.
 * @module
 */

import { axesOf, place } from "./axes.js";

/** @import { Settings } from "../messages.js" */

/** A range of a curve; a bound may be the name of a control.
 * @typedef {{curve: string, from: number | string | null, to: number | string | null}} Light */

const SVG = "http://www.w3.org/2000/svg";
/** Around the outermost points of the range, so that they are inside. */
const MARGIN = 7;

/**
 * @param {SVGElement} plot
 * @param {Light | null} light
 * @param {Settings} settings
 * @param {{dims?: boolean}} [how] whether the other curves step back, which names the one meant
 */
export function illuminate(plot, light, settings, { dims = true } = {}) {
  const axes = axesOf(plot);
  if (light === null || axes === null) return;
  const left = bound(light.from, settings, axes.x.low);
  const right = bound(light.to, settings, axes.x.high);
  const [begin, end] = [place(axes.x, left) - MARGIN, place(axes.x, right) + MARGIN];
  if (!(end > begin)) return;
  const top = Math.min(axes.y.start, axes.y.end);
  const box = {
    x: begin,
    y: top - MARGIN,
    width: end - begin,
    height: Math.abs(axes.y.start - axes.y.end) + MARGIN,
    rx: 4,
  };
  const rect = document.createElementNS(SVG, "rect");
  rect.setAttribute("class", "cb-light");
  for (const [name, value] of Object.entries(box)) rect.setAttribute(name, String(value));
  (plot.querySelector(".cb-grid") ?? plot.lastChild)?.before(rect);
  if (dims) dim(plot, light.curve);
}

/** @param {SVGElement} plot @param {string} curve */
function dim(plot, curve) {
  const series = (plot.getAttribute("data-series") ?? "").split(" ");
  const own = `cb-s${(series.indexOf(curve) % 6) + 1}`;
  for (const drawn of plot.querySelectorAll(".cb-series")) {
    if (!drawn.classList.contains(own)) drawn.classList.add("cb-dim");
  }
}

/** @param {number | string | null} value @param {Settings} settings @param {number} whole */
function bound(value, settings, whole) {
  if (typeof value === "number") return value;
  const named = value === null ? undefined : settings[value];
  return typeof named === "number" ? named : whole;
}
