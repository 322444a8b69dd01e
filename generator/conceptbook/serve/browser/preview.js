/**
 * The author's side of a page under `conceptbook serve`: loads it again after a rebuild, as it was,
 * and shows what is wrong with the notebook, with links that open the file at the line.
 * @module
 */

import { putBack, remember } from "./state.js";
import { show } from "./faults.js";

/** Of the site that this page is of; it stands in the address of this module. */
const shown = new URL(import.meta.url).search.slice(1);

putBack();

new EventSource("/__conceptbook/events").addEventListener("built", ({ data }) => {
  const { site, diagnostics } = JSON.parse(data);
  if (site === shown) {
    show(diagnostics);
  } else {
    remember();
    location.reload();
  }
});
