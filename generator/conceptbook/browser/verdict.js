/**
 * The verdict on a run that nobody was left to judge: stopped, out of time, or its runtime lost.
 * It carries no judgement of curves; only conceptbook_kit.judge makes those.
 * @module
 */

/** @import { ErrorKind, Promised, Settings, Verdict, Versions } from "./messages.js" */
/** @import { Outcome } from "./runtime.js" */

/**
 * @typedef {object} Ending
 * @property {Settings} settings
 * @property {boolean} edited
 * @property {string} stdout what had come
 * @property {number} seconds how long it ran
 * @property {Versions | null} versions null when no runtime was reached
 */

/**
 * The kit's verdict where it came to one.
 * @param {Outcome} outcome
 * @param {Promised} promised
 * @param {Ending} ending
 * @returns {Verdict}
 */
export function verdictOf(outcome, promised, ending) {
  if (outcome.kind === "reply") return outcome.reply.verdict;
  if (outcome.kind === "stopped") {
    return unjudged(promised, ending, "stopped", "stopped by the reader");
  }
  if (outcome.kind === "lost") return unjudged(promised, ending, "exception", outcome.message);
  const { seconds } = promised.declaration;
  return unjudged(promised, ending, "timeout", `not done after its ${seconds} s`);
}

/**
 * @param {Promised} promised
 * @param {Ending} ending
 * @param {ErrorKind} kind
 * @param {string} message
 * @returns {Verdict}
 */
function unjudged({ declaration, code }, ending, kind, message) {
  const stopped = kind === "stopped";
  const assertedSetting = declaration.controls.every(
    (control) => ending.settings[control.name] === control.default,
  );
  return {
    schema: 1,
    concept: declaration.concept,
    witness: declaration.witness,
    state: stopped ? "stopped" : "error",
    ok: stopped || !assertedSetting || ending.edited ? null : false,
    error: { kind, message, line: null },
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
