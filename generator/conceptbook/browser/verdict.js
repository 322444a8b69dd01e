/**
 * The verdict on a run that nobody was left to judge: stopped, out of time, or its runtime lost.
 * It carries no judgement of curves; only conceptbook_kit.judge makes those.
 * @module
 */

/** @import { ErrorKind, Promised, Settings, Verdict, Versions } from "./messages.js" */

/**
 * @typedef {object} Ending
 * @property {ErrorKind} kind
 * @property {string} message
 * @property {Settings} settings
 * @property {boolean} edited
 * @property {string} stdout what had come
 * @property {number} seconds how long it ran
 * @property {Versions | null} versions null when no runtime was reached
 */

/**
 * @param {Promised} promised
 * @param {Ending} ending
 * @returns {Verdict}
 */
export function unjudged({ declaration, code }, ending) {
  const stopped = ending.kind === "stopped";
  const assertedSetting = declaration.controls.every(
    (control) => ending.settings[control.name] === control.default,
  );
  return {
    schema: 1,
    concept: declaration.concept,
    witness: declaration.witness,
    state: stopped ? "stopped" : "error",
    ok: stopped || !assertedSetting || ending.edited ? null : false,
    error: { kind: ending.kind, message: ending.message, line: null },
    code,
    runtime: {
      kind: "browser",
      python: ending.versions?.python ?? null,
      numpy: ending.versions?.numpy ?? null,
      pyodide: ending.versions?.pyodide ?? null,
    },
    controls: ending.settings,
    asserted_setting: assertedSetting,
    edited: ending.edited,
    curves: [],
    asserts: { ok: null, message: null, line: null },
    stdout: ending.stdout,
    stdout_truncated: false,
    duration_s: ending.seconds,
  };
}
