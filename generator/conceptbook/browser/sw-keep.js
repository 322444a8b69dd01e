/**
 * What the service worker keeps and lets go. Functions of sw.js, put behind it in one text; see
 * there.
 */

/**
 * Keeps a page, and with it the build that it is of.
 * @param {Wish} wish
 * @param {string} reader  the window that asks
 * @returns {Promise<Told>}
 */
async function keep(wish, reader) {
  stopping = new AbortController();
  let full = false;
  try {
    const now = await onHost();
    if (now !== null) await gather(now, { ...wish, url: plain(wish.url) }, reader);
  } catch (error) {
    full = error?.name === "QuotaExceededError";
    if (full) await makeRoom(); // else the next page goes on where this one was cut off
  }
  return told(wish, full);
}

/** @param {Wish} wish @param {boolean} full @returns {Promise<Told>} */
async function told({ url, assets }, full) {
  const charge = await inCharge();
  if (charge === null) return { page: false, runtime: false, current: false, full };
  const page = await (await caches.open(pagesOf(charge))).match(plain(url));
  return {
    page: page !== undefined,
    runtime: await areWhole(charge.runtime),
    current: charge.assets.folder === assets,
    full,
  };
}

/** @returns {Promise<Edition | null>} null where the host cannot be reached */
async function onHost() {
  const response = await fetch(EDITION, { cache: "no-cache", signal: stopping.signal }).catch(
    () => null,
  );
  return response?.ok ? response.json() : null;
}

/** The build that is served without a network. @returns {Promise<Edition | null>} */
async function inCharge() {
  for (const name of await ours("pages-")) {
    const record = await (await caches.open(name)).match(EDITION);
    if (record) return record.json();
  }
  return null;
}

/** @param {Edition} now @param {Wish} wish @param {string} reader */
async function gather(now, wish, reader) {
  const old = await inCharge();
  await note(reader, [now, old].find((edition) => edition?.assets.folder === wish.assets));
  const isOwed = await owesRuntime(old, now);
  if (isOwed && !wish.ran && !wish.ahead) return; // until a run, or a line that costs nothing
  await keepFolder(now.assets);
  if (isOwed) await keepFolders(now.runtime);
  const pages = await caches.open(pagesOf(now));
  for (const url of new Set([UNKEPT, wish.url, ...(await visited(old))])) {
    await keepPage(pages, url, now);
  }
  if (old?.build !== now.build) await relieve(old, now, pages);
  if (wish.ran) await keepFolders(now.runtime);
  await sweep(now);
}

/** Whether programs that run without a network now would not do so under the new build.
 * @param {Edition | null} old @param {Edition} now */
async function owesRuntime(old, now) {
  if (old === null || old.build === now.build) return false;
  return (await areWhole(old.runtime)) && !(await areWhole(now.runtime));
}

/** Puts the new build, which is whole, in the place of the old one.
 * @param {Edition | null} old @param {Edition} now @param {Cache} pages */
async function relieve(old, now, pages) {
  if ((await onHost())?.build !== now.build) throw new Error("the host has a newer one by now");
  await pages.put(EDITION, new Response(JSON.stringify(now)));
  if (old !== null) await (await caches.open(pagesOf(old))).delete(EDITION);
}

/** @param {Folder} folder */
async function keepFolder({ folder, files }) {
  const cache = await caches.open(cacheOf(folder));
  const kept = await addresses(cache);
  await Promise.all(
    Object.entries(files).map(async ([name, integrity]) => {
      const url = ROOT + folder + name;
      if (kept.has(url)) return;
      await cache.put(url, await fetch(url, { integrity, signal: stopping.signal }));
    }),
  );
}

/** @param {Folder[]} folders */
async function keepFolders(folders) {
  for (const folder of folders) await keepFolder(folder);
}

/** @param {Folder[]} folders */
async function areWhole(folders) {
  return (await Promise.all(folders.map(isWhole))).every(Boolean);
}

/** @param {Folder} folder */
async function isWhole({ folder, files }) {
  if (!(await caches.has(cacheOf(folder)))) return false;
  const kept = await addresses(await caches.open(cacheOf(folder)));
  return Object.keys(files).every((name) => kept.has(ROOT + folder + name));
}

/**
 * Keeps a page and what lies beside it: one of this very build, or none.
 * @param {Cache} pages
 * @param {string} url
 * @param {Edition} now
 */
async function keepPage(pages, url, now) {
  if (!url.startsWith(ROOT) || (await pages.match(url))) return;
  const response = await fetch(url, { cache: "no-cache", signal: stopping.signal });
  if (response.status === 404) return; // this build has no such page
  const html = await response.text();
  if (!response.ok || response.redirected || !html.includes(now.assets.folder)) {
    throw new Error(`${url} is no page of this build`);
  }
  for (const beside of filesBeside(html, url)) {
    const file = await fetch(beside, { cache: "no-cache", signal: stopping.signal });
    if (file.ok) await pages.put(beside, file);
  }
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  await pages.put(url, new Response(html, { headers }));
}

/** Pictures and data that a page names. @param {string} html @param {string} url */
function filesBeside(html, url) {
  const named = html.matchAll(
    /\s(?:src|data-record)="([^"#?]+)"|\shref="([^"#?]+)" type="application\/json"/g,
  );
  const files = Array.from(named, ([, shown, read]) => new URL(shown ?? read, url).href);
  return new Set(files.filter((file) => file.startsWith(ROOT) && folderOf(file) === null));
}

async function clear() {
  for (const name of await ours("")) await caches.delete(name);
}

/** Deletes what was begun and found no room. */
async function makeRoom() {
  const charge = await inCharge();
  await sweep(charge);
  for (const folder of charge?.runtime ?? []) {
    if (!(await isWhole(folder))) await caches.delete(cacheOf(folder.folder));
  }
}

/** Deletes whatever neither the build in charge nor an open page stands on.
 * @param {Edition | null} charge */
async function sweep(charge) {
  const folders = charge ? foldersOf(charge) : [];
  const needed = new Set([...folders, ...(await underReaders())].map(cacheOf));
  if (charge) needed.add(pagesOf(charge));
  for (const kind of ["pages-", "assets-", "runtime-"]) {
    for (const name of await ours(kind)) if (!needed.has(name)) await caches.delete(name);
  }
}

/** Remembers what an open page stands on. @param {string} reader @param {Edition} [edition] */
async function note(reader, edition) {
  if (!edition) return;
  const folders = new Response(JSON.stringify(foldersOf(edition)));
  await (await caches.open(READERS)).put(`${ROOT}?${reader}`, folders);
}

/** @returns {Promise<string[]>} */
async function underReaders() {
  const cache = await caches.open(READERS);
  const folders = [];
  for (const url of await addresses(cache)) {
    if (await self.clients.get(url.split("?")[1])) folders.push(...(await (await cache.match(url)).json()));
    else await cache.delete(url);
  }
  return folders;
}
