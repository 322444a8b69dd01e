/**
 * The curves of earlier runs, which are drawn faintly under the next one.
 * @module
 */

/** @import { Settings, Verdict } from "./messages.js" */

/** More would hide the present run. */
const KEPT = 2;

/** @typedef {{x: (number | null)[], y: (number | null)[]}} Curve */
/** @typedef {{setting: string, curves: Record<string, Curve>}} EarlierRun */

export class EarlierRuns {
  /** The latest last. @type {EarlierRun[]} */
  #runs = [];

  /** A run at the asserted setting is not kept: the record is drawn anyway. @param {Verdict} verdict */
  keep(verdict) {
    const setting = JSON.stringify(verdict.controls);
    const others = this.#runs.filter((run) => run.setting !== setting);
    const curves = verdict.curves.filter(({ x }) => x.length > 0);
    if (verdict.asserted_setting || verdict.edited || curves.length === 0) return;
    const entries = curves.map(({ id, x, y }) => [id, { x, y }]);
    this.#runs = [...others, { setting, curves: Object.fromEntries(entries) }].slice(-KEPT - 1);
  }

  /**
   * @param {Settings} settings of the run to come, which is no ghost of itself
   * @returns {Record<string, Curve[]>} by curve
   */
  ghosts(settings) {
    const present = JSON.stringify(settings);
    const shown = this.#runs.filter(({ setting }) => setting !== present).slice(-KEPT);
    /** @type {Record<string, Curve[]>} */
    const ghosts = {};
    for (const { curves } of shown) {
      for (const [id, curve] of Object.entries(curves)) (ghosts[id] ??= []).push(curve);
    }
    return ghosts;
  }

  forget() {
    this.#runs = [];
  }
}
