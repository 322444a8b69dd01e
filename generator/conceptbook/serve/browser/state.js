/**
 * What the author was looking at, over a reload: place, controls, edited programs, opened parts.
 * Drafts and answers are kept by the page itself.
 * @module
 */

const KEY = "conceptbook:serve";
const POLL_MS = 50;
/** Looks in a row, each with a frame drawn since, that find the page at its place. */
const CALM = 4;
const PATIENCE_MS = 20_000;
/** Longest time that a place is held against what moves the page. */
const HOLD_MS = 5000;
/** By these an author takes over: nothing is put back against a hand on the page. */
const ACTS = ["keydown", "pointerdown", "touchstart", "wheel"];

export function remember() {
  const witnesses = {};
  for (const element of document.querySelectorAll("conceptbook-witness[data-state]")) {
    const { settings, promised, edited } = element;
    const text = edited ? listing(element)?.textContent : null;
    witnesses[element.dataset.witness] = { settings, code: promised.code, text };
  }
  const opened = [...document.querySelectorAll("details")].map(({ open }) => open);
  const kept = { page: location.pathname, place: place(), witnesses, opened };
  sessionStorage.setItem(KEY, JSON.stringify(kept));
}

export async function putBack() {
  const kept = sessionStorage.getItem(KEY);
  if (kept === null) return;
  sessionStorage.removeItem(KEY);
  const { page, place, witnesses, opened } = JSON.parse(kept);
  if (page !== location.pathname) return;
  const hand = new AbortController();
  for (const act of ACTS) addEventListener(act, () => hand.abort(), { capture: true, once: true });
  const details = [...document.querySelectorAll("details")];
  if (details.length === opened.length) details.forEach((one, index) => (one.open = opened[index]));
  goTo(place);
  const all = Object.entries(witnesses).map(([name, was]) => putWitnessBack(name, was, hand.signal));
  await Promise.all(all);
  await settle(place, hand.signal);
}

async function putWitnessBack(name, { settings, code, text }, hand) {
  const element = document.querySelector(`conceptbook-witness[data-witness="${CSS.escape(name)}"]`);
  if (element === null || !(await until(() => element.dataset.state !== undefined))) return;
  if (isMoved(element.promised, settings) && !isMoved(element.promised, element.settings)) {
    element.set(settings);
  }
  // A program that was changed on disk since is shown as it is there.
  if (typeof text === "string" && element.promised.code === code) await edit(element, text, hand);
}

/** Whether a control is off the setting that is asserted. */
function isMoved({ declaration }, settings) {
  return declaration.controls.some((control) => settings[control.name] !== control.default);
}

/** The heading or section nearest to the top of the window: lines may come and go above it. What
 * sticks to the window, such as a table of contents, says nothing. */
function place() {
  const found = [...document.querySelectorAll("main :is(section, h2, h3)[id]")]
    .map((element) => ({ id: element.id, top: element.getBoundingClientRect().top }))
    .sort((one, other) => Math.abs(one.top) - Math.abs(other.top));
  return { scroll: scrollY, ...found[0] };
}

/** Whether the page stood there already. */
function goTo({ scroll, id, top }) {
  const element = scroll > 0 && id !== undefined ? document.getElementById(id) : null;
  const away = element === null ? scroll - scrollY : element.getBoundingClientRect().top - top;
  if (Math.abs(away) < 1) return true;
  scrollBy({ top: away, behavior: "instant" });
  return false;
}

/** What was put back grows yet, or has the page on the way to itself. */
async function settle(place, hand) {
  const end = performance.now() + HOLD_MS;
  for (let calm = 0; calm < CALM && !hand.aborted && performance.now() < end; ) {
    calm = goTo(place) ? calm + 1 : 0;
    await drawn();
    await pause(POLL_MS);
  }
}

/** A frame; a page out of sight draws none. */
function drawn() {
  return Promise.race([new Promise((done) => requestAnimationFrame(done)), pause(HOLD_MS)]);
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

/** Opens the editor of a listing, which comes to life when a reader is near. */
async function edit(element, text, hand) {
  const pre = listing(element)?.closest("pre");
  const around = pre?.parentElement;
  if (!hand.aborted) pre?.scrollIntoView({ behavior: "instant" });
  const find = (what) => around?.querySelector(what) ?? null;
  if (!(await until(() => find('[data-do="edit"]')))) return;
  find('[data-do="edit"]').click();
  if (!(await until(() => find(".editor")))) return;
  const field = find(".editor");
  field.value = text;
  field.blur();
}

function listing(element) {
  const name = CSS.escape(element.dataset.witness);
  return document.querySelector(`code[data-source="${name}"]`);
}

/** Waits for a state of the page; whether it came in time. */
async function until(state) {
  const end = performance.now() + PATIENCE_MS;
  while (!state()) {
    if (performance.now() > end) return false;
    await pause(POLL_MS);
  }
  return true;
}
