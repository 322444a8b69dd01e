/**
 * The code listing on the page: its text is the program that runs, and it shows a line at fault.
 * @module
 */

const HIGHLIGHT = "cb-error-line";

export class Listing {
  #code;
  #published;
  /** @type {Range | null} */
  #marked = null;

  /** @param {HTMLElement} code */
  constructor(code) {
    this.#code = code;
    this.#published = this.text;
  }

  /** The program, as it stands on the page. */
  get text() {
    return this.#code.textContent ?? "";
  }

  /** Whether the program is no longer the one that was published. */
  get edited() {
    return this.text !== this.#published;
  }

  /** @param {number} number from 1 */
  line(number) {
    return this.text.split("\n")[number - 1] ?? "";
  }

  /**
   * Marks a line by the CSS highlight `cb-error-line`, which leaves the text untouched.
   * @param {number} number from 1
   */
  mark(number) {
    this.clear();
    const range = lineRange(this.#code, number);
    if (range === null || !("highlights" in CSS)) return;
    const highlight = CSS.highlights.get(HIGHLIGHT) ?? new Highlight();
    highlight.add(range);
    CSS.highlights.set(HIGHLIGHT, highlight);
    this.#marked = range;
  }

  clear() {
    if (this.#marked !== null) CSS.highlights.get(HIGHLIGHT)?.delete(this.#marked);
    this.#marked = null;
  }
}

/**
 * @param {Node} root
 * @param {number} number from 1
 * @returns {Range | null} the line without its line break
 */
function lineRange(root, number) {
  const lines = (root.textContent ?? "").split("\n");
  if (number < 1 || number > lines.length) return null;
  const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const range = document.createRange();
  range.setStart(...textPosition(root, start));
  range.setEnd(...textPosition(root, start + lines[number - 1].length));
  return range;
}

/**
 * @param {Node} root
 * @param {number} offset in its text content
 * @returns {[Node, number]}
 */
function textPosition(root, offset) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const { length } = /** @type {Text} */ (node);
    if (left <= length) return [node, left];
    left -= length;
  }
  return [root, root.childNodes.length];
}
