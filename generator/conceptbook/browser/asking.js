/**
 * Shapes that a panel wants to be held against the next run of a witness, and who waits for them.
 * @module
 */

import { sameSettings } from "./controls.js";

/** @import { Answer, Question, Settings, Verdict } from "./messages.js" */

/**
 * @typedef {{verdict: Verdict, asked: Answer[]}} Answered
 * @typedef {{settings: Settings, questions: Question[],
 *   resolve: (answered: Answered | null) => void}} Wanted
 */

export class Asking {
  /** @type {Wanted | null} */
  wanted = null;

  /**
   * @param {Settings} settings
   * @param {Question[]} questions
   * @returns {Promise<Answered | null>} null when the reader turned to something else first
   */
  ask(settings, questions) {
    this.drop();
    return new Promise((resolve) => {
      this.wanted = { settings, questions, resolve };
    });
  }

  /** Questions go unanswered, unless they are about this setting. @param {Settings} [settings] */
  drop(settings) {
    if (this.wanted === null) return;
    if (settings !== undefined && sameSettings(this.wanted.settings, settings)) return;
    this.wanted.resolve(null);
    this.wanted = null;
  }

  /**
   * @param {Wanted | null} run  what the run was asked; a runtime that never came answers nobody
   * @param {Answered} answered
   */
  answer(run, answered) {
    const told = run ?? this.wanted;
    told?.resolve(answered);
    if (this.wanted === told) this.wanted = null;
  }
}
