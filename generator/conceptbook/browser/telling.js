/**
 * A verdict told in a sentence.
 * @module
 */

import { duration, written } from "./words.js";

/** @import { CurveResult, Declaration, ErrorKind, Verdict } from "./messages.js" */

/** @type {Record<ErrorKind, string>} */
const ERRORS = {
  exception: "The witness raised an exception.",
  timeout: "The witness ran out of its time.",
  memory: "The witness ran out of its memory.",
  stopped: "Stopped.",
  curve: "The witness does not give what its declaration promises.",
  syntax: "The witness is not valid Python.",
  import: "The witness imports what it may not.",
};

/** @param {Verdict} verdict @param {Declaration} declaration */
export function told(verdict, declaration) {
  return [sentence(verdict, declaration), ranBy(verdict)].filter(Boolean).join(" ");
}

/** @param {Verdict} verdict @param {Declaration} declaration */
function sentence(verdict, declaration) {
  switch (verdict.state) {
    case "holds":
      return verdict.curves.length > 0
        ? "Holds: every curve meets its record."
        : "Holds: every assertion of the witness is true.";
    case "fails":
      return `Fails: ${failures(verdict, declaration).join("; ")}.`;
    case "exploring":
      return `Exploring, ${departure(verdict, declaration)}: ${stillHolding(verdict)}.`;
    case "stopped":
      return "Stopped before it ended.";
    case "error":
      // Without a runtime nothing of the witness is at fault.
      return verdict.runtime.python === null
        ? `Error: ${verdict.error?.message}.`
        : `Error: ${ERRORS[verdict.error?.kind ?? "exception"]}`;
  }
}

/** @param {Verdict} verdict @param {Declaration} declaration @returns {string[]} */
function failures({ asserts, curves }, declaration) {
  const told = curves
    .filter((curve) => curve.ok !== true)
    .map((curve) => `${curveLabel(declaration, curve.id)}: ${curveFailure(curve)}`);
  if (asserts.ok === false) told.push("an assertion of the witness is false");
  return told.length > 0 ? told : ["the run does not meet its record"];
}

/** @param {CurveResult} curve */
function curveFailure({ detail, shapes }) {
  const lost = shapes.filter((shape) => shape.ok !== true).length;
  const parts = detail === null ? [] : [detail];
  if (lost > 0) parts.push(`${lost} of ${shapes.length} laws lost`);
  return parts.join(", ") || "does not meet its record";
}

/** @param {Verdict} verdict */
function stillHolding({ curves }) {
  const shapes = curves.flatMap((curve) => curve.shapes);
  if (shapes.length === 0) return "nothing is asserted here";
  const still = shapes.filter((shape) => shape.ok === true).length;
  return `${still} of ${shapes.length} laws still hold`;
}

/** How the run departs from what is asserted. @param {Verdict} verdict @param {Declaration} declaration */
function departure({ controls, edited }, declaration) {
  const changed = declaration.controls
    .filter((control) => controls[control.name] !== control.default)
    .map((control) => `${control.label} = ${written(controls[control.name])}`);
  if (edited) changed.push("edited code");
  return changed.length > 0 ? changed.join(", ") : "off the asserted setting";
}

/** @param {Verdict} verdict */
function ranBy({ runtime, duration_s }) {
  if (runtime.pyodide === null) return "";
  const time = duration_s === null ? "" : `, ${duration(duration_s)}`;
  return `numpy ${runtime.numpy}, Pyodide ${runtime.pyodide}${time}.`;
}

/** @param {Declaration} declaration @param {string} id */
function curveLabel(declaration, id) {
  const curves = declaration.plots.flatMap((plot) => plot.curves);
  return curves.find((curve) => curve.id === id)?.label ?? id;
}
