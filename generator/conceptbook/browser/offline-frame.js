/**
 * Runs in offline.html. In a hidden frame it registers the service worker, which the policy of the
 * pages does not allow, so that no program on them can start one. Shown in the place of a page
 * that was not kept, it lists those that were.
 * @module
 */

const root = new URL("../../", import.meta.url);

if (parent !== window) register();
else import("./offline-list.js");

async function register() {
  let ok = false;
  try {
    const script = new URL("sw.js", root);
    // Where service workers are blocked, some browsers answer with nothing.
    ok = Boolean(await navigator.serviceWorker.register(script, { scope: root.pathname }));
  } catch {
    // denied, or the script cannot be fetched
  }
  parent.postMessage({ conceptbook: "offline", ok }, location.origin);
}
