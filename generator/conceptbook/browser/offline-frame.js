/**
 * Runs in offline.html. In a hidden frame it registers the service worker, which the policy of the
 * pages does not allow, so that no program on them can start one. Shown in the place of a page
 * that was not kept, it lists those that were.
 * @module
 */

const root = new URL("../../", import.meta.url);

if (parent !== window) register();
else list();

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

async function list() {
  const place = document.querySelector("[data-kept]");
  const own = new URL("offline.html", root).href;
  for (const name of await caches.keys()) {
    if (!name.startsWith(`conceptbook:${root.pathname}:pages-`)) continue;
    const cache = await caches.open(name);
    if (!(await cache.match(new URL("offline.json", root)))) continue;
    for (const { url } of await cache.keys()) {
      const kept = url !== own && (await cache.match(url));
      if (kept && kept.headers.get("Content-Type")?.startsWith("text/html")) {
        place?.append(entry(url, await kept.text()));
      }
    }
  }
}

/** @param {string} url @param {string} html */
function entry(url, html) {
  const { title } = new DOMParser().parseFromString(html, "text/html");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = title;
  const item = document.createElement("li");
  item.append(link);
  return item;
}
