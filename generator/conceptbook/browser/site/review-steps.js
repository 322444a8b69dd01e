/**
 * The steps of a review on a claim's page: their controls, and what each still lacks.
 * @module
 */

import { make } from "../make.js";
import { SUMMARY_CHARACTERS } from "./review-block.js";

/** @import { Answers, Asked, Stop } from "./review-block.js" */

/**
 * @typedef {object} Step
 * @property {HTMLFieldSetElement} element
 * @property {HTMLElement} heading
 * @property {(answers: Answers) => {words: string, control?: HTMLElement} | null} [fault]
 * @property {(answers: Answers) => void} [follow] brings what is shown into line
 * @property {HTMLElement} [place] what `show` fills
 */

const NOBODY = "-";

let fields = 0;

/** The values of a field and their meaning, as the page has them in words.
 * @param {string} name */
export function words(name) {
  const rows = document.querySelectorAll(`[data-words="${name}"] dd`);
  return [...rows].map((row) => ({
    value: row.querySelector("code")?.textContent ?? "",
    words: row.querySelector("span")?.textContent ?? "",
  }));
}

/** @param {Step} step @param {string} text */
export function show(step, text) {
  if (step.place) step.place.textContent = text;
}

/** @param {Asked} asked @param {number} total @returns {Step} */
export function claimStep(asked, total) {
  const statement = make("p", "review-statement", ...copied("h1.statement"));
  const terms = document.querySelector(".claim-page .claim-terms");
  const by = make("select", "");
  // Nobody is chosen to begin with: a review under another's name would be none.
  if (asked.people.length > 0) by.append(new Option("Choose", NOBODY));
  by.append(...asked.people.map(({ id, name }) => new Option(name, id)));
  by.append(new Option(asked.people.length ? "Somebody who is not listed" : "I write my name", ""));
  const name = input("name", "text", { autocomplete: "name" });
  const date = input("date", "date", {});
  const other = make(
    "div",
    "review-fields",
    labelled("Your name", name),
    labelled("GitHub account (optional)", input("github", "text", { autocomplete: "off" })),
    labelled("ORCID (optional)", input("orcid", "text", { placeholder: "0000-0002-1825-0097" })),
  );
  const element = step(
    1,
    total,
    "The claim, and you",
    statement,
    ...(terms ? [terms.cloneNode(true)] : []),
    make("div", "review-fields", labelled("Who reviews", named(by, "by")), labelled("Day", date)),
    other,
  );
  return {
    ...element,
    follow: () => {
      other.hidden = by.value !== "";
    },
    fault: (answers) => {
      const given = answers.get("name")?.trim() ?? "";
      if (by.value === NOBODY) return { words: "Say who reviews.", control: by };
      if (by.value === "" && !given) return { words: "Your name is missing.", control: name };
      if (by.value === "" && asked.authors.some((author) => same(author, given))) {
        const said = `${given} is an author of this claim, and reviews are by others.`;
        return { words: said, control: name };
      }
      if (!date.value) return { words: "The day of your review is missing.", control: date };
      answers.set("by", by.value);
      return null;
    },
  };
}

/** @param {Stop} stop @param {number} number @param {number} total @returns {Step} */
export function checkStep(stop, number, total) {
  const access = choice(`access ${stop.key}`, "How much of it could you open?", words("access"));
  const finding = choice(`finding ${stop.key}`, "What does it say there?", words("finding"));
  const note = area(`note ${stop.key}`, 2);
  const element = step(
    number,
    total,
    stop.title,
    make("p", "review-stance", `Cited as: ${stop.stance}.`),
    make("div", "review-evidence", ...evidence(stop.at)),
    access,
    finding,
    labelled("Note (optional)", note),
  );
  return {
    ...element,
    follow: (answers) => {
      finding.hidden = answers.get(`access ${stop.key}`) === "none";
    },
    fault: (answers) => {
      const opened = answers.get(`access ${stop.key}`);
      if (!opened) return { words: "Say how much you could open.", control: first(access) };
      if (opened !== "none" && !answers.get(`finding ${stop.key}`)) {
        return { words: "Say what you found there.", control: first(finding) };
      }
      return null;
    },
  };
}

/** @param {{value: string, words: string}[]} conclusions @param {number} total @returns {Step} */
export function conclusionStep(conclusions, total) {
  const place = make("p", "review-proposal");
  const summary = area("summary", 5);
  const interests = input("interests", "text", { value: "none declared" });
  interests.defaultValue = "none declared";
  const element = step(
    total - 1,
    total,
    "What you conclude",
    place,
    choice("conclusion", "Conclusion", conclusions),
    labelled(`What you compared with what (at least ${SUMMARY_CHARACTERS} characters)`, summary),
    labelled("Competing interests", interests),
  );
  return {
    ...element,
    place,
    fault: (answers) => {
      const said = (answers.get("summary") ?? "").split(/\s+/).filter(Boolean).join(" ");
      if (said.length >= SUMMARY_CHARACTERS) return null;
      const lacking = SUMMARY_CHARACTERS - said.length;
      return { words: `The summary lacks ${lacking} more characters.`, control: summary };
    },
  };
}

/** @param {HTMLElement} copy @param {number} total @returns {Step} */
export function lastStep(copy, total) {
  const place = make("pre", "review-block");
  place.tabIndex = 0;
  place.ariaLabel = "The review";
  copy.dataset.do = "copy-review";
  const how = document.querySelector(".review-by-hand ol > li:last-child");
  const next = make("p", "", ...[...(how?.childNodes ?? [])].map((node) => node.cloneNode(true)));
  const after = make(
    "p",
    "note",
    "Commit it under your own name. ",
    make("code", "", "conceptbook check"),
    " then holds it against the rules, and ",
    make("code", "", "conceptbook audit"),
    " counts it.",
  );
  const element = step(total, total, "Copy it", copy, place, next, after);
  return { ...element, place };
}

/** @param {number} number @param {number} total @param {string} title
 * @param {(Node | string)[]} children */
function step(number, total, title, ...children) {
  const heading = make("legend", "", `${number} of ${total}: ${title}`);
  heading.tabIndex = -1;
  return { element: make("fieldset", "review-step", heading, ...children), heading };
}

/** Words of the page, without what has an id. @param {string} selector */
function copied(selector) {
  return [...(document.querySelector(selector)?.cloneNode(true).childNodes ?? [])];
}

/** What the page shows of a piece of evidence, without what other reviewers found there.
 * @param {string} id */
function evidence(id) {
  const shown = document.getElementById(id);
  const parts = shown?.matches("tr")
    ? [...shown.querySelectorAll("th, td:nth-child(3)")].flatMap((cell) => [...cell.childNodes])
    : [...(shown?.childNodes ?? [])];
  return parts.map((part) => {
    const copy = /** @type {HTMLElement} */ (part.cloneNode(true));
    if (copy instanceof Element) {
      for (const element of [copy, ...copy.querySelectorAll("[id]")]) element.removeAttribute("id");
    }
    return copy;
  });
}

/** @param {string} name @param {string} question @param {{value: string, words: string}[]} list */
function choice(name, question, list) {
  const options = list.map(({ value, words: said }) => {
    const radio = input(name, "radio", { value });
    const meaning = make("span", "review-meaning", said);
    return make("label", "review-option", radio, make("span", "", spelt(value)), meaning);
  });
  return make("fieldset", "review-choice", make("legend", "", question), ...options);
}

/** `not-found` → `Not found`. @param {string} value */
function spelt(value) {
  const spaced = value.replaceAll("-", " ");
  return spaced[0].toUpperCase() + spaced.slice(1);
}

/** @param {string} name @param {string} type @param {Partial<HTMLInputElement>} more */
function input(name, type, more) {
  const element = named(make("input", ""), name);
  element.type = type;
  return Object.assign(element, more);
}

/** @param {string} name @param {number} rows */
function area(name, rows) {
  const element = named(make("textarea", ""), name);
  element.rows = rows;
  return element;
}

/** @template {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control
 * @param {Control} control @param {string} name */
function named(control, name) {
  control.name = name;
  control.id = `review-field-${++fields}`;
  return control;
}

/** @param {string} said @param {HTMLElement} control */
function labelled(said, control) {
  const label = make("label", "", said);
  label.htmlFor = control.id;
  return make("div", "review-field", label, control);
}

/** @param {HTMLElement} group */
function first(group) {
  return group.querySelector("input") ?? group;
}

/** @param {string} one @param {string} other */
function same(one, other) {
  return one.localeCompare(other, undefined, { sensitivity: "base" }) === 0;
}
