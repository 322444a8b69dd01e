"""Reviews are written into the claim's own file, or not at all."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from pathlib import Path

import pytest
from conceptbook.author.former import changed_lines, former, reaffirmed
from conceptbook.author.history import History
from conceptbook.author.review import Refused, prepare, write
from conceptbook.evidence import assess
from conceptbook.evidence.identity import claim_parts
from conceptbook.load import load

ORDER = "calculus/midpoint/second-order"
KINKS = "calculus/midpoint/kinks"
FALLS = "calculus/midpoint/falls"
FILE = f"claims/{ORDER}.yaml"
CODE = "content/calculus/midpoint/slices.py"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(Path(__file__).parents[1] / "evidence" / "notebook", tmp_path / "book")
    return tmp_path / "book"


def book(root):
    notebook, report = load(root)
    assert report.ok, [d.message for d in report]
    return notebook


def fields(by="cyd", **changes):
    return {
        "by": by,
        "date": datetime.date(2026, 2, 1),
        "conclusion": "supported",
        "checks": [{"evidence": "talvila-2012", "access": "full-text", "finding": "supports"}],
        "summary": "Compared the statement with the second page of the paper.",
        **changes,
    }


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_review_makes_the_claim_reviewed_and_changes_nothing_else(root):
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    notebook = book(root)
    again = write(notebook, prepare(notebook, KINKS, fields()))
    assert assess(again)[KINKS].badge == "reviewed"
    after = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    changed = [p for p in after if after[p] != before.get(p)]
    assert changed == [root / f"claims/{KINKS}.yaml"]
    assert after[changed[0]].startswith(before[changed[0]])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_comments_and_newlines_stay(root, newline):
    path = root / FILE
    text = path.read_text(encoding="utf-8") + "# the end\n"
    path.write_bytes(text.replace("\n", newline).encode())
    before = path.read_bytes()
    notebook = book(root)
    write(notebook, prepare(notebook, ORDER, fields()))
    after = path.read_bytes()
    assert after.count(b"\r\n") == (after.count(b"\n") if newline == "\r\n" else 0)
    head = before.removesuffix(f"# the end{newline}".encode())
    assert after.startswith(head) and after.endswith(f"# the end{newline}".encode())


def test_advice_that_rests_on_claims_alone_can_pass(root):
    advice = "calculus/midpoint/use-midpoint"
    done = write(book(root), prepare(book(root), advice, fields(checks=[])))
    assert assess(done)[advice].badge == "reviewed"


def test_the_difference_is_what_is_written(root):
    notebook = book(root)
    prepared = prepare(notebook, KINKS, fields())
    added = [line[1:] for line in prepared.difference[2:] if line.startswith("+")]
    assert [line for line in prepared.difference[2:] if line.startswith("-")] == []
    assert prepared.after == prepared.before + "".join(f"{line}\n" for line in added)


def refused(root, claim=KINKS, **changes):
    notebook = book(root)
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    with pytest.raises(Refused) as caught:
        write(notebook, prepare(notebook, claim, fields(**changes)))
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before
    return caught.value


def test_an_author_is_refused_where_the_policy_wants_independence(root):
    assert "author of this claim" in str(refused(root, by="ann"))
    edit(root / "notebook.yaml", "domains:", "review: {independent: false}\ndomains:")
    notebook = book(root)
    write(notebook, prepare(notebook, KINKS, fields(by="ann")))


def test_somebody_unknown_is_refused_with_who_is_known(root):
    refusal = refused(root, by="zoe")
    assert '"zoe"' in str(refusal) and "ann, ben, cyd" in refusal.hints[0]


def test_a_tool_without_its_name_is_refused(root):
    assert "which one" in str(refused(root, by={"name": "A checker", "kind": "ai"}))
    edit(root / "notebook.yaml", ', tool: {name: checker, version: "2"}', "")
    assert "which one" in str(refused(root, by="bot"))


def test_a_tool_that_is_named_may_review(root):
    notebook = book(root)
    tool = {"name": "A checker", "kind": "ai", "tool": {"name": "checker", "version": "2"}}
    again = write(notebook, prepare(notebook, KINKS, fields(by=tool)))
    assert (assess(again)[KINKS].review, assess(again)[KINKS].ai_only) == ("under-review", True)


@pytest.mark.parametrize(
    ("stance", "finding", "passes"),
    [
        ("contradicts", "contradicts", True),
        ("contradicts", "not-found", True),
        ("background", "not-found", True),
        ("background", "contradicts", False),
        ("qualifies", "contradicts", False),
        ("supports", "not-found", False),
    ],
)
def test_contested_claims_can_pass_and_contradicted_ones_cannot(root, stance, finding, passes):
    path = root / f"claims/{KINKS}.yaml"
    entry = f"  - {{source: davis-1984, stance: {stance}, locator: p. 9}}\n"
    path.write_text(path.read_text(encoding="utf-8") + entry)
    checks = [
        {"evidence": "talvila-2012", "access": "full-text", "finding": "supports"},
        {"evidence": "davis-1984", "access": "full-text", "finding": finding},
    ]
    if not passes:
        assert f'found "{finding}"' in str(refused(root, checks=checks))
        return
    notebook = book(root)
    again = write(notebook, prepare(notebook, KINKS, fields(checks=checks)))
    assert assess(again)[KINKS].review == "reviewed"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"conclusion": "fine"}, "conclusion"),
        ({"conclusion": None}, "missing"),
        ({"summary": "Too short."}, "40 characters"),
        ({"checks": []}, "without checks"),
        ({"checks": [{"evidence": "nothing", "access": "none", "finding": "supports"}]}, "nothing"),
        ({"verdict": "yes"}, "no verdict"),
        ({"by": None}, "needs its reviewer"),
        ({"settles": ["9"]}, "only an editor"),
        ({"summary": "A summary that is long enough but has an $unclosed {formula$ in it."}, ""),
    ],
)
def test_a_review_that_is_at_fault_is_not_written(root, changes, words):
    refusal = refused(root, **changes)
    said = " ".join([str(refusal), *refusal.hints])
    assert words in said, said


def test_a_file_that_cannot_be_extended_gives_the_block_to_paste(root):
    path = root / f"claims/{KINKS}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text + "reviews: [{by: ben, date: 2026-01-01, conclusion: inconclusive, "
        "summary: I had no access to the paper and could not read it.}]\n"
    )
    refusal = refused(root)
    assert "not written with one dash a line" in str(refusal)
    assert refusal.block.startswith("  - by: cyd\n    date: 2026-02-01\n")
    path.write_text(text + "reviews:\n" + refusal.block)
    assert assess(book(root))[KINKS].review == "reviewed"


@pytest.mark.parametrize(
    "harm",
    [
        lambda text: text.replace("only of", "merely of"),
        lambda text: text.replace("kind: empirical", "kind: conjecture"),
        lambda text: text.replace("by: cyd", "by: ben"),
    ],
)
def test_an_insertion_that_changed_anything_else_is_refused(root, monkeypatch, harm):
    from conceptbook.author import review

    insert = review.append
    if "ben" in harm("by: cyd"):
        fields_of_two = insert(
            (root / f"claims/{KINKS}.yaml").read_text(), "a", "reviews", [fields(by="ben")]
        )
        (root / f"claims/{KINKS}.yaml").write_text(fields_of_two)
        monkeypatch.setattr(review, "append", lambda text, *_: text)
    else:
        monkeypatch.setattr(review, "append", lambda *given: harm(insert(*given)))
    assert "would not read as before" in str(refused(root))


def test_a_file_that_changed_meanwhile_is_left_alone(root):
    notebook = book(root)
    prepared = prepare(notebook, KINKS, fields())
    path = root / f"claims/{KINKS}.yaml"
    edit(path, "only of", "merely of")
    with pytest.raises(Refused, match="changed while"):
        write(notebook, prepared)
    with pytest.raises(Refused, match="changed while"):
        prepare(notebook, KINKS, fields())
    assert "cyd" not in path.read_text(encoding="utf-8")


def test_another_file_that_changed_meanwhile_restores_the_claim(root):
    notebook = book(root)
    prepared = prepare(notebook, KINKS, fields())
    edit(root / "claims/sources.yaml", "Simple derivations", "Simple proofs")
    with pytest.raises(Refused, match="other files"):
        write(notebook, prepared)
    assert "cyd" not in (root / f"claims/{KINKS}.yaml").read_text(encoding="utf-8")


def test_a_block_of_former_words_is_refused(root):
    old = prepare(book(root), KINKS, fields()).review.digest.model_dump(exclude_none=True)
    edit(root / f"claims/{KINKS}.yaml", "only of", "merely of")
    assert "statement changed" in str(refused(root, digest=old))


@pytest.fixture
def history(root):
    """The notebook committed, its claim reviewed by cyd, the code changed since."""

    def git(*arguments):
        subprocess.run(
            [
                "git",
                "-C",
                str(root),
                "-c",
                "user.name=A",
                "-c",
                "user.email=a@example.org",
                *arguments,
            ],
            check=True,
            capture_output=True,
        )

    git("init", "-q")
    notebook = book(root)
    checks = [{"evidence": "davis-1984", "access": "full-text", "finding": "supports"}]
    write(notebook, prepare(notebook, ORDER, fields(checks=checks)))
    git("add", "-A")
    git("commit", "-qm", "one")
    return git


def renewed(root):
    notebook = book(root)
    claim = notebook.claims[ORDER]
    return reaffirmed(claim, notebook, claim.record.reviews[-1], History.of(root))


def test_a_review_is_reaffirmed_where_only_code_changed(root, history, record):
    edit(root / CODE, "# Error", "# The error")
    assert assess(book(root))[ORDER].review == "stale"
    record(root)
    notebook = book(root)
    entry = {**renewed(root), "date": "2026-03-01"}
    again = write(notebook, prepare(notebook, ORDER, entry))
    assert assess(again)[ORDER].review == "reviewed"
    assert len(again.claims[ORDER].record.reviews) == 3


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        (FILE, "Twice", "Thrice", "scope"),
        ("content/calculus/midpoint/curves/midpoint.csv", "0.0013", "0.0014", "witnesses"),
        ("content/calculus/midpoint/concept.yaml", "rtol: 1e-3", "rtol: 2e-3", "witnesses"),
    ],
)
def test_it_is_not_where_anything_else_changed(root, history, record, path, old, new, words):
    edit(root / path, old, new)
    edit(root / CODE, "# Error", "# The error")
    record(root)
    with pytest.raises(Refused, match=f"more than code changed: .*{words}"):
        renewed(root)


def test_it_is_not_where_the_new_code_was_never_recorded(root, history):
    edit(root / CODE, "# Error", "# The error")
    with pytest.raises(Refused, match="not of the present code"):
        renewed(root)


def test_it_is_not_where_nothing_changed_or_nobody_can_tell(root, history):
    with pytest.raises(Refused, match="nothing to reaffirm"):
        renewed(root)
    claim = book(root).claims[ORDER]
    with pytest.raises(Refused, match="in no commit"):
        reaffirmed(claim, book(root), claim.record.reviews[0], History.of(root))


def test_git_tells_what_changed_since_a_review(root, history):
    edit(root / FILE, "Twice differentiable", "Smooth")
    history("commit", "-qam", "two")
    notebook = book(root)
    claim = notebook.claims[ORDER]
    was = former(claim, notebook, claim.record.reviews[-1], History.of(root))
    assert list(changed_lines(was.parts, claim_parts(claim, notebook))) == [
        "scope:",
        "  -Twice differentiable functions on a closed interval.",
        "  +Smooth functions on a closed interval.",
    ]
