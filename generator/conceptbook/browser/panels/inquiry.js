/**
 * Visual inquiry: a part of a curve is lit, the reader commits, then each answer gets its reply.
 * @module
 */

import { button, carried, make, statusLine } from "../make.js";
import { Choice } from "./choice.js";
import { witnessOf } from "./demo-state.js";
import { Mirror } from "./mirror.js";

/** @import { Light } from "./light.js" */

/** @param {HTMLElement} page */
export function startInquiry(page) {
  const root = page.querySelector("[data-inquiry]");
  if (!(root instanceof HTMLElement)) return;
  const list = /** @type {HTMLElement} */ (root.querySelector("[data-options]"));
  const because = /** @type {HTMLDetailsElement} */ (root.querySelector("[data-because]"));
  const right = [...list.querySelectorAll("[data-option]")].findIndex(
    (option) => /** @type {HTMLElement} */ (option).dataset.ok === "true",
  );
  const replies = [...because.querySelectorAll("[data-reply]")].map((item) => [...item.childNodes]);
  because.querySelector(".replies")?.remove();
  because.hidden = true;
  showPicture(root);

  const reply = statusLine();
  reply.classList.add("reply");
  const choice = new Choice(list, () => {
    choice.hide();
    commit.hidden = false;
    commit.ariaDisabled = "false";
  });
  const commit = button(
    "Commit",
    () => {
      root.dataset.state = "revealed";
      commit.hidden = true;
      if (right >= 0) choice.reveal(right, "the curve shows this");
      reply.replaceChildren(...(replies[choice.chosen] ?? []).map((node) => node.cloneNode(true)));
      because.hidden = false;
      because.open = true;
    },
    "button button-main",
  );
  commit.dataset.do = "commit";
  commit.ariaDisabled = "true";
  list.after(make("div", "quiz-actions", commit), reply);
  root.dataset.state = "open";
}

/** @param {HTMLElement} root */
function showPicture(root) {
  /** @type {{witness: string, light: Light | null}} */
  const { witness: id, light } = carried(root, "[data-panel]");
  const witness = witnessOf(id);
  if (witness === null || light === null) return;
  const mirror = new Mirror();
  mirror.show(witness, light.curve, light, { dims: false });
  root.querySelector("[data-how]")?.replaceWith(mirror.element);
}
