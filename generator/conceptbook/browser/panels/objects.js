/**
 * The objects of a page: what each is, where it stands, and what the page says of it.
 * @module
 */

import { stateOf, witnessOf } from "./demo-state.js";

/**
 * @typedef {object} PageObject
 * @property {string} key  `claim:scaling/double-descent/second-valley-higher`
 * @property {string} kind
 * @property {string} title
 * @property {string} anchor
 * @property {string[]} says  the author's own words, for a handoff
 * @property {string[]} [evidence]  a claim's, in words
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

  /** The object at an anchor, a demo in its present state. @param {string} anchor */
  at(anchor) {
    return this.all.find((object) => object.anchor.split("?")[0] === anchor) ?? null;
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

/** What the page's own file says of them. @param {string} address */
export async function fetchObjects(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} cannot be fetched (HTTP ${response.status})`);
  return new Objects(await response.json());
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
