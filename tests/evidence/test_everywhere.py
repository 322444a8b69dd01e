"""A change under a digest makes exactly the reviews stale that rest on it, wherever one looks:
on the claims' pages, in the site's data, in the terminal, in JSON and in SARIF."""

from __future__ import annotations

import datetime
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from conceptbook.assets import find_theme
from conceptbook.audit import findings
from conceptbook.audit.data import to_json
from conceptbook.audit.human import print_human
from conceptbook.audit.sarif import to_sarif
from conceptbook.author.record import record
from conceptbook.cli import cli
from conceptbook.diagnostics.catalogue.audit import STALE_REVIEW
from conceptbook.evidence import assess
from conceptbook.evidence.coverage import cover
from conceptbook.load import LoadedNotebook
from conceptbook.render import SiteOptions
from conceptbook.render.citation import labels
from conceptbook.render.press import Press
from conceptbook.render.resolver import Shown
from conceptbook.render.site_pages import SitePages
from conceptbook.render.templates import Templates
from conceptbook.render.views.review import PARTS
from conceptbook.render.words import listed
from conceptbook.witness.trial import runner
from rich.console import Console

TODAY = datetime.date(2026, 3, 1)
Stale = dict[str, tuple[str, ...]]
"""Claim → the parts of it that changed since its review."""


@cache
def templates() -> Templates:
    return Templates(find_theme("default", Path()))


def on_pages(notebook: LoadedNotebook) -> Stale:
    site = SiteOptions.of(None, "0123456789abcdef", True)
    shown = Shown(notebook, notebook.concepts, labels(notebook.sources))
    pages = SitePages(Press(shown, assess(notebook), site, templates()), None)
    found = {}
    for claim in notebook.claims.values():
        text = pages.claim(claim).content.decode()
        [said] = re.findall(r'<p class="review-state">(.*?)\.</p>', text)
        stale = re.fullmatch(r"Out of date: (.*) changed since", said)
        assert stale or said == "Current"
        assert bool(stale) == ("review-late" in text), claim.id
        if stale:
            found[claim.id] = _parts(stale[1])
    return found


def _parts(said: str) -> tuple[str, ...]:
    [parts] = [(part,) for part, words in PARTS.items() if listed([words]) == said]
    return parts


def in_data(notebook: LoadedNotebook) -> Stale:
    statuses = assess(notebook)
    coverage = cover(notebook, statuses, TODAY)
    data = json.loads(json.dumps(to_json(coverage, notebook, findings(coverage, notebook))))
    return {
        claim["id"]: tuple(review["changed"])
        for claim in data["claims"]
        for review in claim["reviews"]
        if not review["current"]
    }


def in_terminal(notebook: LoadedNotebook) -> Stale:
    out = io.StringIO()
    coverage = cover(notebook, assess(notebook), TODAY)
    print_human(coverage, notebook, Console(file=out, highlight=False, markup=False, width=80))
    found, claim = {}, ""
    for line in out.getvalue().splitlines():
        if place := re.fullmatch(r"claims/(.*)\.yaml:\d+", line):
            claim = place[1]
        if stale := re.search(r"stale: the review of .*; changed since: (.*)", line):
            found[claim] = tuple(stale[1].split(", "))
    return found


def in_sarif(notebook: LoadedNotebook) -> Stale:
    report = findings(cover(notebook, assess(notebook), TODAY), notebook)
    found = {}
    for result in to_sarif(report, notebook.lines)["runs"][0]["results"]:
        if result["ruleId"] == STALE_REVIEW.code:
            [place] = result["locations"]
            path = place["physicalLocation"]["artifactLocation"]["uri"]
            claim = path.removeprefix("claims/").removesuffix(".yaml")
            first = notebook.claims[claim].places.value("reviews", 0)
            assert place["physicalLocation"]["region"]["startLine"] == first.line
            said = re.search(r"is stale: changed since: ([a-z, ]+)", result["message"]["text"])
            found[claim] = tuple(said[1].split(", "))
    return found


def everywhere(notebook: LoadedNotebook) -> Iterator[tuple[str, Stale]]:
    for look in (on_pages, in_data, in_terminal, in_sarif):
        yield look.__name__, look(notebook)


@pytest.fixture
def pinned(book):
    book.pin_all()
    return book


def test_a_change_is_told_everywhere_and_reverting_restores(pinned, covered):
    before = pinned.load().texts
    pinned.edit(covered.path, covered.old, covered.new)
    expected = dict.fromkeys(covered.dependents, (covered.part,))
    for where, stale in everywhere(pinned.load()):
        assert stale == expected, where
    pinned.restore()
    assert pinned.load().texts == before
    for where, stale in everywhere(pinned.load()):
        assert stale == {}, where


def test_what_is_no_change_is_told_nowhere(pinned, uncovered):
    uncovered(pinned)
    for where, stale in everywhere(pinned.load()):
        assert stale == {}, where


def test_nothing_is_stale_to_begin_with(pinned):
    assert [stale for _, stale in everywhere(pinned.load())] == [{}] * 4


def test_a_run_within_tolerance_recorded_again_costs_no_review(book):
    curve = "content/calculus/midpoint/curves/midpoint.csv"
    book.edit(curve, "0.005208333333333333", "0.00520834")
    book.pin_all()
    notebook = book.load()
    before = (book.root / curve).read_bytes()
    recorded = record(notebook, "calculus/midpoint", run=runner(notebook), accept=True)
    assert recorded.ok and recorded.written == ("content/calculus/midpoint/curves/record.json",)
    assert (book.root / curve).read_bytes() == before
    assert [stale for _, stale in everywhere(book.load())] == [{}] * 4


def test_the_command_says_the_same(pinned):
    pinned.edit("content/calculus/midpoint/concept.yaml", "rtol: 1e-3", "rtol: 1e-4")
    stale = ["calculus/midpoint/falls", "calculus/midpoint/second-order"]
    run = CliRunner().invoke
    said = run(cli, ["-C", str(pinned.root), "audit"]).output
    assert said.count("changed since: witnesses") == len(stale)
    data = json.loads(run(cli, ["-C", str(pinned.root), "audit", "--format", "json"]).output)
    assert sorted(c["id"] for c in data["claims"] if c["review"] == "stale") == stale
    log = json.loads(run(cli, ["-C", str(pinned.root), "audit", "--format", "sarif"]).output)
    rules = [result["ruleId"] for result in log["runs"][0]["results"]]
    assert rules.count(STALE_REVIEW.code) == len(stale)
