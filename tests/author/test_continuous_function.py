"""A notebook of the other format comes over whole, or says at which place it cannot."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from conceptbook.author.continuous_function import plan
from conceptbook.author.continuous_function.page import read_page
from conceptbook.author.continuous_function.records import (
    Badge,
    ClaimCheck,
    Concept,
    Domain,
    FrontMatter,
    Work,
)
from conceptbook.author.continuous_function.works import _names
from conceptbook.author.new import NotMade
from conceptbook.check import check
from conceptbook.diagnostics import Report, Severity
from conceptbook.evidence import assess
from conceptbook.load import load
from conceptbook.render.views.standing import UNPINNED, sentences

THEIRS = Path(__file__).parent / "their-notebook"
SETTINGS = "conceptbook: 1\ntitle: T\ndomains: [{id: a, title: A}]\n"
DOMAINS = "content/domains"
PENDULUM = f"{DOMAINS}/oscillation/concepts/pendulum"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "ours"
    root.mkdir()
    # A list in brackets cannot be added to.
    (root / "notebook.yaml").write_text(
        SETTINGS.replace("[{id: a, title: A}]", "\n  - id: a\n    title: A")
    )
    return root


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(THEIRS, tmp_path / "theirs"))


@pytest.fixture
def imported(root: Path):
    """The notebook after the import of the fixture."""
    made = plan(book(root), THEIRS)
    assert made.ok, shown(made)
    made.write(root)
    return book(root)


def book(root: Path):
    notebook, report = load(root)
    assert notebook is not None and report.ok, [d.message for d in report]
    return notebook


def shown(made) -> list[str]:
    return [f"{d.rule.code} {d.span}: {d.message}" for d in (*made.report, *made.faults)]


def errors(made) -> list[str]:
    found = [d for d in made.report if d.severity is Severity.ERROR]
    return [f"{d.rule.code} {d.span}" for d in found]


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text()
    assert text.count(old) >= 1, f"{name} has no {old!r}"
    path.write_text(text.replace(old, new, 1))


def choices(annotation: Any) -> set[str]:
    """The words of every Literal in a type."""
    if get_origin(annotation) is Literal:
        return {word for word in get_args(annotation) if isinstance(word, str)}
    return {word for inner in get_args(annotation) for word in choices(inner)}


@pytest.mark.parametrize("record", [Domain, Concept, Work, ClaimCheck, Badge, FrontMatter])
def test_the_fixture_has_every_key_and_value_of_the_format(record) -> None:
    written = "\n".join(path.read_text() for path in THEIRS.rglob("*.[ym][ad]*"))
    for name, field in record.model_fields.items():
        assert re.search(rf"^[ -]*{name}:", written, re.MULTILINE), name
        for word in choices(field.annotation):
            assert re.search(rf"{name}: {word}$", written, re.MULTILINE), f"{name}: {word}"
    for reference in ("#source-span-", "#math-object-", "#code-witness-", "#interactive-demo"):
        assert reference in written


def test_it_comes_over_without_an_error(imported) -> None:
    report = Report(list(check(imported)))
    assert report.ok, [f"{d.span}: {d.message}" for d in report]
    assert list(imported.concepts) == [
        "oscillation/damping", "oscillation/pendulum", "oscillation/resonance",
        "oscillation/small-angles", "training/momentum",
    ]  # fmt: skip
    domains = imported.settings.domains
    assert [(d.id, d.title) for d in domains][1:] == [
        ("oscillation", "Oscillation"), ("training", "Training"),
    ]  # fmt: skip


def test_a_concept_in_our_words(imported) -> None:
    facts = {
        name.partition("/")[2]: (c.record.status, c.record.importance, c.record.math)
        for name, c in imported.concepts.items()
    }
    assert facts == {
        "pendulum": ("in-review", "essential", "school"),
        "damping": ("in-review", "important", "undergraduate"),
        "resonance": ("in-review", "supplementary", "graduate"),
        "momentum": ("in-review", "supplementary", "research"),
        "small-angles": ("draft", "supplementary", "none"),
    }
    record = imported.concepts["oscillation/pendulum"].record
    assert record.tags == ("period", "first-examples")
    assert record.leads_to == ("oscillation/damping",)
    assert record.claims == ("period-needs-length-alone", "gravity-shortens")
    assert (str(record.created), str(record.updated)) == ("2026-01-02", "2026-02-03")
    assert record.authors[0].name == "Ada Lovell" and record.authors[0].kind == "human"
    # Who reviews there is a tool, and is one as an author too.
    assert imported.concepts["oscillation/resonance"].record.authors[0].kind == "ai"
    assert imported.concepts["oscillation/damping"].record.sources == (
        "huygens-clocks",
        "lab-manual",
    )


def test_badges_are_reviews_by_tools_and_never_current(imported) -> None:
    reviews = {name: c.record.reviews for name, c in imported.claims.items() if c.record.reviews}
    assert {name.rpartition("/")[2]: r[0].conclusion for name, r in reviews.items()} == {
        "envelope-is-exponential": "inconclusive",
        "gravity-shortens": "supported",
        "period-needs-length-alone": "supported-with-caveats",
        "momentum-overshoots": "inconclusive",
    }
    for review in (review for found in reviews.values() for review in found):
        assert review.by.kind == "ai" and review.by.tool.version == "version not stated"
        assert review.digest is None
        assert {c.access for c in review.checks} <= {"secondary", "none"}
    standing = assess(imported)
    badges = {status.badge for status in standing.values()}
    assert "stale" in badges and not badges & {"reviewed", "under-review"}
    shortens = "oscillation/pendulum/gravity-shortens"
    said = list(sentences(imported.claims[shortens], standing[shortens]))
    assert said[-1] == UNPINNED


def test_a_badge_by_the_author_of_the_concept_stays_behind(root: Path, theirs: Path) -> None:
    change(theirs, f"{PENDULUM}/concept.yaml", "author: Ada Lovell", "author: Checker-Bot")
    made = plan(book(root), theirs)
    assert made.ok, shown(made)
    assert any('"gravity-shortens" is by checker-bot' in each for each in shown(made))
    assert "reviews:" not in made.files["claims/oscillation/pendulum/gravity-shortens.yaml"]
    assert "kind: ai" in made.files["content/oscillation/pendulum/concept.yaml"]


def test_a_program_that_needs_torch_is_shown_and_not_run(imported) -> None:
    [torch] = imported.concepts["training/momentum"].witnesses.values()
    assert torch.code.startswith("import torch\n") and not torch.runs
    assert torch.record.not_runnable == "It cannot run here: a witness may not import torch."
    [plain] = imported.concepts["oscillation/pendulum"].witnesses.values()
    assert plain.runs and plain.record.plots == ()


def test_one_work_stands_once_whatever_its_keys_were(imported) -> None:
    assert list(imported.sources) == [
        "huygens-clocks", "okoro-2020", "lab-manual", "clocks-survey", "course-oscillations",
        "handbook",
    ]  # fmt: skip
    survey = imported.sources["clocks-survey"].record
    assert survey.DOI == "10.5555/clocks.2011.4" and survey.issued.year == 2011
    assert imported.sources["okoro-2020"].record.archive_location == "2001.01234"
    claim = imported.claims["training/momentum/momentum-overshoots"].record
    assert [entry.source for entry in claim.evidence] == ["okoro-2020"]


def test_the_page_keeps_its_words_and_gains_our_links(imported) -> None:
    page = imported.concepts["oscillation/pendulum"].page
    assert [section.id for section in page.sections] == ["intuition", "math", "code", "demo"]
    assert list(page.equations) == ["eq-1", "eq-2"]
    assert "ask \\@beat, or run `@timed`" in page.text and "```" not in page.text
    assert "[loses its swing](concept:oscillation/damping)" in page.text
    assert "an older page and [the formula](equation:eq-1)" in page.text
    assert "a word to ourselves" not in page.text and page.citations == ()


def test_the_first_note_on_a_work_is_kept(root: Path, theirs: Path) -> None:
    note = "    note: Ties the period of a small swing to the length of the string.\n"
    damping = f"{DOMAINS}/oscillation/concepts/damping/concept.yaml"
    change(theirs, damping, "    note: Mentions that clocks lose their swing.\n", "")
    made = plan(book(root), theirs)
    assert made.ok and note.strip()[6:] in made.files["claims/sources.yaml"], shown(made)


def test_what_was_left_behind_is_told_with_its_place(root: Path) -> None:
    told = {f"{d.rule.code} {d.span}" for d in plan(book(root), THEIRS).report}
    for place in (
        f"CB801 {PENDULUM}/viz.tsx:1:1",
        f"CB801 {PENDULUM}/content.mdx:10:1",
        f"CB803 {PENDULUM}/content.mdx:13:1",
        f"CB801 {PENDULUM}/concept.yaml:9:21",
        f"CB801 {PENDULUM}/concept.yaml:38:85",
        f"CB802 {PENDULUM}/concept.yaml:40:7",
        f"CB801 {DOMAINS}/oscillation/_domain.yaml:5:1",
        f"CB803 {DOMAINS}/oscillation/concepts/damping/concept.yaml:10:11",
        f"CB801 {DOMAINS}/oscillation/concepts/damping/concept.yaml:53:7",
    ):
        assert place in told


FAULTS = [
    ("concept.yaml", "tags:", "tagz:", "CB201", 11, 'did you mean "tags"?'),
    ("concept.yaml", "status: published", "status: archived", "CB204", 6, None),
    ("concept.yaml", "importance: critical", "importance: vital", "CB204", 7, None),
    ("concept.yaml", "difficulty: 1", "difficulty: 9", "CB204", 5, None),
    ("concept.yaml", "difficulty: 1", "difficulty: easy", "CB203", 5, None),
    ("concept.yaml", "math_level: highschool", "math_level: schooling", "CB204", 15, None),
    ("concept.yaml", "kind: book", "kind: boook", "CB204", 18, 'did you mean "book"?'),
    ("concept.yaml", "year: 1673", "year: long ago", "CB203", 21, None),
    ("concept.yaml", "state: substantive-reviewed", "state: reviewed", "CB204", 40, None),
    ("concept.yaml", "status: source-checked", "status: checked", "CB204", 33, None),
    ("concept.yaml", "reviewed_at: 2026-03-04", "reviewed_at: March", "CB204", 41, None),
    ("concept.yaml", '"#code-witness-1"', '"#code-1"', "CB204", 38, None),
    ("concept.yaml", "source_ids: [huygens-1673]", "source_ids: [huygens]", "CB303", 35, "huygens"),
    ("concept.yaml", "domain: oscillation", "domain: swinging", "CB804", 3, "rename"),
    ("concept.yaml", "updated: 2026-02-03", "updated: 2025-02-03", "CB206", 58, None),
    ("concept.yaml", "      reviewer: checker-bot\n", "", None, 0, None),
    ("content.mdx", 'title: "The pendulum"', 'titel: "The pendulum"', "CB201", 2, "title"),
    ("content.mdx", "## Interactive Demo", "## Live Demo", "CB804", 41, "Interactive Demo"),
    ("content.mdx", "## Math", "## Code", "CB804", 28, None),
    ("content.mdx", "Heavier", "<Chart />", "CB408", 7, None),
    ("content.mdx", "Heavier", "{heavier}", "CB804", 7, "backslash"),
    ("content.mdx", "Heavier", "x\nimport Chart from './chart'", "CB804", 8, None),
    ("content.mdx", r"\sqrt{\frac", r"\notacommand{\frac", "CB402", 20, None),
    ("content.mdx", "assert abs", "assert abs)", "CB501", 38, None),
]


@pytest.mark.parametrize(("file", "old", "new", "code", "line", "hint"), FAULTS)
def test_a_fault_has_its_place_code_and_hint(
    root, theirs, file, old, new, code, line, hint
) -> None:
    change(theirs, f"{PENDULUM}/{file}", old, new)
    made = plan(book(root), theirs)
    if code is None:
        assert made.ok, shown(made)
        return
    found = [d for d in made.report if d.severity is Severity.ERROR]
    places = [(d.rule.code, d.span.path, d.span.line) for d in found]
    assert (code, f"{PENDULUM}/{file}", line) in places, shown(made)
    [fault] = [d for d in found if (d.rule.code, d.span.line) == (code, line)][:1]
    assert hint is None or hint in " ".join(fault.hints), fault


def test_all_faults_are_told_at_once(root: Path, theirs: Path) -> None:
    change(theirs, f"{PENDULUM}/concept.yaml", "tags:", "tagz:")
    change(theirs, f"{PENDULUM}/concept.yaml", "importance: critical", "importance: vital")
    damping = f"{DOMAINS}/oscillation/concepts/damping"
    change(theirs, f"{damping}/concept.yaml", "kind: paper", "kind: scroll")
    change(theirs, f"{DOMAINS}/oscillation/concepts/resonance/content.mdx", "## Math", "## Maths")
    change(theirs, f"{DOMAINS}/training/_domain.yaml", "order: 2", "rank: 2")
    made = plan(book(root), theirs)
    assert not made.ok and {each.split()[0] for each in errors(made)} == {"CB201", "CB204", "CB804"}
    assert len({each.split()[1].split(":")[0] for each in errors(made)}) == 4


def test_a_fault_of_what_would_be_written_names_its_origin(root: Path, theirs: Path) -> None:
    change(theirs, f"{PENDULUM}/concept.yaml", "prerequisites: []", "prerequisites: [pendulum]")
    made = plan(book(root), theirs)
    [fault] = [d for d in made.faults if d.severity is Severity.ERROR]
    assert fault.rule.code == "CB305"
    assert str(fault.related[-1][0]) == f"{PENDULUM}/concept.yaml:1:1"


def test_two_concepts_with_one_slug(root: Path, theirs: Path) -> None:
    change(
        theirs,
        f"{DOMAINS}/training/concepts/momentum/concept.yaml",
        "slug: momentum",
        "slug: damping",
    )
    assert any(each.startswith("CB306") for each in errors(plan(book(root), theirs)))


def test_a_concept_is_found_by_slug_id_and_folder(root: Path, theirs: Path) -> None:
    change(theirs, f"{PENDULUM}/concept.yaml", "slug: pendulum", "slug: simple-pendulum")
    change(theirs, f"{PENDULUM}/concept.yaml", "id: pendulum", "id: pendulum-swing")
    damping = f"{DOMAINS}/oscillation/concepts/damping/concept.yaml"
    names = "[pendulum, pendulum-swing, simple-pendulum]"
    change(theirs, damping, "prerequisites: [pendulum]", f"prerequisites: {names}")
    made = plan(book(root), theirs)
    assert made.ok, shown(made)
    written = made.files["content/oscillation/damping/concept.yaml"]
    assert "prerequisites: [oscillation/simple-pendulum]\n" in written


def test_a_folder_without_such_a_notebook(root: Path, tmp_path: Path) -> None:
    made = plan(book(root), tmp_path)
    assert errors(made) == ["CB804 content/domains:1:1"]


@pytest.mark.parametrize("inner", ["content", "content/domains"])
def test_the_folder_may_be_named_at_any_level(root: Path, inner: str) -> None:
    assert len(plan(book(root), THEIRS / inner).folders) == 5


def test_faulty_concepts_can_be_left_out(root: Path, theirs: Path) -> None:
    change(theirs, f"{PENDULUM}/concept.yaml", "importance: critical", "importance: vital")
    resonance = f"{DOMAINS}/oscillation/concepts/resonance"
    change(theirs, f"{resonance}/content.mdx", "## Math", "## Maths")
    made = plan(book(root), theirs, skip_faulty=True)
    assert made.ok, shown(made)
    assert set(made.folders) == {
        "oscillation/damping", "oscillation/small-angles", "training/momentum",
    }  # fmt: skip
    assert {d.rule.code for d in made.left_out} == {"CB204", "CB804"}
    assert any(d.rule.code == "CB803" and '"pendulum"' in d.message for d in made.report)


def test_nothing_is_written_over_unless_it_is_asked_for(imported) -> None:
    again = plan(imported, THEIRS)
    assert {each.split()[0] for each in errors(again)} == {"CB805"}
    forced = plan(imported, THEIRS, force=True)
    assert forced.ok and forced.counts.sources == 0
    forced.write(imported.root)
    assert not [d for d in check(book(imported.root)) if d.severity is Severity.ERROR]


def test_a_claim_that_was_reviewed_here_is_never_written_over(imported) -> None:
    path = imported.root / "claims/oscillation/pendulum/gravity-shortens.yaml"
    digest = f"{{scheme: 1, statement: {'0' * 16}, kind: {'0' * 16}}}"
    path.write_text(path.read_text().replace("    date:", f"    digest: {digest}\n    date:"))
    made = plan(book(imported.root), THEIRS, force=True)
    assert errors(made) == [f"CB805 {PENDULUM}/concept.yaml:1:1"]


def test_a_file_that_came_meanwhile_stops_the_writing(root: Path) -> None:
    made = plan(book(root), THEIRS)
    late = root / "content/training/momentum/page.md"
    late.parent.mkdir(parents=True)
    late.write_text("mine")
    with pytest.raises(NotMade, match="there already"):
        made.write(root)
    assert late.read_text() == "mine" and not (root / "claims").exists()


@pytest.mark.parametrize(
    ("text", "names", "others"),
    [
        ("Ada Byron", ["Byron"], False),
        ("Byron et al.", ["Byron"], True),
        ("Ada Byron, Ben Carr, and Cy Doe", ["Byron", "Carr", "Doe"], False),
        ("Byron, A., Carr, B.", ["Byron, A., Carr, B."], False),
        ("Ada Byron & others", ["Byron"], True),
        ("Wikipedia contributors", ["Wikipedia contributors"], False),
    ],
)
def test_names_are_parted_where_that_is_certain(text, names, others) -> None:
    found, more = _names(text)
    assert [name.get("family") or name["literal"] for name in found] == names
    assert more == others


def test_a_page_without_front_matter_and_with_a_second_program() -> None:
    report = Report()
    text = (
        "## Intuition\n\n```python\nkept = 1\n```\n\n## Math\n\n## Code\n\n"
        "```python\na = 1\n```\n\n~~~py\nb = 2\n~~~\n\n## Interactive Demo\n"
    )
    page = read_page(text, "content.mdx", {}, report)
    assert report.ok and [(p.code, p.line) for p in page.programs] == [
        ("a = 1\n", 12),
        ("b = 2\n", 16),
    ]
    assert "kept = 1" in page.text


def test_links_lead_to_what_the_page_has() -> None:
    report = Report()
    text = (
        "## Intuition\n\n[a](#math-object-1) [b](#math-object-2) [c](#code-witness-1) "
        "[d](#code-witness-2) `[c](#code-witness-1)`\n\n## Math\n\n$$x$$\n\n## Code\n\n"
        "```python\na = 1\n```\n\n## Interactive Demo\n"
    )
    page = read_page(text, "content.mdx", {}, report)
    assert "[a](equation:eq-1) b [c](witness:witness) d `[c](#code-witness-1)`" in page.text
    assert [d.span.column for d in report] == [21, 62]


@pytest.mark.parametrize("code", ["CB801", "CB802", "CB803"])
def test_what_is_told_of_an_import_has_its_example(root, example, code) -> None:
    report = plan(book(root), THEIRS).report
    example(next(d for d in report if d.rule.code == code), THEIRS)


def test_a_file_of_another_form_has_its_example(root, theirs, example) -> None:
    change(theirs, f"{PENDULUM}/content.mdx", "## Math", "## Maths")
    report = plan(book(root), theirs).report
    example(next(d for d in report if d.rule.code == "CB804"), theirs)


def test_a_second_import_has_its_example(imported, root, example) -> None:
    report = plan(book(root), THEIRS).report
    example(next(d for d in report if d.rule.code == "CB805"), root)
