/**
 * The objects of a page: what each is, where it stands, and what the page says of it.
 * @module
 */

import { carried } from "../make.js";
import { stateOf, witnessOf } from "./demo-state.js";

/**
 * @typedef {object} PageObject
 * @property {string} key  `claim:scaling/double-descent/second-valley-higher`
 * @property {string} kind
 * @property {string} title
 * @property {string} anchor
 * @property {string[]} says  the author's own words, for a handoff
 * @property {string[]} [related]  keys of the claims that rest on it
 * @property {string} [needs]  what a claim's review status still wants
 * @property {string} [witness]
 *
 * @typedef {{concept: string, title: string, objects: PageObject[]}} PageObjects
 */

export class Objects {
  /** @param {PageObjects} page */
  constructor(page) {
    this.concept = page.concept;
    this.title = page.title;
    this.published = page.objects;
  }

  /** With the present state of each demo. @returns {PageObject[]} */
  get all() {
    return [...this.published, ...this.#demos()];
  }

  /** @param {string} key */
  find(key) {
    return this.all.find((object) => object.key === key) ?? null;
  }

  /** The innermost object that an element belongs to. @param {Element | null} element */
  around(element) {
    const anchors = new Map(this.all.map((object) => [object.anchor.split("?")[0], object]));
    for (let at = element; at !== null && at.id !== "main"; at = at.parentElement) {
      const found = anchors.get(at.id);
      if (found !== undefined) return found;
    }
    return null;
  }

  *#demos() {
    for (const { witness: id, kind, title } of this.published) {
      const witness = kind === "Witness" && id ? witnessOf(id) : null;
      if (witness === null) continue;
      const state = stateOf(witness);
      const key = `demo:${this.concept}/${state.slice("demo-".length)}`;
      const pairs = Object.entries(witness.settings).map(([name, value]) => `${name} = ${value}`);
      const setting = pairs.join(", ") || "its one setting";
      const says = [`Demo of ${witness.promised.declaration.file} at ${setting}`];
      yield { key, kind: "Demo state", title, anchor: state, says, witness: id };
    }
  }
}

/** @returns {Objects | null} null on a page that is no concept's */
export function objectsOfPage() {
  const page = carried(document, "[data-objects]");
  return page === null ? null : new Objects(page);
}

/** Choices of a select by kind. @param {PageObject[]} objects @param {HTMLSelectElement} select */
export function fillSelect(objects, select) {
  /** @type {Map<string, HTMLOptGroupElement>} */
  const groups = new Map();
  for (const { key, kind, title } of objects) {
    const group = groups.get(kind) ?? document.createElement("optgroup");
    group.label = kind;
    groups.set(kind, group);
    const short = title.length > 90 ? `${title.slice(0, 89)}…` : title;
    group.append(new Option(short, key));
  }
  select.replaceChildren(...groups.values());
}
