/**
 * What crosses the border between the page and the worker: types, and checks of what comes in.
 * Everything that a worker sends is data from a program that ran a stranger's code.
 * @module
 */

/** @typedef {number | string | boolean} Scalar */
/** @typedef {Record<string, Scalar>} Settings */

/**
 * One control, curve and plot as conceptbook_kit/declaration.py writes them.
 * @typedef {object} ControlDeclaration
 * @property {string} name
 * @property {string} label
 * @property {Scalar} default
 * @property {string | null} [unit]
 * @property {number | null} [min]
 * @property {number | null} [max]
 * @property {number | null} [step]
 * @property {"linear" | "log"} scale
 * @property {Scalar[]} choices
 *
 * @typedef {{kind: string, args: Record<string, unknown>, because: string | null}} ShapeDeclaration
 * @typedef {{id: string, label: string, shapes: ShapeDeclaration[]}} CurveDeclaration
 * @typedef {{label: string, unit: string | null, scale: "linear" | "log"}} AxisDeclaration
 * @typedef {{id: string, title: string, x: AxisDeclaration,
 *   curves: CurveDeclaration[]}} PlotDeclaration
 *
 * @typedef {object} Declaration
 * @property {string} concept
 * @property {string} witness
 * @property {string} file
 * @property {number} seconds
 * @property {number} memory_mb
 * @property {ControlDeclaration[]} controls
 * @property {PlotDeclaration[]} plots
 * @property {{file: string, sha256: string}[]} wheels  that the witness imports
 */

/**
 * @typedef {{declaration: Declaration, code: string}} Promised
 *   what the page carries for one witness; `code` is the digest of the program as published
 * @typedef {{x: number[], y: number[]}} RecordedCurve
 * @typedef {Record<string, RecordedCurve>} Recorded  by the curve's id; a file beside the page
 * @typedef {Record<string, (number | null)[]>} Native  the ordinates that the recorded run had
 *
 * @typedef {{bytes: number, integrity: string, sha256: string}} RuntimeFile
 *
 * @typedef {object} Prepared  what makes a boot short: compiled modules, a memory snapshot
 * @property {string} modules
 * @property {{file: string, members: {path: string, bytes: number}[]}} libraries
 * @property {string} rest
 * @property {{file: string, memory: string}} snapshot  `memory`: sha256 of what is packed in it
 *
 * @typedef {object} Manifest  runtime.json
 * @property {string} base  folder of the files, relative to runtime.json
 * @property {string} pyodide
 * @property {Record<string, RuntimeFile>} files
 * @property {string} lock
 * @property {string[]} packages
 * @property {Record<string, RuntimeFile>} later  files that a boot does not wait for
 * @property {Record<string, RuntimeFile & {file: string}>} wheels  by sha256; `file` is relative to
 *   `base`
 * @property {Prepared | null} prepared  null for the distribution as it comes
 */

/**
 * @typedef {Manifest & {type: "boot", snapshot: boolean}} BootOrder  with `base` absolute;
 *   `snapshot`: start from the one that is kept
 * @typedef {{sha256: string, data: ArrayBuffer}} Wheel
 * @typedef {{type: "run", run: number, memory_mb: number, request: string,
 *   wheels: Wheel[]}} RunOrder  with the wheels that this worker has not been handed yet
 *
 * @typedef {{pyodide: string, python: string, numpy: string}} Versions
 * @typedef {{type: "progress", loaded: number, total: number, cached?: number}} Progress
 * @typedef {{type: "ready", versions: Versions}} Ready
 * @typedef {{type: "stdout", run: number, text: string}} Stdout
 * @typedef {{type: "glimpse", run: number, plots: Record<string, string>}} Glimpse
 *   what the curves of a run under way have come to
 * @typedef {{type: "result", run: number, json: string}} Result
 * @typedef {{type: "violation", directive: string, uri: string}} Violation  of the page's policy
 * @typedef {{type: "failed", run: number | null, message: string}} Failed
 * @typedef {Progress | Ready | Stdout | Glimpse | Result | Violation | Failed} WorkerMessage
 */

/**
 * @typedef {"exception" | "timeout" | "memory" | "stopped" | "curve" | "syntax" | "import"} ErrorKind
 * @typedef {{x: number | null, y: number | null, asserted: number | null,
 *   deviation: number | null, allowed: number | null, ok: boolean | null}} Point
 * @typedef {{kind: string, args: Record<string, unknown>, ok: boolean | null,
 *   detail: string | null}} ShapeResult
 * @typedef {{id: string, x: (number | null)[], y: (number | null)[], points: Point[],
 *   shapes: ShapeResult[], ok: boolean | null, detail: string | null}} CurveResult
 * @typedef {"holds" | "fails" | "error" | "stopped" | "exploring"} VerdictState
 *
 * @typedef {object} Verdict  the one result; made by conceptbook_kit.judge
 * @property {1} schema
 * @property {string} concept
 * @property {string} witness
 * @property {VerdictState} state
 * @property {boolean | null} ok
 * @property {{kind: ErrorKind, message: string, line: number | null} | null} error
 * @property {string} code
 * @property {{kind: "browser" | "native", python: string | null, numpy: string | null,
 *   pyodide: string | null}} runtime
 * @property {Settings} controls
 * @property {boolean} asserted_setting
 * @property {boolean} edited
 * @property {CurveResult[]} curves
 * @property {{ok: boolean | null, message: string | null, line: number | null}} asserts
 * @property {string} stdout
 * @property {boolean} stdout_truncated
 * @property {number | null} duration_s
 *
 * @typedef {{curve: string, kind: string, args: Record<string, unknown>}} Question
 *   a shape to be held against a run
 * @typedef {{ok: boolean | null, detail: string | null}} Answer
 * @typedef {{verdict: Verdict, asked?: Answer[], plots: Record<string, string>,
 *   fresh_runtime: boolean}} Reply
 */

/** @typedef {(value: unknown) => boolean} Check */

/** @type {Check} */
const isText = (value) => typeof value === "string";
/** @type {Check} */
const isFlag = (value) => typeof value === "boolean";
/** @type {Check} */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
/** @type {Check} */
const isCount = (value) => Number.isInteger(value) && /** @type {number} */ (value) >= 0;
/** @type {Check} */
const isScalar = (value) => isText(value) || isFlag(value) || isNumber(value);
/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** @param {Check} check @returns {Check} */
const orNull = (check) => (value) => value === null || check(value);
/** @param {unknown[]} values @returns {Check} */
const oneOf = (...values) => (value) => values.includes(value);
/** @param {Check} check @returns {Check} */
const listOf = (check) => (value) => Array.isArray(value) && value.every(check);
/** @param {Check} check @returns {Check} */
const mapOf = (check) => (value) => isObject(value) && Object.values(value).every(check);
/** @param {Record<string, Check>} fields @returns {Check} */
const record = (fields) => (value) =>
  isObject(value) &&
  Object.entries(fields).every(([name, check]) => Object.hasOwn(value, name) && check(value[name]));

const ERROR_KINDS = ["exception", "timeout", "memory", "stopped", "curve", "syntax", "import"];
const STATES = ["holds", "fails", "error", "stopped", "exploring"];

const verdictFields = record({
  schema: oneOf(1),
  concept: isText,
  witness: isText,
  state: oneOf(...STATES),
  ok: orNull(isFlag),
  error: orNull(record({ kind: oneOf(...ERROR_KINDS), message: isText, line: orNull(isCount) })),
  code: isText,
  runtime: record({
    kind: oneOf("browser", "native"),
    python: orNull(isText),
    numpy: orNull(isText),
    pyodide: orNull(isText),
  }),
  controls: mapOf(isScalar),
  asserted_setting: isFlag,
  edited: isFlag,
  curves: listOf(
    record({
      id: isText,
      x: listOf(orNull(isNumber)),
      y: listOf(orNull(isNumber)),
      points: listOf(
        record({
          x: orNull(isNumber),
          y: orNull(isNumber),
          asserted: orNull(isNumber),
          deviation: orNull(isNumber),
          allowed: orNull(isNumber),
          ok: orNull(isFlag),
        }),
      ),
      shapes: listOf(
        record({ kind: isText, args: isObject, ok: orNull(isFlag), detail: orNull(isText) }),
      ),
      ok: orNull(isFlag),
      detail: orNull(isText),
    }),
  ),
  asserts: record({ ok: orNull(isFlag), message: orNull(isText), line: orNull(isCount) }),
  stdout: isText,
  stdout_truncated: isFlag,
  duration_s: orNull(isNumber),
});

const isFile = record({ bytes: isCount, integrity: isText, sha256: isText });
const areAnswers = listOf(record({ ok: orNull(isFlag), detail: orNull(isText) }));

/** @type {Record<string, Check>} */
const workerMessages = {
  progress: record({ loaded: isCount, total: isCount }),
  ready: record({ versions: record({ pyodide: isText, python: isText, numpy: isText }) }),
  stdout: record({ run: isCount, text: isText }),
  glimpse: record({ run: isCount, plots: mapOf(isText) }),
  result: record({ run: isCount, json: isText }),
  violation: record({ directive: isText, uri: isText }),
  failed: record({ run: orNull(isCount), message: isText }),
};

/**
 * Whether data has the form of a verdict, and one that says "holds" holds in all its parts.
 * @param {unknown} data
 * @returns {data is Verdict}
 */
export function isVerdict(data) {
  if (!verdictFields(data)) return false;
  const verdict = /** @type {Verdict} */ (data);
  const holds = verdict.state === "holds";
  if (holds !== (verdict.ok === true)) return false;
  return !holds || (isUntouched(verdict) && verdict.curves.every((curve) => curve.ok === true));
}

/** @param {Verdict} verdict */
function isUntouched({ asserted_setting, edited, error, asserts }) {
  return asserted_setting && !edited && error === null && asserts.ok !== false;
}

/**
 * Whether data is an answer about this witness.
 * @param {unknown} data
 * @param {Declaration} declaration
 * @returns {data is Reply}
 */
export function isReply(data, declaration) {
  if (!record({ plots: mapOf(isText), fresh_runtime: isFlag })(data)) return false;
  const { verdict, asked = [] } = /** @type {Reply} */ (data);
  return (
    isVerdict(verdict) &&
    areAnswers(asked) &&
    verdict.concept === declaration.concept &&
    verdict.witness === declaration.witness &&
    curveIds(verdict.curves) === curveIds(declaration.plots.flatMap(({ curves }) => curves))
  );
}

/** @param {{id: string}[]} curves */
function curveIds(curves) {
  return curves.map(({ id }) => id).join();
}

/**
 * @param {unknown} data
 * @returns {data is WorkerMessage}
 */
export function isWorkerMessage(data) {
  if (!isObject(data) || typeof data.type !== "string") return false;
  return Object.hasOwn(workerMessages, data.type) && workerMessages[data.type](data);
}

/**
 * @param {unknown} data
 * @returns {data is Manifest}
 */
export function isManifest(data) {
  return record({
    base: isText,
    pyodide: isText,
    files: mapOf(isFile),
    lock: isText,
    packages: listOf(isText),
    later: mapOf(isFile),
    wheels: mapOf(record({ file: isText, bytes: isCount, integrity: isText, sha256: isText })),
    prepared: orNull(
      record({
        modules: isText,
        libraries: record({
          file: isText,
          members: listOf(record({ path: isText, bytes: isCount })),
        }),
        rest: isText,
        snapshot: record({ file: isText, memory: isText }),
      }),
    ),
  })(data);
}
