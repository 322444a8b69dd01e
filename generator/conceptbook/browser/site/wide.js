/**
 * What is too wide for the page scrolls in its own box: as long as it does, the keyboard reaches it.
 * @module
 */

/** @param {HTMLElement} element @param {AbortSignal} signal */
export function start(element, signal) {
  const observer = new ResizeObserver(() => mark(element));
  observer.observe(element);
  for (const inside of element.querySelectorAll("math, table")) observer.observe(inside);
  signal.addEventListener("abort", () => observer.disconnect());
}

/** @param {HTMLElement} element */
function mark(element) {
  const scrolls = getComputedStyle(element).overflowX === "auto";
  if (scrolls && element.scrollWidth > element.clientWidth) {
    element.tabIndex = 0;
    if (element.localName === "div") name(element);
  } else if (element.tabIndex === 0) {
    for (const given of ["tabindex", "role", "aria-label"]) element.removeAttribute(given);
  }
}

/** @param {HTMLElement} box  a group and no region: a page has many */
function name(box) {
  const number = box.querySelector(".equation-number")?.textContent ?? "";
  const table = box.querySelector("caption")?.textContent ?? "Table";
  box.role = "group";
  box.ariaLabel = box.querySelector("table") ? table : `Formula ${number}`.trim();
}
