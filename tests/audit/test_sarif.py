"""SARIF: valid, exact, stable and within GitHub's limits."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from conceptbook.audit import sarif
from conceptbook.audit.sarif import FINGERPRINT, to_sarif
from conceptbook.diagnostics import Report, Severity, Span
from conceptbook.diagnostics.catalogue import RULES
from conceptbook.diagnostics.catalogue import audit as rules
from jsonschema import Draft7Validator

SCHEMA = json.loads(
    (Path(__file__).parent / "vendored" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")
)
TEXT = ["statement: A 𝒜 statement.", "kind: empirical", "kind: empirical"]


def lines(path):
    return TEXT if path == "claims/a b.yaml" else []


def log_of(*diagnostics, **options):
    log = json.loads(json.dumps(to_sarif(Report(list(diagnostics)), lines, **options)))
    errors = [
        f"{list(error.path)}: {error.message}" for error in Draft7Validator(SCHEMA).iter_errors(log)
    ]
    assert errors == []
    return log["runs"][0]


def at(line=1, column=1, rule=rules.NO_SOURCE, message="no source", **more):
    return rule.at(Span("claims/a b.yaml", line, column, line, column + 4), message, **more)


def test_every_rule_makes_a_valid_log():
    run = log_of(*(rule.at(Span("notebook.yaml"), "a message") for rule in RULES.values()))
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(RULES)
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert result["level"] == RULES[result["ruleId"]].severity.value


def test_an_empty_report_is_a_run_without_results():
    assert log_of()["results"] == []


def test_the_region_is_exact_in_utf16_units_and_the_path_is_an_address():
    run = log_of(at(1, 16))
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "claims/a%20b.yaml"},
        "region": {"startLine": 1, "startColumn": 17, "endLine": 1, "endColumn": 21},
    }


def test_paths_begin_at_the_repositorys_root():
    run = log_of(at(), prefix="docs/notebook/")
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "docs/notebook/claims/a%20b.yaml"


def test_hints_and_related_places_go_along():
    run = log_of(
        rules.NO_SOURCE.at(
            Span("a"), "no source", "add one", related=[(Span("b", 3), "the notice")]
        )
    )
    result = run["results"][0]
    assert result["message"]["text"] == "no source. add one"
    assert result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 3


def fingerprints(run):
    return [result["partialFingerprints"][FINGERPRINT] for result in run["results"]]


def test_fingerprints_stay_when_lines_move_and_tell_equal_lines_apart(monkeypatch):
    before = fingerprints(log_of(at(2), at(3)))
    monkeypatch.setitem(globals(), "TEXT", ["# a comment", *TEXT])
    assert fingerprints(log_of(at(3), at(4))) == before
    assert len(set(before)) == 2


def test_another_message_is_another_finding():
    assert len(set(fingerprints(log_of(at(), at(message="other"))))) == 2


@pytest.mark.parametrize("extra", [0, 1, 7])
def test_no_more_results_than_github_keeps_and_what_was_cut_is_said(extra, monkeypatch):
    assert sarif.MAX_RESULTS == 5_000
    monkeypatch.setattr(sarif, "MAX_RESULTS", 20)
    notes = [at(number + 1) for number in range(20 + extra - 1)]
    grave = at(9_999, rule=rules.COLLAPSED_CLAIM, severity=Severity.ERROR)
    run = log_of(*notes, grave)
    assert len(run["results"]) == 20
    assert any(result["ruleId"] == "CB713" for result in run["results"])
    said = run.get("invocations", [{}])[0].get("toolExecutionNotifications", [])
    if extra:
        assert f"{extra} results" in said[0]["message"]["text"]
        assert f"CB701: {extra}" in said[0]["message"]["text"]
    else:
        assert said == []


def units(text):
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize("letter", ["a", "𝒜"])
def test_texts_are_no_longer_than_github_takes(letter):
    long = rules.NO_SOURCE.at(
        Span("a"), letter * 3_000, "a hint", related=[(Span("b", 3), letter * 3_000)]
    )
    [result] = log_of(long)["results"]
    for text in (result["message"]["text"], result["relatedLocations"][0]["message"]["text"]):
        assert 1_022 <= units(text) <= 1_024 and text.endswith(letter + "…")
    short = log_of(rules.NO_SOURCE.at(Span("a"), letter * 500))["results"][0]
    assert short["message"]["text"] == letter * 500


def test_every_rule_is_within_githubs_limits():
    for rule in log_of(*(rule.at(Span("a"), "x") for rule in RULES.values()))["tool"]["driver"][
        "rules"
    ]:
        assert len(rule["name"]) <= 255
        for name in ("shortDescription", "fullDescription"):
            assert 0 < units(rule[name]["text"]) < 1_024, "a description is not cut"


def test_a_full_log_is_far_below_ten_megabytes():
    every = [at(n, message=f"{n} {'words of a message ' * 50}") for n in range(1, 5_101)]
    run = to_sarif(Report(every), lines)
    assert len(run["runs"][0]["results"]) == 5_000
    assert len(gzip.compress(json.dumps(run).encode())) < 10_000_000
