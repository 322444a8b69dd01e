/**
 * What the reader's machine and line can bear beyond what was asked for.
 * @module
 */

/** @import { Manifest } from "./messages.js" */

/** @typedef {{saveData?: boolean, type?: string, effectiveType?: string}} Connection */

/** Of the whole machine, in GB, as far as the browser tells it. */
const ROOMY = 4;

/** @returns {Connection} */
function connection() {
  return /** @type {any} */ (navigator).connection ?? {};
}

/** Whether the reader has asked to save data. */
export function savesData() {
  return connection().saveData === true;
}

/** Bytes of a boot that finds nothing kept. @param {Manifest} manifest */
export function size({ files }) {
  return Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Whether more may be fetched than the reader asked for. */
export function mayFetchAhead() {
  const { type, effectiveType = "4g" } = connection();
  return !savesData() && type !== "cellular" && effectiveType === "4g";
}

/** Whether there is memory for a second runtime. */
export function hasRoom() {
  return (/** @type {any} */ (navigator).deviceMemory ?? ROOMY) >= ROOMY;
}

/** Resolves when the page has nothing better to do. */
export function idle() {
  return new Promise((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(resolve);
    else setTimeout(resolve, 200);
  });
}
