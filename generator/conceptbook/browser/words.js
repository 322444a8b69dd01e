/**
 * What the page says of numbers.
 * @module
 */

/** @import { Progress } from "./messages.js" */

/** @param {number | null} value @param {number} [digits] */
export function number(value, digits = 6) {
  if (value === null) return "not finite";
  return String(Number(value.toPrecision(digits)));
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
