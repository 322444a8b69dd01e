/**
 * What the pages beside the concepts' do: each part is loaded where its page has it.
 * @module
 */

/**
 * A selector, and the module that brings what it finds to life by `start(element, signal)`; the
 * signal aborts when the reader leaves the page.
 * @type {[string, string][]}
 */
const PARTS = [
  ["[data-claim-filter]", "./claim-filter.js"],
  ["[data-search]", "./search.js"],
  ["[data-copy]", "./copy.js"],
  ["[data-map]", "./map.js"],
  ["[data-review-form]", "./review-form.js"],
  [".equation, .table-scroll:not([role]), .data-table, :is(p, li, dd, td, h1):has(math)", "./wide.js"],
];

/** Starts every part that this page has. @param {HTMLElement} root @param {AbortSignal} signal */
export function startSitePages(root, signal) {
  for (const [selector, module] of PARTS) {
    const found = root.querySelectorAll(selector);
    if (found.length > 0) {
      import(module).then(({ start }) => {
        if (!signal.aborted) found.forEach((element) => start(element, signal));
      });
    }
  }
}
