/**
 * What went wrong in a run, as an element.
 * @module
 */

import { make } from "./make.js";

/** @import { Listing } from "./listing.js" */
/** @import { Verdict } from "./messages.js" */

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
