/**
 * What a reader keeps in this browser. Names begin with the site's own path, since all sites of
 * an account may share one origin; where storage is denied, things last as long as the page.
 * @module
 */

/** This module lies in <base path>assets/<hash>/panels/. */
const PREFIX = `conceptbook:${new URL("../../../", import.meta.url).pathname}:`;

/** @type {Map<string, string>} */
const untilTheEnd = new Map();

/** @param {string} name @returns {any} null where nothing is kept */
export function recall(name) {
  const text = untilTheEnd.get(name) ?? stored(() => localStorage.getItem(PREFIX + name));
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {string} name @param {unknown} value */
export function keep(name, value) {
  const text = JSON.stringify(value);
  untilTheEnd.set(name, text);
  stored(() => {
    localStorage.setItem(PREFIX + name, text);
    return null;
  });
}

/** @param {string} name */
export function forget(name) {
  untilTheEnd.delete(name);
  stored(() => {
    localStorage.removeItem(PREFIX + name);
    return null;
  });
}

/** @param {() => string | null} action */
function stored(action) {
  try {
    return action();
  } catch {
    return null;
  }
}
