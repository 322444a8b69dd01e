/**
 * The editor of a listing: CodeMirror in a shadow root, where its styles obey the page's policy;
 * its colours are the theme's. Tab indents; after Escape it leaves the field.
 * @module
 */

import { make } from "../make.js";
import {
  Decoration,
  EditorState,
  EditorView,
  HighlightStyle,
  StateEffect,
  StateField,
  bracketMatching,
  defaultKeymap,
  drawSelection,
  highlightSpecialChars,
  history,
  historyKeymap,
  indentLess,
  indentMore,
  indentUnit,
  keymap,
  lineNumbers,
  python,
  syntaxHighlighting,
  tags,
} from "../vendor/codemirror.js";

/**
 * What a listing needs of an editor, so that another can take this one's place.
 * @typedef {object} Editor
 * @property {HTMLElement & {value: string}} element
 * @property {(line: number | null) => void} mark  a line at fault, from 1
 * @property {() => void} focus
 */

const THEME = EditorView.theme({
  "&": {
    maxHeight: "36rem",
    color: "var(--code-ink)",
    backgroundColor: "var(--surface)",
    fontSize: "0.8125rem",
  },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto" },
  ".cm-content": { padding: "1rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 1.1rem 0 0.6rem" },
  ".cm-gutters": { color: "var(--ink-soft)", backgroundColor: "var(--surface)", border: "0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "color-mix(in srgb, var(--accent) 24%, transparent)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--sunken)" },
  ".cm-fault": { backgroundColor: "var(--status-bad-soft)" },
});

const COLOURS = HighlightStyle.define([
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--code-keyword)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  {
    tag: [tags.function(tags.definition(tags.variableName)), tags.className],
    color: "var(--code-name)",
  },
]);

/** The line at fault, from 1; an edit takes the mark away. */
const setFault = StateEffect.define();
const fault = StateField.define({
  create: () => Decoration.none,
  update(marks, { docChanged, effects, state }) {
    for (const effect of effects) if (effect.is(setFault)) return marked(state, effect.value);
    return docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** @param {any} state @param {number | null} line */
function marked(state, line) {
  if (line === null || line > state.doc.lines) return Decoration.none;
  const start = state.doc.line(line).from;
  return Decoration.set([Decoration.line({ class: "cm-fault" }).range(start)]);
}

/**
 * @param {string} text
 * @param {{label: string, onInput: () => void, onRun: () => void}} options
 * @returns {Editor}
 */
export function createEditor(text, { label, onInput, onRun }) {
  const element = make("div", "editor");
  const root = element.attachShadow({ mode: "open" });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({ doc: text, extensions: extensions(label, onInput, onRun) }),
  });
  // To others it is a field: it has a value.
  Object.defineProperty(element, "value", {
    get: () => view.state.doc.toString(),
    set: (value) =>
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } }),
  });
  return {
    element,
    mark(line) {
      const effects = [setFault.of(line)];
      if (line !== null && line <= view.state.doc.lines) {
        const { from } = view.state.doc.line(line);
        effects.push(EditorView.scrollIntoView(from, { y: "nearest" }));
      }
      view.dispatch({ effects });
    },
    focus() {
      view.dispatch({ selection: { anchor: 0 } });
      view.focus();
    },
  };
}

/** @param {string} label @param {() => void} onInput @param {() => void} onRun */
function extensions(label, onInput, onRun) {
  const run = () => {
    onRun();
    return true;
  };
  return [
    lineNumbers(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    bracketMatching(),
    indentUnit.of("    "),
    python(),
    syntaxHighlighting(COLOURS),
    THEME,
    fault,
    keymap.of([
      { key: "Mod-Enter", run },
      { key: "Tab", run: indentMore, shift: indentLess },
      ...historyKeymap,
      ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter"),
    ]),
    EditorView.contentAttributes.of({
      class: "editor-text",
      tabindex: "0",
      "aria-label":
        `${label}, editable. Tab indents; press Escape, then Tab, to leave. ` +
        "Control or Command with Enter runs it.",
    }),
    EditorView.updateListener.of(({ docChanged }) => {
      if (docChanged) onInput();
    }),
  ];
}
