/**
 * A plain editor: a text area with line numbers. Tab indents; after Escape it leaves the field.
 * @module
 */

import { make } from "../make.js";

const INDENT = "    ";

/**
 * What a listing needs of an editor, so that another can take this one's place.
 * @typedef {object} Editor
 * @property {HTMLElement} element
 * @property {string} text
 * @property {(line: number | null) => void} mark  a line at fault, from 1
 * @property {() => void} focus
 */

/**
 * @param {string} text
 * @param {{label: string, onInput: () => void}} options
 * @returns {Editor}
 */
export function createEditor(text, { label, onInput }) {
  const area = make("textarea", "editor-text");
  Object.assign(area, { spellcheck: false, autocapitalize: "off", wrap: "off", value: text });
  area.ariaLabel = `${label}, editable. Tab indents; press Escape, then Tab, to leave.`;
  const numbers = make("div", "editor-numbers");
  numbers.ariaHidden = "true";
  /** @type {number | null} */
  let fault = null;

  const count = () => {
    const lines = area.value.split("\n").length;
    area.rows = lines;
    numbers.replaceChildren(
      ...Array.from({ length: lines }, (_, index) => {
        const line = make("span", index + 1 === fault ? "is-fault" : "", String(index + 1));
        return line;
      }),
    );
  };
  area.addEventListener("input", () => {
    fault = null;
    count();
    onInput();
  });
  indentByTab(area);
  count();
  return {
    element: make("div", "editor", numbers, area),
    get text() {
      return area.value;
    },
    set text(value) {
      area.value = value;
      count();
    },
    mark(line) {
      fault = line;
      count();
      numbers.querySelector(".is-fault")?.scrollIntoView({ block: "nearest" });
    },
    focus() {
      area.setSelectionRange(0, 0);
      area.focus();
    },
  };
}

/** @param {HTMLTextAreaElement} area */
function indentByTab(area) {
  let leaving = false;
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      leaving = true;
    } else if (event.key === "Tab" && !leaving && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      if (event.shiftKey) outdent(area);
      else area.setRangeText(INDENT, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input"));
    } else if (event.key !== "Shift") {
      leaving = false;
    }
  });
  area.addEventListener("blur", () => (leaving = false));
}

/** Takes one indent from the line of the cursor. @param {HTMLTextAreaElement} area */
function outdent(area) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const blanks = /^ {1,4}/.exec(area.value.slice(start))?.[0].length ?? 0;
  area.setRangeText("", start, start + blanks, "preserve");
}
