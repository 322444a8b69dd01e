/**
 * Runs in the hidden frame offline.html, whose policy alone lets a service worker be registered:
 * the policy of the pages does not, so that no program on them can start one.
 * @module
 */

const root = new URL("../../", import.meta.url);

/** @param {boolean} ok */
const tell = (ok) => parent.postMessage({ conceptbook: "offline", ok }, location.origin);

try {
  await navigator.serviceWorker.register(new URL("sw.js", root), { scope: root.pathname });
  tell(true);
} catch {
  tell(false);
}
