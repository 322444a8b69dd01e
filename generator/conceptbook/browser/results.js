/**
 * What the page shows of a verdict: points and errors, as elements. It judges nothing.
 * @module
 */

import { number } from "./words.js";

/** @import { CurveDeclaration, CurveResult, PlotDeclaration, Point, Verdict } from "./messages.js" */
/** @import { Listing } from "./listing.js" */

/**
 * @param {string} tag
 * @param {string} className
 * @param {(Node | string)[]} children
 */
function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/**
 * The points of a plot's curves, in a fold.
 * @param {Verdict} verdict
 * @param {PlotDeclaration} plot
 * @returns {HTMLElement | null} null when the plot has no curve in the verdict
 */
export function pointTables(verdict, plot) {
  const tables = plot.curves.flatMap((curve) => {
    const result = verdict.curves.find(({ id }) => id === curve.id);
    return result === undefined || result.x.length === 0 ? [] : [pointTable(curve, result)];
  });
  if (tables.length === 0) return null;
  const fold = make("details", "cb-points", make("summary", "", "Computed points"), ...tables);
  fold.dataset.points = "";
  return fold;
}

/** @param {CurveDeclaration} curve @param {CurveResult} result */
function pointTable(curve, result) {
  const judged = result.points.some((point) => point.asserted !== null);
  const heads = judged
    ? ["x", "asserted", "computed", "deviation", "allowed", "ok"]
    : ["x", "computed"];
  const rows = judged
    ? result.points.map(judgedRow)
    : result.x.map((x, index) => row([number(x), number(result.y[index] ?? null, 8)]));
  const head = make("tr", "", ...heads.map((name) => columnHead(name)));
  return make(
    "table",
    "cb-table",
    make("caption", "", curve.label),
    make("thead", "", head),
    make("tbody", "", ...rows),
  );
}

/** @param {string} name */
function columnHead(name) {
  const head = make("th", "", name);
  head.setAttribute("scope", "col");
  return head;
}

/** @param {Point} point */
function judgedRow({ x, asserted, y, deviation, allowed, ok }) {
  const mark = ok === null ? "not judged" : ok ? "ok" : "misses";
  const cells = [
    number(x),
    number(asserted, 8),
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

/**
 * The error or the failed assertion, with the line of the witness that it names.
 * @param {Verdict} verdict
 * @param {Listing} listing
 * @returns {HTMLElement | null}
 */
export function fault(verdict, listing) {
  const found = verdict.error ?? (verdict.asserts.ok === false ? verdict.asserts : null);
  if (found === null || verdict.state === "stopped") return null;
  const box = make("div", "cb-error", make("p", "cb-error-message", found.message ?? ""));
  box.dataset.error = "";
  if (found.line !== null) {
    const source = make("code", "", listing.line(found.line).trim());
    box.append(make("p", "cb-error-place", `Line ${found.line}: `, source));
  }
  return box;
}
