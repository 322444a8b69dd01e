/**
 * The question to a reader who saves data, on the page itself, before the runtime is fetched.
 * @module
 */

import { button, make } from "./make.js";

/** @param {HTMLElement} place  below which it stands @param {number} bytes @returns {Promise<boolean>} */
export function consent(place, bytes) {
  const megabytes = Math.ceil(bytes / 1e6);
  const words =
    "You have asked to save data. To run this, Python and numpy must be fetched once: at most " +
    `${megabytes} MB, which this browser then keeps.`;
  return new Promise((resolve) => {
    /** @param {boolean} agreed */
    const close = (agreed) => {
      box.remove();
      resolve(agreed);
    };
    const yes = button("Fetch them", () => close(true), "button button-main");
    const no = button("Not now", () => close(false));
    yes.dataset.do = "agree";
    no.dataset.do = "decline";
    const box = make("div", "cb-consent", make("p", "", words), yes, " ", no);
    box.setAttribute("role", "group");
    box.ariaLabel = "Fetch Python?";
    place.after(box);
    yes.focus();
  });
}
