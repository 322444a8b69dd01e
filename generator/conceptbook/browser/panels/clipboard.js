/**
 * Copying, and saying that it was done.
 * @module
 */

import { button } from "../make.js";

const SAID_MS = 1600;

/**
 * @param {string} words
 * @param {() => string} text
 * @param {string} [className]
 */
export function copyButton(words, text, className = "button") {
  const element = button(
    words,
    async () => {
      const done = await copied(text());
      element.textContent = done ? "Copied" : "Cannot copy here";
      setTimeout(() => (element.textContent = words), SAID_MS);
    },
    className,
  );
  return element;
}

/** @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or no secure context
  }
}

/** The address of an anchor of this page; of the page without one. @param {string} anchor */
export function addressOf(anchor) {
  return location.origin + location.pathname + (anchor && `#${anchor}`);
}

/** Hands a file to the reader. @param {string} name @param {Blob} content */
export function hand(name, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
