/**
 * The entry of the reader's side. A browser that lacks something keeps the static page, whole.
 * @module
 */

import { startPanels } from "./panels/start.js";
import { RuntimeLater } from "./runtime-later.js";
import { startSitePages } from "./site/start.js";
import { startVisit } from "./visit.js";
import { defineWitness } from "./witness-element.js";

const able = ["customElements", "Worker", "WebAssembly"].every((name) => name in globalThis);

if (able && !customElements.get("conceptbook-witness")) defineWitness(new RuntimeLater());

startVisit((root, signal) => {
  startPanels(root, signal);
  startSitePages(root, signal);
  keepForOffline(root, signal);
});

/** What keeps pages waits until this one is here. @param {HTMLElement} root @param {AbortSignal} signal */
async function keepForOffline(root, signal) {
  const { startOffline } = await import("./offline.js");
  if (!signal.aborted) startOffline(root, signal);
}
