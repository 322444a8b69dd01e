/**
 * Where values stand in a drawn plot: the axes as the kit wrote them on the drawing.
 * @module
 */

/** @typedef {{log: boolean, low: number, high: number, start: number, end: number}} Axis */

/** @param {SVGElement} plot @returns {{x: Axis, y: Axis} | null} null for a drawing without axes */
export function axesOf(plot) {
  const [x, y] = [axis(plot.getAttribute("data-x")), axis(plot.getAttribute("data-y"))];
  return x === null || y === null ? null : { x, y };
}

/** @param {string | null} text `log 1 200 67 613` @returns {Axis | null} */
function axis(text) {
  const [kind, ...numbers] = (text ?? "").split(" ");
  const [low, high, start, end] = numbers.map(Number);
  if (numbers.length !== 4 || !numbers.map(Number).every(Number.isFinite)) return null;
  return { log: kind === "log", low, high, start, end };
}

/** @param {Axis} axis @param {number} value @returns {number} NaN where it has no place */
export function place({ log, low, high, start, end }, value) {
  const by = log ? Math.log10 : Number;
  return start + ((by(value) - by(low)) / (by(high) - by(low))) * (end - start);
}
