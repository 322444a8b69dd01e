/**
 * A plot as a file: its numbers as CSV, its drawing as SVG or PNG.
 * @module
 */

import { button, make } from "../make.js";
import { hand } from "./clipboard.js";
import { typeface } from "./typeface.js";

/** @import { PlotDeclaration } from "../messages.js" */
/** @import { WitnessElement } from "../witness-element.js" */

const SVG = "http://www.w3.org/2000/svg";
/** Pixels of the PNG to a unit of the drawing. */
const PNG_SCALE = 3;
/** The theme's style of a drawing, as the attributes that SVG has for it. */
const STYLED = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linejoin",
  "stroke-linecap",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "paint-order",
  "text-anchor",
];

/** @param {WitnessElement} witness @param {PlotDeclaration} plot */
async function csv(witness, plot) {
  const recorded = await witness.fetchRecorded();
  const rows = [["curve", "of", "x", "y"]];
  for (const { id } of plot.curves) {
    const record = recorded[id];
    record?.x.forEach((x, index) => rows.push([id, "record", String(x), String(record.y[index])]));
    const run = witness.verdict?.curves.find((curve) => curve.id === id);
    run?.x.forEach((x, index) =>
      rows.push([id, "run", String(x ?? ""), String(run.y[index] ?? "")]),
    );
  }
  return rows.map((row) => `${row.join(",")}\n`).join("");
}

/**
 * The drawing by itself: the theme's styles as attributes, its face inside, on its paper.
 * @param {SVGElement} drawn
 */
async function alone(drawn) {
  const copy = /** @type {SVGElement} */ (drawn.cloneNode(true));
  copy.querySelector(".cb-cursor")?.remove();
  const [originals, copies] = [drawn, copy].map((svg) => [svg, ...svg.querySelectorAll("*")]);
  copies.forEach((element, index) => {
    const style = getComputedStyle(originals[index]);
    if (style.display === "none") element.setAttribute("display", "none");
    for (const name of STYLED) element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute("class");
  });
  const [, , width, height] = (drawn.getAttribute("viewBox") ?? "0 0 640 360").split(" ");
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const paper = document.createElementNS(SVG, "rect");
  paper.setAttribute("width", "100%");
  paper.setAttribute("height", "100%");
  paper.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(paper);
  const face = await typeface(drawn.querySelector("text") ?? drawn);
  if (face !== "") {
    const style = document.createElementNS(SVG, "style");
    style.textContent = face;
    copy.prepend(style);
  }
  return { text: new XMLSerializer().serializeToString(copy), width: +width, height: +height };
}

/** @param {SVGElement} drawn @returns {Promise<Blob | null>} */
async function png(drawn) {
  const { text, width, height } = await alone(drawn);
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image(width * PNG_SCALE, height * PNG_SCALE);
    image.src = url;
    await image.decode();
    const canvas = make("canvas", "");
    canvas.width = width * PNG_SCALE;
    canvas.height = height * PNG_SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param {WitnessElement} witness @param {PlotDeclaration} plot @param {Element} figure */
function tools(witness, plot, figure) {
  const name = `${witness.promised.declaration.witness}-${plot.id}`;
  const drawing = () => /** @type {SVGElement} */ (figure.querySelector("[data-stage] svg"));
  /** @type {[string, () => void | Promise<void>][]} */
  const ways = [
    [
      "CSV",
      async () => hand(`${name}.csv`, new Blob([await csv(witness, plot)], { type: "text/csv" })),
    ],
    [
      "SVG",
      async () => {
        const { text } = await alone(drawing());
        hand(`${name}.svg`, new Blob([text], { type: "image/svg+xml" }));
      },
    ],
    [
      "PNG",
      async () => {
        const picture = await png(drawing());
        if (picture !== null) hand(`${name}.png`, picture);
      },
    ],
  ];
  const buttons = ways.map(([words, action]) => {
    const tried = async () => {
      try {
        await action();
      } catch {
        way.textContent = `${words}: cannot be fetched`;
      }
    };
    const way = button(words, tried, "button-quiet");
    way.dataset.do = `download-${words.toLowerCase()}`;
    way.ariaLabel = `Download ${plot.title} as ${words}`;
    return way;
  });
  return make("p", "plot-tools", "Download ", ...buttons);
}

/** @param {HTMLElement} page */
export function startDownloads(page) {
  for (const element of page.querySelectorAll("conceptbook-witness")) {
    const witness = /** @type {WitnessElement} */ (element);
    for (const plot of witness.promised.declaration.plots) {
      const figure = witness.querySelector(`[data-plot="${CSS.escape(plot.id)}"]`);
      figure?.querySelector("[data-readout]")?.after(tools(witness, plot, figure));
    }
  }
}
