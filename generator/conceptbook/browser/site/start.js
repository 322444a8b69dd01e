/**
 * What the pages beside the concepts' do: each part is loaded where its page has it.
 * @module
 */

/** @type {[string, string][]} A selector, and the module that brings what it finds to life. */
const PARTS = [
  ["[data-claim-filter]", "./claim-filter.js"],
  ["[data-search]", "./search.js"],
  ["[data-copy]", "./copy.js"],
  ["[data-map]", "./map.js"],
  ["[data-review-form]", "./review-form.js"],
];

/** Starts every part that this page has. */
export function startSitePages() {
  for (const [selector, module] of PARTS) {
    const found = document.querySelectorAll(selector);
    if (found.length) import(module).then(({ start }) => found.forEach((element) => start(element)));
  }
}
