/**
 * Runs in offline.html where it is shown in the place of a page that was not kept: lists those that
 * were.
 * @module
 */

const root = new URL("../../", import.meta.url);

list();

async function list() {
  const notebook = document.querySelector(".site-title")?.textContent ?? "";
  const place = document.querySelector("[data-kept]");
  const own = new URL("offline.html", root).href;
  for (const name of await caches.keys()) {
    if (!name.startsWith(`conceptbook:${root.pathname}:pages-`)) continue;
    const cache = await caches.open(name);
    if (!(await cache.match(new URL("offline.json", root)))) continue;
    for (const { url } of await cache.keys()) {
      const kept = url !== own && (await cache.match(url));
      if (kept && kept.headers.get("Content-Type")?.startsWith("text/html")) {
        place?.append(entry(url, await kept.text(), notebook));
      }
    }
  }
}

/** @param {string} url @param {string} html @param {string} notebook  whose name ends each title */
function entry(url, html, notebook) {
  const { title } = new DOMParser().parseFromString(html, "text/html");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = title.replace(` · ${notebook}`, "");
  const item = document.createElement("li");
  item.append(link);
  return item;
}
