/**
 * Elements with their class and children.
 * @module
 */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** @param {string} words @param {() => void} action @param {string} [className] */
export function button(words, action, className = "button") {
  const element = make("button", className, words);
  element.type = "button";
  element.addEventListener("click", () => {
    if (element.ariaDisabled !== "true") action();
  });
  return element;
}

/** A line that is read out when its words change. */
export function statusLine() {
  const line = make("p", "panel-status");
  line.setAttribute("role", "status");
  return line;
}

/** The JSON that a panel carries. @param {ParentNode} root @param {string} selector */
export function carried(root, selector) {
  return JSON.parse(root.querySelector(selector)?.textContent ?? "null");
}
