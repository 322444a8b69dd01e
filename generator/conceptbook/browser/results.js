/**
 * The points of a verdict, as elements. It judges nothing.
 * @module
 */

import { make } from "./make.js";
import { number } from "./words.js";

/** @import { CurveDeclaration, CurveResult, Native, PlotDeclaration, Point, Verdict } from "./messages.js" */

/**
 * The points of a plot's curves, in a fold: what was asserted, what the recorded run computed
 * natively and what this browser did, side by side. The fold is filled once the verdict is shown.
 * @param {Verdict} verdict
 * @param {PlotDeclaration} plot
 * @param {Native} native
 * @returns {HTMLElement | null} null when the plot has no curve in the verdict
 */
export function pointTables(verdict, plot, native) {
  const shown = plot.curves.flatMap((curve) => {
    const result = verdict.curves.find(({ id }) => id === curve.id);
    return result === undefined || result.x.length === 0 ? [] : [{ curve, result }];
  });
  if (shown.length === 0) return null;
  const fold = make("details", "cb-points", make("summary", "", "Computed points"));
  fold.dataset.points = "";
  setTimeout(() => {
    fold.append(...shown.map(({ curve, result }) => pointTable(curve, result, native[curve.id] ?? [])));
  });
  return fold;
}

/** @param {CurveDeclaration} curve @param {CurveResult} result @param {(number | null)[]} native */
function pointTable(curve, result, native) {
  const judged = result.points.some((point) => point.asserted !== null);
  const heads = judged
    ? ["x", "asserted", "native", "browser", "deviation", "allowed", "ok"]
    : ["x", "browser"];
  const rows = judged
    ? result.points.map((point, index) => judgedRow(point, native[index]))
    : result.x.map((x, index) => row([number(x), number(result.y[index] ?? null, 8)]));
  const head = make("tr", "", ...heads.map((name) => columnHead(name)));
  return make(
    "table",
    "cb-table",
    make("caption", "", judged ? `${curve.label}: ${worst(result.points)}` : curve.label),
    make("thead", "", head),
    make("tbody", "", ...rows),
  );
}

/** How far the worst point is off, in the words of `verify`. @param {Point[]} points */
function worst(points) {
  const shares = points.map(({ deviation, allowed }) =>
    deviation === 0 ? 0 : deviation === null || !allowed ? Infinity : deviation / allowed,
  );
  const top = Math.max(...shares);
  const at = number(points[shares.indexOf(top)].x);
  if (top === 0) return "every point is bit for bit the asserted one";
  if (top === Infinity) return `the worst point, at x = ${at}, cannot be compared`;
  return `worst point ${number(top, 1)} of its tolerance, at x = ${at}`;
}

/** @param {string} name */
function columnHead(name) {
  const head = make("th", "", name);
  head.setAttribute("scope", "col");
  return head;
}

/** @param {Point} point @param {number | null | undefined} native  undefined where none is recorded */
function judgedRow({ x, asserted, y, deviation, allowed, ok }, native) {
  const mark = ok === null ? "not judged" : ok ? "ok" : "misses";
  const cells = [
    number(x),
    number(asserted, 8),
    native === undefined ? "–" : number(native, 8),
    number(y, 8),
    number(deviation, 2),
    number(allowed, 2),
    mark,
  ];
  const judged = row(cells);
  judged.dataset.ok = String(ok);
  return judged;
}

/** @param {string[]} cells */
function row(cells) {
  return make("tr", "", ...cells.map((cell) => make("td", "", cell)));
}
