/**
 * The panels of a concept's page. Each is fetched when the reader comes near its place, so that
 * what is not read costs nothing.
 * @module
 */

import { startObjects } from "./object-bar.js";

const WITNESS = "conceptbook-witness";

/** How near is near: about a screen. */
const NEAR = "900px";

/** @typedef {(root: HTMLElement, signal: AbortSignal) => void} Start */
/** By the place that a panel begins in, what gives its start. @typedef {() => Promise<Start>} Fetch */

/** Panels that a reader without a runtime has too.
 * @type {Record<string, Fetch>} */
const READ = {
  "[data-inquiry]": async () => (await import("./inquiry.js")).startInquiry,
  "[data-practice]": async () => (await import("./practice.js")).startPractice,
};

/** Panels of a page whose witness runs.
 * @type {Record<string, Fetch>} */
const RUN = {
  "#code": async () => (await import("./code.js")).startEditors,
  "#predict": async () => (await import("./prediction.js")).startPredictions,
  "[data-storyboard]": async () => (await import("./storyboard.js")).startStoryboard,
  "a[data-state]": async () => (await import("./demo-link.js")).startStateLinks,
  "#demo": demo,
};

/** @type {Fetch} */
async function demo() {
  const [readout, download, link] = await Promise.all([
    import("./readout.js"),
    import("./download.js"),
    import("./demo-link.js"),
  ]);
  return (root, signal) => {
    readout.startReadouts(root);
    download.startDownloads(root);
    link.startDemoLinks(root, signal);
  };
}

/**
 * Starts the panels of a page, until the signal says that the reader leaves it.
 * @param {HTMLElement} root
 * @param {AbortSignal} signal
 * @param {boolean} runs  whether a witness of the page can be run
 */
export function startPanels(root, signal, runs) {
  for (const [selector, fetch] of Object.entries(runs ? { ...RUN, ...READ } : READ)) {
    const place = root.querySelector(selector);
    if (place === null) continue;
    const start = async () => {
      const [begin] = await Promise.all([fetch(), runs && customElements.whenDefined(WITNESS)]);
      if (!signal.aborted) begin(root, signal);
    };
    // A link to a demo's state works wherever the page opens.
    if (selector === "#demo" && location.hash.startsWith("#demo-")) start();
    else whenNear(place, start, signal);
  }
  startObjects(root, signal);
}

/** @param {Element} place @param {() => void} start @param {AbortSignal} signal */
function whenNear(place, start, signal) {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      start();
    },
    { rootMargin: NEAR },
  );
  observer.observe(place);
  signal.addEventListener("abort", () => observer.disconnect());
}
