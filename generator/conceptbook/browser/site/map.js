/**
 * The concept map: a node in focus (also by `?focus=domain/concept`) lights what it needs.
 * @module
 */

/** @param {HTMLElement} section */
export function start(section) {
  const edges = /** @type {SVGElement[]} */ ([...section.querySelectorAll("[data-from]")]);
  const nodes = new Map(
    [...section.querySelectorAll("[data-node]")].map((node) => [
      /** @type {SVGElement} */ (node).dataset.node ?? "",
      /** @type {SVGElement} */ (node),
    ]),
  );
  const asked = new URLSearchParams(location.search).get("focus") ?? "";

  /** @param {string} id of the node to light; "" for none */
  const light = (id) => {
    section.toggleAttribute("data-lit", nodes.has(id));
    const near = new Set([id]);
    for (const edge of edges) {
      const { from = "", to = "" } = edge.dataset;
      const touches = from === id || to === id;
      edge.toggleAttribute("data-near", touches);
      if (touches) near.add(from).add(to);
    }
    for (const [name, node] of nodes) node.toggleAttribute("data-near", near.has(name));
  };

  for (const [id, node] of nodes) {
    for (const event of ["pointerenter", "focus"]) node.addEventListener(event, () => light(id));
    for (const event of ["pointerleave", "blur"]) node.addEventListener(event, () => light(asked));
  }
  light(asked);
  nodes.get(asked)?.scrollIntoView({ block: "nearest", inline: "center" });
}
