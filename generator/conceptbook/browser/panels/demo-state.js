/**
 * The demos of a page, and a state of one as text: `demo-WITNESS?noise=0.3&n_train=60`. Controls
 * that are not named stand at their recorded values.
 * @module
 */

/** @import { Scalar, Settings } from "../messages.js" */
/** @import { WitnessElement } from "../witness-element.js" */

/** @param {string} id @returns {WitnessElement | null} */
export function witnessOf(id) {
  const found = document.querySelector(`conceptbook-witness[data-witness="${CSS.escape(id)}"]`);
  return found !== null && "runAt" in found ? /** @type {WitnessElement} */ (found) : null;
}

/** @param {WitnessElement} witness @returns {string} without the hash sign */
export function stateOf(witness) {
  const { controls, witness: id } = witness.promised.declaration;
  const query = new URLSearchParams();
  for (const control of controls) {
    const value = witness.settings[control.name];
    if (value !== control.default) query.set(control.name, String(value));
  }
  return query.size > 0 ? `demo-${id}?${query}` : `demo-${id}`;
}

/** @param {WitnessElement} witness @param {URLSearchParams} query @returns {Settings} */
export function settingsOf(witness, query) {
  /** @type {Settings} */
  const settings = {};
  for (const control of witness.promised.declaration.controls) {
    const text = query.get(control.name);
    if (text !== null) settings[control.name] = typed(text, control.default);
  }
  return settings;
}

/** @param {string} text @param {Scalar} like a value of the wanted type @returns {Scalar} */
function typed(text, like) {
  if (typeof like === "boolean") return text === "true";
  return typeof like === "number" ? Number(text) : text;
}
