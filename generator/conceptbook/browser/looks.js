/**
 * The stylesheets of the next page: fetched while this one is shown, and used when it goes.
 * @module
 */

const SHEET = 'link[rel="stylesheet"]';
/** Of a stylesheet that waits for its page. */
const WAITING = "not all";

/**
 * Resolves with the page when each of its stylesheets is here; those that this page lacks wait in
 * its head, in the order of the cascade.
 * @param {Document} next
 * @throws where one cannot be fetched
 */
export async function fetchLooks(next) {
  const here = new Map(sheets(document).map((sheet) => [sheet.href, sheet]));
  /** @type {HTMLLinkElement | null} */
  let before = null;
  const fetched = [];
  for (const wanted of sheets(next)) {
    before = here.get(wanted.href) ?? put(wanted, before);
    if (before.sheet === null) fetched.push(arrival(before));
  }
  await Promise.all(fetched);
  return next;
}

/** Those that waited are used from now on. */
export function useLooks() {
  for (const sheet of sheets(document)) {
    if (sheet.media === WAITING) sheet.removeAttribute("media");
  }
}

/** @param {Document} page @returns {HTMLLinkElement[]} */
function sheets({ head }) {
  return [...head.querySelectorAll(SHEET)].filter((found) => found instanceof HTMLLinkElement);
}

/** @param {HTMLLinkElement} wanted @param {Element | null} before @returns {HTMLLinkElement} */
function put(wanted, before) {
  const sheet = /** @type {HTMLLinkElement} */ (document.importNode(wanted));
  sheet.media = WAITING;
  if (before === null) document.head.append(sheet);
  else before.after(sheet);
  return sheet;
}

/** @param {Element} sheet */
function arrival(sheet) {
  return new Promise((resolve, reject) => {
    sheet.addEventListener("load", resolve, { once: true });
    sheet.addEventListener("error", () => (sheet.remove(), reject()), { once: true });
  });
}
