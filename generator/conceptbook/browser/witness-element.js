/**
 * <conceptbook-witness>: a witness as an element, with what other parts of the page may ask of it.
 * @module
 */

import { Witness } from "./witness.js";

/** @import { Promised, Question, Recorded, Settings, Verdict } from "./messages.js" */
/** @import { RuntimeLike } from "./runtime-later.js" */
/** @import { Answered } from "./asking.js" */

/**
 * What panels use. The element announces `conceptbook:state` when its state changes,
 * `conceptbook:drawn` when its plots do and `conceptbook:set` when its controls are set from
 * elsewhere; all three bubble.
 * @typedef {object} WitnessParts
 * @property {Promised} promised
 * @property {Recorded | null} recorded  null until it was fetched
 * @property {() => Promise<Recorded>} fetchRecorded
 * @property {Settings} settings
 * @property {boolean} edited
 * @property {Verdict | null} verdict
 * @property {() => void} run
 * @property {(settings: Settings) => void} set
 * @property {(settings: Settings, questions: Question[]) => Promise<Answered | null>} runAt
 *
 * @typedef {HTMLElement & WitnessParts} WitnessElement
 */

/**
 * Defines <conceptbook-witness>, all of whose elements share one runtime.
 * @param {RuntimeLike} runtime
 */
export function defineWitness(runtime) {
  customElements.define(
    "conceptbook-witness",
    class extends HTMLElement {
      /** @type {Witness | null} */
      #witness = null;

      connectedCallback() {
        this.#witness ??= new Witness(this, runtime);
      }

      disconnectedCallback() {
        queueMicrotask(() => {
          if (!this.isConnected) this.#witness?.leave();
        });
      }

      get promised() {
        return this.#connected.promised;
      }

      get recorded() {
        return this.#connected.recorded;
      }

      fetchRecorded() {
        return this.#connected.fetchRecorded();
      }

      get settings() {
        return this.#connected.settings;
      }

      get edited() {
        return this.#connected.edited;
      }

      get verdict() {
        return this.#connected.verdict;
      }

      run() {
        this.#connected.run();
      }

      /** @param {Settings} settings */
      set(settings) {
        this.#connected.set(settings);
      }

      /** @param {Settings} settings @param {Question[]} questions */
      runAt(settings, questions) {
        return this.#connected.runAt(settings, questions);
      }

      get #connected() {
        if (this.#witness === null) throw new Error("the witness is not on the page yet");
        return this.#witness;
      }
    },
  );
}
