/**
 * A review as the lines of YAML that stand in a claim's file, and what speaks against it.
 * @module
 */

/** @typedef {{key: string, stance: string, title: string, at: string}} Stop
 * `at`: the id of the element that shows it */
/** @typedef {{means: Record<string, string>, against: string[]}} Stance */
/**
 * @typedef {object} Asked
 * @property {string} claim
 * @property {string} begin the line that begins the list, "" where the file has one
 * @property {number} indent
 * @property {Record<string, string | number>} digest
 * @property {Stop[]} stops
 * @property {Record<string, Stance>} stances
 * @property {string[]} worst conclusions, the worst first
 * @property {string[]} passes
 * @property {boolean} caveats the claim has some
 * @property {boolean} checks the policy wants something opened
 * @property {{id: string, name: string}[]} people
 * @property {string[]} authors who may not review it
 */
/** @typedef {Map<string, string>} Answers by the control's name: `access evidence-key` … */

const WIDTH = 92;
const WORDS_OF_YAML = new Set(["null", "true", "false", "yes", "no", "on", "off", "y", "n"]);
export const SUMMARY_CHARACTERS = 40;

/** @param {Asked} asked @param {Answers} answers */
function checks(asked, answers) {
  return asked.stops.flatMap(({ key, stance }) => {
    const access = answers.get(`access ${key}`);
    if (!access) return [];
    const finding = access === "none" ? "not-checked" : (answers.get(`finding ${key}`) ?? "");
    return [{ key, stance, access, finding, note: answers.get(`note ${key}`)?.trim() ?? "" }];
  });
}

/** The worst finding wins. @param {Asked} asked @param {Answers} answers */
export function proposed(asked, answers) {
  const meant = checks(asked, answers).map(
    ({ stance, finding }) => asked.stances[stance].means[finding],
  );
  const worst = asked.worst.find((conclusion) => meant.includes(conclusion)) ?? "inconclusive";
  return worst === "supported" && asked.caveats ? "supported-with-caveats" : worst;
}

/** Why a conclusion cannot be drawn from the findings; "" where it can.
 * @param {Asked} asked @param {Answers} answers */
export function refusal(asked, answers) {
  const done = checks(asked, answers);
  if (!asked.passes.includes(answers.get("conclusion") ?? "")) return "";
  if (done.length === 0) return asked.checks ? "Nothing was there to open: it cannot pass." : "";
  if (done.every(({ access, finding }) => access === "none" || finding === "not-checked")) {
    return "Nothing was opened, so that it cannot pass.";
  }
  const bad = done.find(({ stance, finding }) => asked.stances[stance].against.includes(finding));
  if (!bad) return "";
  const name = asked.stops.find(({ key }) => key === bad.key)?.title;
  return `You found “${bad.finding.replace("-", " ")}” at ${name}: a pass would go against it.`;
}

/** The block to paste. @param {Asked} asked @param {Answers} answers */
export function block(asked, answers) {
  const dash = " ".repeat(asked.indent);
  const margin = `${dash}  `;
  const done = checks(asked, answers).map(({ key, access, finding, note }) => {
    const said = note ? `, note: ${quoted(note)}` : "";
    return `${margin}  - {evidence: ${scalar(key)}, access: ${access}, finding: ${finding}${said}}`;
  });
  const digest = Object.entries(asked.digest).map(
    ([part, value]) => `${part}: ${typeof value === "string" ? quoted(value) : value}`,
  );
  return [
    ...(asked.begin ? [asked.begin] : []),
    `${dash}- by: ${reviewer(answers)}`,
    `${margin}date: ${answers.get("date")}`,
    `${margin}conclusion: ${answers.get("conclusion")}`,
    ...(done.length ? [`${margin}checks:`, ...done] : []),
    ...wrapped(`${margin}summary: `, quoted(answers.get("summary")?.trim() ?? ""), `${margin}  `),
    ...wrapped(`${margin}interests: `, quoted(answers.get("interests") ?? ""), `${margin}  `),
    `${margin}digest: {${digest.join(", ")}}`,
    "",
  ].join("\n");
}

/** @param {Answers} answers */
function reviewer(answers) {
  const listed = answers.get("by");
  if (listed) return scalar(listed);
  const fields = ["name", "github", "orcid"]
    .map((field) => [field, answers.get(field)?.trim() ?? ""])
    .filter(([, value]) => value)
    .map(([field, value]) => `${field}: ${quoted(value)}`);
  return `{${[...fields, "kind: human"].join(", ")}}`;
}

/** Plain where nobody could misread it. @param {string} text */
function scalar(text) {
  const plain = /^[a-z][a-z0-9]*([-:][a-z0-9]+)*$/.test(text) && !WORDS_OF_YAML.has(text);
  return plain ? text : quoted(text);
}

/** In double quotes, with JSON's escapes, which YAML shares. @param {string} text */
function quoted(text) {
  const sound = text.toWellFormed?.() ?? text;
  return JSON.stringify(sound).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * A quoted text over several lines: YAML reads a line's end within quotes as one blank.
 * @param {string} head @param {string} text @param {string} margin
 */
function wrapped(head, text, margin) {
  const lines = [];
  let line = head;
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    const fresh = line === head || line === margin;
    if (!fresh && line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = margin + word;
    } else {
      line += fresh ? word : ` ${word}`;
    }
  }
  return [...lines, line];
}
