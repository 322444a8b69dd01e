/**
 * Research room: a drawer on one object of the page. What stands in it is the page's own; what
 * the reader writes stays in this browser.
 * @module
 */

import { button, make } from "../make.js";
import { copyButton, hand } from "./clipboard.js";
import { handoff, runs } from "./handoff.js";
import { fillSelect } from "./objects.js";
import { forget, keep, recall } from "./storage.js";

/** @import { Objects, PageObject } from "./objects.js" */

/** @typedef {{question: string, note: string, next: string}} Draft */
/** @typedef {Record<string, Draft>} Drafts  by key */

/** @type {(keyof Draft)[]} */
const FIELDS = ["question", "note", "next"];
const LABELS = { question: "Your question", note: "Notes", next: "Next step" };

export class ResearchRoom {
  #objects;
  /** @type {PageObject} */
  #object;
  #dialog = make("dialog", "room");
  #select = make("select", "room-select");
  #shown = make("div", "room-object");
  #questions = make("div", "room-part");
  #evidence = make("div", "room-part");
  #resolved = make("div", "room-part");
  #prompt = make("pre", "room-prompt");
  #saved = make("p", "room-saved");
  #source = make("a", "button");
  /** @type {Record<keyof Draft, HTMLTextAreaElement>} */
  #fields;

  /** @param {Objects} objects */
  constructor(objects) {
    this.#objects = objects;
    this.#object = objects.published[0];
    this.#fields = { question: area(2), note: area(4), next: area(2) };
    this.#build();
    document.body.append(this.#dialog);
  }

  /** @param {string} key */
  open(key) {
    fillSelect(this.#objects.all, this.#select);
    this.#select.value = key;
    this.#show();
    this.#dialog.showModal();
    this.#dialog.scrollTop = 0;
  }

  #build() {
    const title = make("h2", "", "Research room");
    title.id = "room-title";
    this.#dialog.setAttribute("aria-labelledby", title.id);
    const close = button("Close", () => this.#dialog.close(), "button-quiet");
    close.dataset.do = "close";
    const label = make("label", "room-label", "Object", this.#select);
    this.#select.addEventListener("change", () => this.#show());
    this.#source.textContent = "Go to it on the page";
    this.#source.dataset.do = "source";
    this.#source.addEventListener("click", () => this.#dialog.close());
    this.#dialog.append(
      make("header", "room-head", title, close),
      label,
      this.#shown,
      make("p", "object-actions", this.#source),
      this.#questions,
      this.#field("question"),
      this.#evidence,
      this.#resolved,
      this.#draft(),
      this.#handoff(),
    );
    this.#dialog.addEventListener("click", ({ target }) => {
      if (target === this.#dialog) this.#dialog.close(); // its backdrop
    });
  }

  #draft() {
    const out = button("Export as Markdown", () => this.#export(), "button-quiet");
    const clear = button("Clear", () => this.#clear(), "button-quiet");
    out.dataset.do = "export";
    clear.dataset.do = "clear";
    this.#saved.setAttribute("role", "status");
    return make(
      "section",
      "room-part",
      make("h3", "", "Your draft"),
      this.#field("note"),
      this.#field("next"),
      this.#saved,
      make("p", "object-actions", out, clear),
    );
  }

  #handoff() {
    this.#prompt.tabIndex = 0;
    this.#prompt.ariaLabel = "Prompt";
    const copy = copyButton("Copy the prompt", () => this.#prompt.textContent ?? "");
    copy.dataset.do = "copy-prompt";
    const fold = make(
      "details",
      "room-part",
      make("summary", "", "Hand over to an AI"),
      this.#prompt,
      copy,
    );
    fold.dataset.handoff = "";
    return fold;
  }

  /** @param {keyof Draft} name */
  #field(name) {
    const field = this.#fields[name];
    field.dataset.draft = name;
    field.addEventListener("input", () => this.#save());
    return make("label", "room-label", LABELS[name], field);
  }

  get #name() {
    return `drafts:${this.#objects.concept}`;
  }

  /** @returns {Drafts} */
  get #drafts() {
    return recall(this.#name) ?? {};
  }

  #show() {
    this.#object = this.#objects.find(this.#select.value) ?? this.#objects.published[0];
    this.#dialog.dataset.objectKey = this.#object.key;
    this.#source.href = `#${this.#object.anchor}`;
    this.#shown.replaceChildren(...shown(this.#object));
    const draft = this.#drafts[this.#object.key];
    for (const name of FIELDS) this.#fields[name].value = draft?.[name] ?? "";
    this.#say(
      draft ? "Saved in this browser only." : "Nothing written yet; drafts stay in this browser.",
    );
    this.#showQuestions();
    this.#write();
  }

  get #asked() {
    const key = CSS.escape(this.#object.key);
    return [...document.querySelectorAll(`[data-question="${key}"]`)];
  }

  #showQuestions() {
    const asked = this.#asked;
    const texts = asked.map((question) => question.querySelector(".question-text"));
    fill(this.#questions, "Open question", copies(texts));
    const evidence = asked.flatMap((question) => [
      ...question.querySelectorAll("[data-evidence] > li"),
    ]);
    const related = (this.#object.related ?? []).flatMap((key) => this.#link(key));
    const run = this.#object.witness ? runs(this.#objects, this.#object) : [];
    const items = [
      ...copies(evidence),
      ...related,
      ...run.map((words) => make("li", "", words)),
      ...evidenceOf(this.#object),
    ];
    fill(this.#evidence, "Evidence to inspect", items.length > 0 ? [make("ul", "", ...items)] : []);
    const wanted = asked.flatMap((question) => [
      ...question.querySelectorAll("[data-resolved] > li"),
    ]);
    const needs = this.#object.needs ? [make("li", "", this.#object.needs)] : [];
    const all = [...copies(wanted), ...needs];
    fill(this.#resolved, "What would resolve it", all.length > 0 ? [make("ul", "", ...all)] : []);
    for (const link of this.#dialog.querySelectorAll("a")) {
      link.addEventListener("click", () => this.#dialog.close());
    }
  }

  /** @param {string} key @returns {HTMLElement[]} */
  #link(key) {
    const object = this.#objects.find(key);
    if (object === null) return [];
    const link = make("a", "", object.title);
    link.href = `#${object.anchor}`;
    return [make("li", "", `${object.kind}: `, link)];
  }

  #save() {
    const drafts = this.#drafts;
    /** @type {Draft} */
    const draft = { question: "", note: "", next: "" };
    for (const name of FIELDS) draft[name] = this.#fields[name].value;
    if (FIELDS.some((name) => draft[name] !== "")) drafts[this.#object.key] = draft;
    else delete drafts[this.#object.key];
    keep(this.#name, drafts);
    this.#say("Saved in this browser only.");
    this.#write();
  }

  #clear() {
    const drafts = this.#drafts;
    delete drafts[this.#object.key];
    if (Object.keys(drafts).length > 0) keep(this.#name, drafts);
    else forget(this.#name);
    for (const name of FIELDS) this.#fields[name].value = "";
    this.#say("Cleared.");
    this.#write();
  }

  #export() {
    const parts = Object.entries(this.#drafts).map(([key, draft]) => {
      const written = FIELDS.filter((name) => draft[name]);
      const sections = written.map((name) => `## ${LABELS[name]}\n\n${draft[name]}\n`);
      return `# ${this.#objects.find(key)?.title ?? key}\n\n\`${key}\`\n\n${sections.join("\n")}`;
    });
    const name = `${this.#objects.concept.replaceAll("/", "-")}-drafts.md`;
    hand(name, new Blob([parts.join("\n")], { type: "text/markdown" }));
  }

  /** The prompt, of what now stands in the room. */
  #write() {
    const own = this.#fields.question.value.trim();
    const words = (/** @type {HTMLElement} */ part, /** @type {string} */ of) =>
      [...part.querySelectorAll(of)].map((item) => tidy(item.textContent));
    this.#prompt.textContent = handoff(this.#objects, this.#object, {
      questions: [...words(this.#questions, ".question-text"), ...(own ? [own] : [])],
      evidence: this.#asked.flatMap((asked) =>
        words(/** @type {HTMLElement} */ (asked), "[data-evidence] > li"),
      ),
      resolved: words(this.#resolved, "li"),
      note: this.#fields.note.value.trim(),
    });
  }

  /** @param {string} words */
  #say(words) {
    this.#saved.textContent = words;
  }
}

/** The object itself, as the page shows it. @param {PageObject} object @returns {Node[]} */
function shown(object) {
  const place = document.getElementById(object.anchor.split("?")[0]);
  const parts = {
    Concept: place?.querySelector(".summary"),
    Claim: place?.querySelectorAll(".claim-head .badge, .claim-statement, .claim-terms"),
    Equation: place?.querySelector("math"),
    Source: place?.querySelectorAll(".source-reference, .source-note, .source-links"),
    Misconception: place?.querySelector(".misconception"),
  };
  const found = parts[/** @type {keyof typeof parts} */ (object.kind)];
  const elements = found instanceof Element ? [found] : [...(found ?? [])];
  const own = object.kind === "Claim" || object.kind === "Misconception";
  const head = make("p", "room-key", make("code", "", object.key));
  return [...(own ? [] : [make("h3", "", object.title)]), ...copies(elements), head];
}

/** As the page shows it; in words where the page leaves it to the claim's own.
 * @param {PageObject} object */
function evidenceOf({ kind, anchor, evidence = [] }) {
  if (kind !== "Claim") return [];
  const shown = document.getElementById(anchor)?.querySelectorAll(".evidence > li") ?? [];
  return shown.length > 0 ? copies([...shown]) : evidence.map((line) => make("li", "", line));
}

/** Copies that repeat no id. @param {(Element | null)[]} elements @returns {Element[]} */
function copies(elements) {
  return elements.flatMap((element) => {
    if (element === null) return [];
    const copy = /** @type {Element} */ (element.cloneNode(true));
    for (const part of [copy, ...copy.querySelectorAll("[id]")]) part.removeAttribute("id");
    return [copy];
  });
}

/** @param {HTMLElement} part @param {string} title @param {Node[]} content */
function fill(part, title, content) {
  part.hidden = content.length === 0;
  part.replaceChildren(make("h3", "", title), ...content);
}

/** @param {number} rows */
function area(rows) {
  const field = make("textarea", "room-field");
  field.rows = rows;
  return field;
}

/** @param {string | null} text */
function tidy(text) {
  return (text ?? "").replaceAll(/\s+/g, " ").trim();
}
