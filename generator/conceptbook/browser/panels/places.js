/**
 * Where the objects of a page stand: an element with an id and a key, `claim:scaling/…`.
 * @module
 */

const KINDS = {
  concept: "Concept",
  claim: "Claim",
  equation: "Equation",
  witness: "Witness",
  curve: "Curve",
  misconception: "Misconception",
  source: "Source",
  demo: "Demo state",
};

/** The page itself is the place of its concept. */
const PAGE = "main";

/** @typedef {{key: string, kind: string, anchor: string}} Place */

/** @returns {Map<string, Place>} by anchor; the concept comes first */
export function placesOfPage() {
  /** @type {Map<string, Place>} */
  const places = new Map();
  for (const element of document.querySelectorAll("[data-object]")) {
    const key = /** @type {HTMLElement} */ (element).dataset.object ?? "";
    const anchor = element.id || PAGE;
    const kind = KINDS[/** @type {keyof typeof KINDS} */ (key.split(":")[0])];
    if (kind !== undefined) places.set(anchor, { key, kind, anchor });
  }
  return places;
}

/** The innermost object that an element belongs to.
 * @param {Map<string, Place>} places @param {Element | null} element */
export function around(places, element) {
  for (let at = element; at !== null && at.id !== PAGE; at = at.parentElement) {
    const found = places.get(at.id);
    if (found !== undefined) return found;
  }
  return null;
}
