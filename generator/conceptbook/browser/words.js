/**
 * What the page says of numbers.
 * @module
 */

/** @import { Progress, Scalar } from "./messages.js" */

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** @param {number | null} value @param {number} [digits] */
export function number(value, digits = 6) {
  if (value === null) return "not finite";
  return written(Number(value.toPrecision(digits)));
}

/** With a power of ten where the page's own numbers have one: 5.88×10²³. @param {Scalar} value */
export function written(value) {
  if (typeof value !== "number" || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e6)) return String(value);
  const [mantissa, exponent] = value.toExponential().split("e");
  const digits = [...exponent.replace(/^\+/, "")].map((sign) => SUPERSCRIPT[Number(sign)] ?? "⁻");
  return (mantissa === "1" ? "10" : `${mantissa}×10`) + digits.join("");
}

/** @param {number} seconds */
export function duration(seconds) {
  return `${seconds.toFixed(1)} s`;
}

/** @param {Progress} progress */
export function megabytes({ loaded, total, cached = 0 }) {
  const [done, all, kept] = [loaded, total, cached].map((bytes) => (bytes / 1e6).toFixed(1));
  const of = cached > 0 ? `, ${kept} MB from this browser's cache` : "";
  return `${done} of ${all} MB${of}`;
}
