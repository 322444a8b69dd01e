/**
 * A bar at the foot of the page that counts what is wrong, and a list with place, words and hint.
 * It stands in a shadow root, apart from the theme's rules.
 * @module
 */

const RULES = `
:host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; color-scheme: dark; }
details { background: #1d1b19; color: #f4f1ea; font: 15px/1.45 system-ui, sans-serif;
  border-top: 3px solid #e8b04a; max-height: 60vh; overflow: auto; }
details[data-worst="error"] { border-color: #f2776b; }
summary { padding: .5em 1em; cursor: pointer; font-weight: 600; position: sticky; top: 0;
  background: inherit; }
ol { margin: 0; padding: 0 1em .75em; list-style: none; }
li { padding: .6em 0; border-top: 1px solid #45413b; }
p { margin: 0 0 .2em; }
a { color: #9cc7ff; }
.error { color: #ff9d93; } .warning { color: #f0c46f; } .note { color: #9cd4d8; }
pre { margin: .3em 0; padding: .3em .6em; background: #000; overflow-x: auto;
  font: 13px/1.4 ui-monospace, Menlo, Consolas, monospace; }
`;

/** @type {ShadowRoot | null} */
let root = null;

/** @param {object[]} diagnostics as the server sends them; none takes the bar away */
export function show(diagnostics) {
  root?.host.remove();
  root = null;
  if (diagnostics.length === 0) return;
  const host = document.createElement("conceptbook-faults");
  // Through the moves of a visit.
  host.setAttribute("data-stays", "");
  root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  root.adoptedStyleSheets = [sheet];
  const worst = diagnostics.some(({ severity }) => severity === "error") ? "error" : "warning";
  const bar = make("details", {}, [
    make("summary", {}, [counted(diagnostics)]),
    make("ol", {}, diagnostics.map(entry)),
  ]);
  bar.dataset.worst = worst;
  bar.open = worst === "error";
  root.append(bar);
  document.body.append(host);
}

function entry({ severity, code, name, place, message, excerpt, hints, editor, page }) {
  const where = editor ? make("a", { href: editor }, [place]) : make("code", {}, [place]);
  return make("li", {}, [
    make("p", {}, [
      make("strong", { className: severity }, [code ? `${severity} ${code} ` : `${severity} `]),
      place ? where : "",
      name ? ` ${name}` : "",
    ]),
    make("p", {}, [message]),
    ...(excerpt ? [make("pre", {}, [excerpt])] : []),
    ...hints.map((hint) => make("p", {}, [`hint: ${hint}`])),
  ]);
}

function counted(diagnostics) {
  const words = ["error", "warning", "note"].map((kind) => {
    const count = diagnostics.filter(({ severity }) => severity === kind).length;
    return count === 0 ? "" : `${count} ${kind}${count === 1 ? "" : "s"}`;
  });
  const stale = diagnostics.some(({ severity }) => severity === "error");
  const said = words.filter(Boolean).join(", ");
  return stale ? `${said}: this page is of the last notebook without errors` : said;
}

function make(tag, properties, children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
