"""content.mdx → page.md and its programs; every fault at its place in content.mdx."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ...diagnostics import Diagnostic, Report, Span, did_you_mean
from ...diagnostics.catalogue import imports as rules
from ...load import yaml
from ...load.fields import validate
from ...markup import parse_page
from .links import Links
from .records import FrontMatter
from .words import markdown, outside

SECTIONS = {"Intuition": "Intuition", "Math": "Math", "Code": "Code", "Interactive Demo": "Demo"}
_COMMENT = re.compile(r"\{/\*(.*?)\*/\}", re.DOTALL)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([\w+-]*)")
_HEADING = re.compile(r"##[ \t]+(.*?)[ \t]*#*[ \t]*\Z")
_MODULE = re.compile(r"(?:import|export)\s+[\w{*'\"]")
_BRACE = re.compile(r"(?<!\\)[{}]")


@dataclass(frozen=True)
class Program:
    """A fenced Python block of the Code section; `line` is that of its first statement."""

    code: str
    line: int


@dataclass
class Page:
    """A page as it is to be written."""

    title: str | None = None
    text: str = ""
    programs: list[Program] = field(default_factory=list)
    equations: int = 0
    """Displayed formulas of the Math section; they are named eq-1, eq-2, …"""


def read_page(text: str, path: str, links: Mapping[str, str], report: Report) -> Page:
    """`links` leads from the other notebook's slugs to ids here."""
    source = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = _without_comments(source, path, report).split("\n")
    page = Page()
    first = _front_matter(lines, path, page, report)
    # Links lead to formulas and programs further down: those are counted first.
    counted = _walked(lines, first, _Walk(path, Report(), Page(), Links(links, path, Report())))
    formulas, programs = counted.page.equations, len(counted.page.programs)
    walk = _Walk(path, report, page, Links(links, path, report, formulas, programs))
    _walked(lines, first, walk).end(len(lines))
    page.text = "\n".join(text for _, text in walk.out).strip("\n") + "\n"
    dropped = next((i for i, (_, text) in enumerate(walk.out) if text.strip()), 0)
    numbers = [number for number, _ in walk.out[dropped:]]
    _, faults = parse_page(page.text, path)
    report.extend(_moved(fault, numbers) for fault in faults)
    return page


def _without_comments(text: str, path: str, report: Report) -> str:
    """Blanks in place of MDX comments, so that lines and columns stay."""

    def blank(match: re.Match[str]) -> str:
        if "viz.tsx" not in match[1]:
            before = text[: match.start()]
            line, column = before.count("\n") + 1, match.start() - before.rfind("\n")
            message = "a comment of the page is left out: pages here have none"
            report.add(rules.NOT_CARRIED_OVER.at(Span(path, line, column), message))
        return re.sub(r"[^\n]", " ", match[0])

    return _COMMENT.sub(blank, text)


def _front_matter(lines: list[str], path: str, page: Page, report: Report) -> int:
    """The index of the first line after the front matter."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        message = "the front matter is not closed"
        report.add(rules.FOREIGN_FORM.at(Span(path), message, "end it with a line `---`"))
        return len(lines)
    # An empty line stands for the dashes, so that places are those of the file.
    document, faults = yaml.read("\n".join(["", *lines[1:end], ""]), path)
    report.extend(faults)
    if document and document.data is not None:
        record, faults = validate(FrontMatter, document.data, document.places)
        report.extend(faults)
        page.title = record.title if record else None
    return end + 1


@dataclass
class _Walk:
    """One pass over the lines of a page."""

    path: str
    report: Report
    page: Page
    links: Links
    out: list[tuple[int, str]] = field(default_factory=list)
    """Lines of page.md, each with its number in content.mdx."""
    section: str = ""
    seen: list[str] = field(default_factory=list)
    fence: str = ""
    fenced_at: int = 0
    program: list[str] | None = None
    formula: bool = False

    def take(self, number: int, line: str) -> None:
        if self.fence:
            self._fenced(number, line)
        elif self.formula:
            self._formula(number, line)
        elif match := _FENCE.match(line):
            self._open(number, line, match)
        elif line.lstrip().startswith("$$"):
            self._formula(number, line)
        elif match := _HEADING.fullmatch(line):
            self._heading(number, match[1])
        else:
            self._prose(number, line)

    def end(self, last: int) -> None:
        if self.fence:
            self._fault(self.fenced_at, "this block of code is not closed", f"add {self.fence}")
        if missing := [title for title in SECTIONS if title not in self.seen]:
            words = ", ".join(f"`## {title}`" for title in missing)
            self._fault(last, f"the page lacks {words}", "add it, be it empty")

    def _open(self, number: int, line: str, match: re.Match[str]) -> None:
        self.fence, self.fenced_at = match[1], number
        if self.section == "Code" and match[2].lower() in {"python", "py"}:
            self.program = []
        else:
            self.out.append((number, line))

    def _fenced(self, number: int, line: str) -> None:
        marks = line.strip()
        closes = marks.startswith(self.fence) and not marks.strip(self.fence[0])
        if self.program is None:
            self.out.append((number, line))
        elif not closes:
            self.program.append(line)
        elif any(line.strip() for line in self.program):
            code = "\n".join(self.program).strip("\n") + "\n"
            self.page.programs.append(Program(code, self.fenced_at + 1))
        if closes:
            self.fence, self.program = "", None

    def _formula(self, number: int, line: str) -> None:
        opens, text = not self.formula, line.rstrip()
        body = text.lstrip()[2:] if opens else text
        closes = body.endswith("$$")
        if closes and self.section == "Math":
            self.page.equations += 1
            text = f"{text} (eq-{self.page.equations})"
        self.formula = not closes
        # A blank line would end the formula here.
        if text.strip():
            self.out.append((number, text))

    def _heading(self, number: int, title: str) -> None:
        if title not in SECTIONS:
            hint = did_you_mean(title, SECTIONS) or f"the headings are {', '.join(SECTIONS)}"
            self._fault(number, f'there is no section "{title}" in this format', hint)
        elif title in self.seen:
            self._fault(number, f'the section "{title}" stands twice')
        else:
            self.seen.append(title)
            self.section = SECTIONS[title]
            self.out.append((number, f"## {self.section}"))

    def _prose(self, number: int, line: str) -> None:
        if _MODULE.match(line):
            self._fault(number, "a page has no imports and exports", "take the line away")
        outside(line, lambda words: self._braces(number, line, words))
        if line.strip():
            self.out.append((number, self.links.in_line(number, markdown(line))))
        elif self.out and self.out[-1][1]:
            self.out.append((number, ""))

    def _braces(self, number: int, line: str, words: str) -> str:
        if match := _BRACE.search(words):
            column = line.find(words) + match.start() + 1
            message = "a page has no expressions in braces"
            hint = "write the value, or a backslash before the brace"
            self.report.add(rules.FOREIGN_FORM.at(Span(self.path, number, column), message, hint))
        return words

    def _fault(self, number: int, message: str, *hints: str) -> None:
        self.report.add(rules.FOREIGN_FORM.at(Span(self.path, number), message, *hints))


def _walked(lines: list[str], first: int, walk: _Walk) -> _Walk:
    for number in range(first, len(lines)):
        walk.take(number + 1, lines[number])
    return walk


def _moved(fault: Diagnostic, numbers: list[int]) -> Diagnostic:
    """A fault of page.md at its place in content.mdx."""

    def there(span: Span) -> Span:
        def line(number: int) -> int:
            return numbers[min(number, len(numbers)) - 1] if numbers else number

        return replace(span, line=line(span.line), end_line=line(span.end_line))

    related = tuple((there(span), words) for span, words in fault.related)
    return replace(fault, span=there(fault.span), related=related)
