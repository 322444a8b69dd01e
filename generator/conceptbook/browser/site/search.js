/**
 * The search page: Pagefind, without its worker, which the page's policy would not let run.
 * @module
 */

const MOST = 20;

/** An excerpt that begins with so much of the title says it again. */
const REPEATED = 1 / 3;

/** A page is no worse an answer for being long: a concept comes before what is claimed of it. */
const RANKING = { pageLength: 0 };

/** @param {HTMLElement} section @param {AbortSignal} signal */
export async function start(section, signal) {
  const form = /** @type {HTMLFormElement} */ (section.querySelector("form"));
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
  const status = /** @type {HTMLElement} */ (section.querySelector("[data-search-status]"));
  const list = /** @type {HTMLElement} */ (section.querySelector("[data-search-results]"));
  const folder = new URL(section.dataset.search ?? "", document.baseURI);
  const root = new URL("../", document.baseURI);
  let newest = 0;

  const pagefind = await import(new URL("pagefind.js", folder).href);
  await pagefind.options({
    bundlePath: folder.pathname,
    baseUrl: root.pathname,
    noWorker: true,
    ranking: RANKING,
  });
  if (signal.aborted) return;

  const search = async () => {
    const mine = ++newest;
    const words = input.value.trim();
    history.replaceState(null, "", words ? `?q=${encodeURIComponent(words)}` : location.pathname);
    if (!words) {
      status.textContent = "";
      list.replaceChildren();
      return;
    }
    const found = await pagefind.search(words);
    const first = await Promise.all(
      found.results.slice(0, MOST).map((/** @type {any} */ result) => result.data()),
    );
    if (mine !== newest) return;
    const more = found.results.length - first.length;
    const cut = more > 0 ? `, the first ${MOST} shown` : "";
    status.textContent = found.results.length
      ? `${found.results.length} found${cut}`
      : `Nothing found for “${words}”`;
    list.replaceChildren(...first.map(row));
  };

  input.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  form.hidden = false;
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.focus();
  if (input.value) search();
}

/** @param {{url: string, meta: Record<string, string>, excerpt: string}} found */
function row(found) {
  const item = document.createElement("li");
  const title = document.createElement("p");
  title.className = "row-statement";
  const link = document.createElement("a");
  link.href = found.url;
  link.textContent = found.meta.title;
  title.append(link);
  const facts = document.createElement("p");
  facts.className = "row-facts";
  facts.append(...standing(found.meta));
  item.append(title, ...excerpt(found), facts);
  return item;
}

/** How a claim stands, and what kind of page was found. @param {Record<string, string>} meta */
function* standing({ kind = "", badge, standing: words }) {
  if (badge && words) {
    const element = document.createElement("span");
    element.className = `badge badge-${badge}`;
    element.textContent = words;
    yield element;
  }
  const said = document.createElement("span");
  said.textContent = kind;
  yield said;
}

/** Nothing where it would say the title again.
 * @param {{meta: Record<string, string>, excerpt: string}} found */
function* excerpt(found) {
  const element = document.createElement("p");
  element.className = "excerpt";
  element.append(...marked(found.excerpt));
  const words = element.textContent ?? "";
  const beginning = words.slice(0, words.length * REPEATED).trim();
  if (!found.meta.title.includes(beginning)) yield element;
}

/**
 * An excerpt as text, with what was found in `<mark>` elements; nothing else of it is taken as HTML.
 * @param {string} html
 */
function* marked(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const node of parsed.body.childNodes) {
    const text = node.textContent ?? "";
    if (node.nodeName !== "MARK") {
      yield text;
      continue;
    }
    const mark = document.createElement("mark");
    mark.textContent = text;
    yield mark;
  }
}
