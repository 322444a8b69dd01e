/**
 * A prompt for an AI that holds what the page knows of an object, and keeps evidence apart from
 * assumption.
 * @module
 */

import { addressOf } from "./clipboard.js";
import { witnessOf } from "./demo-state.js";

/** @import { Objects, PageObject } from "./objects.js" */

/** What the reader and the author ask of the object.
 * @typedef {{questions: string[], evidence: string[], resolved: string[], note: string}} Inquiry */

/** @param {Objects} objects @param {PageObject} object @param {Inquiry} inquiry */
export function handoff(objects, object, inquiry) {
  const related = (object.related ?? []).flatMap((key) => {
    const other = objects.find(key);
    return other ? said(other) : [];
  });
  return [
    `I am reading "${objects.title}" (concept:${objects.concept}), ${addressOf("")}`,
    `The object in question: ${object.key}`,
    ...said(object).map((line) => `- ${line}`),
    ...list("What the page says of it elsewhere:", related),
    ...list("What the program on the page gave:", runs(objects, object)),
    ...list(
      "The question:",
      inquiry.questions.length > 0 ? inquiry.questions : ["(none written yet)"],
    ),
    ...list("Also to look at:", inquiry.evidence),
    ...list("It would be settled by:", inquiry.resolved),
    ...list("My notes so far:", inquiry.note ? [inquiry.note] : []),
    "",
    "Answer from the evidence given here. Keep three things apart, under a heading each: what the " +
      "evidence above says, with source and place; what follows from it, and how; what you assume " +
      "or know from elsewhere, marked as not checked. Where a source was not open to you, say so, and " +
      "give no page, number or quotation that you have not seen. If the evidence does not decide " +
      "the question, say what would. End with one next step that I can take.",
  ].join("\n");
}

/** @param {PageObject} object */
function said({ says, evidence = [] }) {
  return [...says, ...evidence];
}

/** @param {string} head @param {string[]} lines */
function list(head, lines) {
  return lines.length > 0 ? ["", head, ...lines.map((line) => `- ${line}`)] : [];
}

/**
 * What is known of the witness behind an object, or of all of them.
 * @param {Objects} objects
 * @param {PageObject} object
 */
export function runs(objects, object) {
  const ids = object.witness
    ? [object.witness]
    : objects.published.filter(({ kind }) => kind === "Witness").map(({ witness }) => witness);
  return ids.flatMap((id) => {
    const witness = id ? witnessOf(id) : null;
    if (witness === null) return [];
    const { file } = witness.promised.declaration;
    const said = witness.querySelector("[data-status] .cb-status-words")?.textContent ?? "";
    const recorded = witness.querySelector(".record > p")?.textContent ?? "";
    if (witness.verdict === null) return [`${file}: not run in this visit. ${recorded}`];
    const { controls, edited, state } = witness.verdict;
    const setting = Object.entries(controls)
      .map(([name, value]) => `${name} = ${value}`)
      .join(", ");
    const program = edited ? " (with an edited program)" : "";
    const at = setting ? ` at ${setting}` : "";
    return [`${file}, last run${program}${at}: ${state}. ${said}`];
  });
}
