/**
 * One visit: the site's next page takes the place of this one in the same document, so that the
 * runtime lives on. Where the browser has no Navigation API, links work as they ever did.
 * @module
 */

import { fetchLooks, useLooks } from "./looks.js";
import { make } from "./make.js";

/** This module lies in <root>assets/<hash>/. */
const ROOT = new URL("../../", import.meta.url).href;
const PAGE = /(\/|\.html)$/;
/** What is the same text on all pages of one build. */
const BUILD = 'meta[http-equiv="Content-Security-Policy"], script[src]';

/**
 * Brings a page to life; the signal aborts when the reader leaves it.
 * @typedef {(root: HTMLElement, signal: AbortSignal) => void} Start
 */

/** @param {Start} start for this page, and for each one that takes its place */
export function startVisit(start) {
  let page = new AbortController();
  start(document.body, page.signal);
  const { navigation } = /** @type {any} */ (globalThis);
  if (!navigation) return;

  const said = make("p", "visually-hidden");
  said.setAttribute("role", "status");
  stay(said);
  /** The latest move; one that is overtaken shows nothing. @type {object | null} */
  let latest = null;
  navigation.addEventListener("navigate", (/** @type {any} */ event) => {
    if (!isMove(event)) return;
    latest = event;
    intercept(event, (next) => {
      if (latest !== event) return;
      if (next === null) {
        location.reload(); // the address is the new one already: the ordinary way from here
        return;
      }
      page.abort();
      page = new AbortController();
      show(next);
      start(document.body, page.signal);
      settle(event);
      said.textContent = document.title;
    });
  });
}

/** Puts an element at the end of the body, where it stays from page to page. @param {Element} element */
export function stay(element) {
  element.setAttribute("data-stays", "");
  document.body.append(element);
}

/**
 * Whether a navigation leads to another page of this site, and nowhere else. What a script writes
 * into the address, and a step between two places of one page, moves nothing.
 * @param {any} event
 */
function isMove({ canIntercept, hashChange, downloadRequest, formData, navigationType, destination }) {
  if (!canIntercept || hashChange || downloadRequest !== null || formData) return false;
  const there = new URL(destination.url);
  if (navigationType === "reload" || !PAGE.test(there.pathname)) return false;
  const isSame = there.pathname === location.pathname && there.search === location.search;
  if (destination.sameDocument && (navigationType !== "traverse" || isSame)) return false;
  return there.href.startsWith(ROOT);
}

/**
 * Fetches the page while the present one stays as it is, its address too, where the browser lets
 * us: under the new address its relative links would lead astray.
 * @param {any} event
 * @param {(next: Document | null) => void} arrive  null: to be opened the ordinary way
 */
function intercept(event, arrive) {
  const back = event.navigationType === "traverse";
  const fetched = fetchPage(event.destination.url, event.signal, back);
  const how = {
    scroll: "manual",
    focusReset: "manual",
    handler: async () => arrive(await fetched),
  };
  // A step back restores no scroll place when it is held up.
  if (!back && "NavigationPrecommitController" in globalThis) {
    event.intercept({ ...how, precommitHandler: () => fetched.then(() => {}) });
  } else {
    document.body.inert = true;
    event.intercept(how);
  }
}

/**
 * @param {string} url
 * @param {AbortSignal} signal
 * @param {boolean} back  as the reader saw it before, if that is still at hand
 * @returns {Promise<Document | null>} null for what cannot be shown in this document
 */
async function fetchPage(url, signal, back) {
  try {
    const response = await fetch(url, { signal, cache: back ? "force-cache" : "default" });
    const isHtml = response.headers.get("Content-Type")?.startsWith("text/html");
    if (!response.ok || response.redirected || !isHtml) return null;
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    const leads = next.querySelector('meta[http-equiv="refresh"]') !== null;
    return isOfThisBuild(next) && !leads ? await fetchLooks(next) : null;
  } catch {
    return null;
  }
}

/** @param {Document} next */
function isOfThisBuild(next) {
  const [theirs, ours] = [next, document].map(({ head }) => [...head.querySelectorAll(BUILD)]);
  return theirs.length === ours.length && theirs.every((one, index) => one.isEqualNode(ours[index]));
}

/** Puts a page in the place of this one; what both have in their heads is not touched.
 * @param {Document} next */
function show(next) {
  useLooks();
  const wanted = new Set(next.head.children);
  for (const element of [...document.head.children]) {
    const same = [...wanted].find((one) => one.isEqualNode(element));
    if (!same || !wanted.delete(same)) element.remove();
  }
  document.head.append(...wanted);
  document.documentElement.lang = next.documentElement.lang;
  document.body.className = next.body.className;
  document.body.inert = false;
  for (const node of [...document.body.childNodes]) {
    if (!(node instanceof Element && node.hasAttribute("data-stays"))) node.remove();
  }
  document.body.prepend(...next.body.childNodes);
}

/** The reader's eyes and keyboard at the place that was asked for. @param {any} event */
function settle(event) {
  const back = event.navigationType === "traverse";
  // A browser restores no place once a script has scrolled.
  if (!back) scrollTo({ top: 0, behavior: "instant" });
  if (back || location.hash) event.scroll();
  const place = document.querySelector(":target");
  if (!back) place?.scrollIntoView({ behavior: "instant" });
  const target = place ?? document.querySelector("main h1");
  if (!(target instanceof HTMLElement)) return;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}
