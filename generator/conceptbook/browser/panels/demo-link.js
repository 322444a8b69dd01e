/**
 * A state of a demo as a link: `#demo-WITNESS?noise=0.3&n_train=60`.
 * @module
 */

import { copyButton } from "./clipboard.js";
import { settingsOf, stateOf, witnessOf } from "./demo-state.js";

/** @import { WitnessElement } from "../witness-element.js" */

/** @type {AbortSignal | null} */
let following = null;

/** Two panels of a page may ask for it. @param {AbortSignal} signal */
function followFrom(signal) {
  if (following === signal) return;
  following = signal;
  addEventListener("hashchange", follow, { signal });
}

/**
 * Links in the text to a state: without the script they lead to the demo as it was recorded.
 * @param {HTMLElement} page
 * @param {AbortSignal} signal
 */
export function startStateLinks(page, signal) {
  followFrom(signal);
  for (const element of page.querySelectorAll("a[data-state]")) {
    const link = /** @type {HTMLAnchorElement} */ (element);
    link.hash += `?${link.dataset.state}`;
    link.removeAttribute("data-state");
  }
}

/** Sets the demo that the address names. */
function follow() {
  const [, id, query] = /^#demo-([^?]+)\?(.*)$/.exec(location.hash) ?? [];
  const witness = id === undefined ? null : witnessOf(id);
  if (witness === null) return;
  witness.set(settingsOf(witness, new URLSearchParams(query)));
  witness.scrollIntoView();
}

/** @param {HTMLElement} page @param {AbortSignal} signal */
export function startDemoLinks(page, signal) {
  for (const element of page.querySelectorAll("conceptbook-witness")) {
    const witness = /** @type {WitnessElement} */ (element);
    const address = () => {
      const state = stateOf(witness);
      history.replaceState(null, "", `#${state}`);
      return location.href;
    };
    const copy = copyButton("Copy link to this state", address, "button-quiet");
    copy.dataset.do = "copy-state";
    witness.querySelector(".actions")?.after(copy);
  }
  followFrom(signal);
  follow();
}
