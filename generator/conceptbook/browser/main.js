/**
 * The entry of the reader's side. A browser that lacks something keeps the static page, whole.
 * @module
 */

import { startPanels } from "./panels/start.js";
import { startSitePages } from "./site/start.js";
import { startVisit } from "./visit.js";

const able = ["customElements", "Worker", "WebAssembly"].every((name) => name in globalThis);

startVisit((root, signal) => {
  const runs = able && root.querySelector("conceptbook-witness") !== null;
  if (runs) import("./witnesses.js").catch(() => {}); // the page stays as it was built
  startPanels(root, signal, runs);
  startSitePages(root, signal);
  keepForOffline(root, signal);
});

/** What keeps pages waits until this one is here. @param {HTMLElement} root @param {AbortSignal} signal */
async function keepForOffline(root, signal) {
  const { startOffline } = await import("./offline.js");
  if (!signal.aborted) startOffline(root, signal);
}
