/**
 * The entry of the reader's side. A browser that lacks something keeps the static page, whole.
 * @module
 */

import { startOffline } from "./offline.js";
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
  startOffline(root, signal);
});
