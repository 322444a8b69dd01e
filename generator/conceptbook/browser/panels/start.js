/**
 * The panels of a concept's page. Each is fetched when the reader comes near its place, so that
 * what is not read costs nothing.
 * @module
 */

import { startObjects } from "./object-bar.js";

/** How near is near: about a screen. */
const NEAR = "900px";

/** Panels that a reader without a runtime has too.
 * @type {Record<string, () => Promise<void>>} by the place that they begin in */
const READ = {
  "[data-inquiry]": async () => (await import("./inquiry.js")).startInquiry(),
  "[data-practice]": async () => (await import("./practice.js")).startPractice(),
};

/** @type {Record<string, () => Promise<void>>} */
const RUN = {
  "#code": async () => (await import("./code.js")).startEditors(),
  "#predict": async () => (await import("./prediction.js")).startPredictions(),
  "[data-storyboard]": async () => (await import("./storyboard.js")).startStoryboard(),
};

async function startDemo() {
  const [readout, download, link] = await Promise.all([
    import("./readout.js"),
    import("./download.js"),
    import("./demo-link.js"),
  ]);
  readout.startReadouts();
  download.startDownloads();
  link.startDemoLinks();
}

/** @param {string} selector @param {() => Promise<void>} start */
function whenNear(selector, start) {
  const place = document.querySelector(selector);
  if (place === null) return;
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      start();
    },
    { rootMargin: NEAR },
  );
  observer.observe(place);
}

export function startPanels() {
  const canRun = customElements.get("conceptbook-witness") !== undefined;
  const panels = canRun ? { ...RUN, ...READ } : READ;
  // A link to a demo's state works wherever the page opens.
  if (canRun && location.hash.startsWith("#demo-")) startDemo();
  else if (canRun) whenNear("#demo", startDemo);
  for (const [selector, start] of Object.entries(panels)) {
    whenNear(selector, start);
  }
  startObjects();
}
