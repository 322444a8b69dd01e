/**
 * SVG from the worker, rebuilt from what is allowed: nothing that runs, loads or styles by itself.
 * @module
 */

const SVG = "http://www.w3.org/2000/svg";

const ELEMENTS = new Set(
  `svg g path line polyline polygon rect circle ellipse text tspan title desc defs clipPath`.split(
    /\s+/,
  ),
);

const ATTRIBUTES = new Set(
  `id class role viewBox preserveAspectRatio transform width height x y dx dy x1 y1 x2 y2
  cx cy r rx ry d points pathLength fill fill-opacity fill-rule stroke stroke-width stroke-dasharray
  stroke-linecap stroke-linejoin stroke-opacity opacity vector-effect clip-path clip-rule
  text-anchor dominant-baseline font-size focusable aria-hidden aria-label aria-labelledby
  aria-describedby lang data-x data-y data-series`.split(/\s+/),
);

/** The only reference that an attribute may hold: to an id of the same drawing. */
const LOCAL_REFERENCE = /^url\(#[\w-]+\)$/;

/**
 * @param {string} text
 * @returns {SVGElement | null} null when the text is no SVG drawing
 */
export function parseSvg(text) {
  const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (root.namespaceURI !== SVG || root.localName !== "svg") return null;
  if (root.querySelector("parsererror") !== null) return null;
  return rebuild(root);
}

/** @param {Element} source @returns {SVGElement} */
function rebuild(source) {
  const element = document.createElementNS(SVG, source.localName);
  for (const { name, value } of source.attributes) {
    if (isAllowed(name, value)) element.setAttribute(name, value);
  }
  for (const child of source.childNodes) {
    if (child instanceof Text) element.append(child.data);
    else if (child instanceof Element && isDrawing(child)) element.append(rebuild(child));
  }
  return element;
}

/** @param {Element} element */
function isDrawing(element) {
  return element.namespaceURI === SVG && ELEMENTS.has(element.localName);
}

/** @param {string} name @param {string} value */
function isAllowed(name, value) {
  if (!ATTRIBUTES.has(name)) return false;
  return !value.includes("(") || name === "transform" || LOCAL_REFERENCE.test(value);
}
