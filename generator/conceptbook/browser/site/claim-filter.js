/**
 * The filter of the list of claims. It reads the rows' data attributes; the other pages of a long
 * list are fetched when the first question is asked. The answers stand in the address.
 * @module
 */

/** @typedef {Record<string, string>} Wanted values by the filter's name; "" for any */

/**
 * @param {DOMStringMap} row the data of a row: words separated by blanks
 * @param {Wanted} wanted
 */
export function matches(row, wanted) {
  return Object.entries(wanted).every(
    ([name, value]) => !value || (row[name] ?? "").split(" ").includes(value),
  );
}

/** @param {HTMLFormElement} form @param {AbortSignal} signal */
export function start(form, signal) {
  const list = /** @type {HTMLElement} */ (
    form.closest("[data-claims]")?.querySelector(".claim-rows")
  );
  const count = form.closest("[data-claims]")?.querySelector("[data-filter-count]");
  const pager = document.querySelector(".pager");
  const asked = new URLSearchParams(location.search);
  const before = count?.textContent ?? "";
  let whole = !pager;

  for (const select of form.querySelectorAll("select")) {
    const value = asked.get(select.name);
    if (value && ![...select.options].some((option) => option.value === value)) {
      select.add(new Option(value, value));
    }
    select.value = value ?? "";
  }

  const apply = async () => {
    const wanted = /** @type {Wanted} */ (Object.fromEntries(new FormData(form)));
    const active = Object.values(wanted).some(Boolean);
    if (active && !whole) whole = await fetchRest(list, pager);
    if (signal.aborted) return;
    let shown = 0;
    for (const row of list.children) {
      const element = /** @type {HTMLElement} */ (row);
      element.hidden = active && !matches(element.dataset, wanted);
      shown += Number(!element.hidden);
    }
    if (pager) /** @type {HTMLElement} */ (pager).hidden = active;
    if (count) count.textContent = active ? `${shown} of ${list.children.length} claims` : before;
    const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
    history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  };

  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  form.hidden = false;
  if (asked.size) apply();
}

/**
 * Puts the rows of the list's other pages in.
 * @param {HTMLElement} list
 * @param {Element | null} pager
 */
async function fetchRest(list, pager) {
  if (!(pager instanceof HTMLElement)) return true;
  const root = new URL(pager.dataset.root ?? "", document.baseURI).href;
  const present = Number(pager.querySelector("[aria-current]")?.textContent);
  for (let number = 1; number <= Number(pager.dataset.count); number += 1) {
    if (number === present) continue;
    const address = number === 1 ? root : `${root}page/${number}/`;
    const answer = await fetch(address);
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const row of page.querySelectorAll(".claim-rows > li")) {
      for (const anchor of row.querySelectorAll("a[href]")) {
        anchor.setAttribute("href", new URL(anchor.getAttribute("href") ?? "", address).href);
      }
      list.append(document.adoptNode(row));
    }
  }
  return true;
}
