"""The runner here is the kit in this process: what matters is what gets written."""

import json
from dataclasses import dataclass, field

import pytest
from conceptbook.author import record
from conceptbook.author.record import csv_text
from conceptbook.evidence.digests import run_digest
from conceptbook.load import load
from conceptbook_kit.declaration import Asserted
from conceptbook_kit.outcome import Outcome
from conceptbook_kit.run import run as run_kit

CONCEPT = "demo/doubling"
CURVES = "content/demo/doubling/curves"
HOLDS = "n = 3\nx = list(range(1, n + 1))\ny = [2.0 * v for v in x]\n"
CSV = "x,y\n1.0,2.0\n2.0,4.0\n3.0,6.0\n"


@dataclass
class Ran:
    outcome: Outcome
    runtime: dict = field(
        default_factory=lambda: {
            "kind": "native",
            "python": "3.11.0",
            "numpy": "2.2.5",
            "pyodide": None,
        }
    )
    platform: str = "linux-x86_64"


def run(witness, settings):
    return Ran(run_kit(witness.code, witness.declaration, settings))


def files(notebook):
    return {path.name: path.read_bytes() for path in (notebook.root / CURVES).iterdir()}


def recorded(notebook):
    return json.loads((notebook.root / CURVES / "record.json").read_text())["witnesses"]["witness"]


def with_curve(**changes):
    curve = {"id": "line", "x": "x", "y": "y", **changes}
    plot = {"id": "p", "title": "P", "x": {"label": "x"}, "y": {"label": "y"}, "curves": [curve]}
    return {"witnesses": [{"plots": [plot]}]}


def test_without_accept_nothing_is_written(notebook):
    book = notebook("x = [1, 2]\ny = [5, 6]\n", concept=with_curve())
    before = files(book)
    result = record(book, CONCEPT, run=run)
    assert result.written == (f"{CURVES}/line.csv", f"{CURVES}/record.json")
    assert files(book) == before


def test_a_new_curve_is_written_as_the_loader_reads_it(notebook):
    book = notebook(HOLDS)
    (book.root / CURVES / "line.csv").unlink()
    book, _ = load(book.root)
    result = record(book, CONCEPT, run=run, accept=True)
    assert [change.state for change in result.witnesses[0].curves] == ["new"]
    assert files(book)["line.csv"] == CSV.encode()
    again, report = load(book.root)
    assert again.concepts[CONCEPT].witnesses["witness"].asserted["line"].y == (2.0, 4.0, 6.0)
    assert not [fault for fault in report if "curves/" in fault.span.path]


def test_the_record_vouches_for_the_present_code(notebook):
    book = notebook(HOLDS)
    record(book, CONCEPT, run=run, accept=True)
    entry = recorded(book)
    witness = book.concepts[CONCEPT].witnesses["witness"]
    assert entry["digest"] == run_digest(witness.declaration, witness.code)
    assert entry["verdict"]["state"] == "holds"
    assert entry["verdict"]["runtime"]["numpy"] == "2.2.5"
    assert entry["platform"] == "linux-x86_64"
    assert not {"stdout", "duration_s"} & entry["verdict"].keys()
    text = files(book)["record.json"].decode()
    assert text.endswith("}\n")
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True) + "\n"


def test_recording_again_changes_no_byte(notebook):
    book = notebook(HOLDS)
    record(book, CONCEPT, run=run, accept=True)
    before = files(book)
    book, _ = load(book.root)
    assert record(book, CONCEPT, run=run, accept=True).written == ()
    assert files(book) == before


def test_a_curve_that_still_holds_keeps_its_bytes(notebook):
    # Whole numbers are another way to write the same; 2.000001 is within the tolerance.
    kept = "x,y\n1,2.000001\n2,4\n3,6\n"
    book = notebook(HOLDS, line=kept)
    result = record(book, CONCEPT, run=run, accept=True)
    assert result.witnesses[0].curves[0].state == "unchanged"
    assert files(book)["line.csv"] == kept.encode()
    assert recorded(book)["verdict"]["curves"][0]["points"][0]["asserted"] == 2.000001


def test_force_rewrites_it(notebook):
    book = notebook(HOLDS, line="x,y\n1,2.000001\n2,4\n3,6\n")
    record(book, CONCEPT, run=run, accept=True, force=True)
    assert files(book)["line.csv"] == CSV.encode()


def test_a_changed_curve_is_shown_and_written(notebook):
    book = notebook(HOLDS, line="x,y\n1.0,2.0\n2.0,4.5\n3.0,6.0\n")
    result = record(book, CONCEPT, run=run, accept=True)
    [change] = result.witnesses[0].curves
    assert change.state == "changed"
    assert [(point.x, point.asserted, point.y) for point in change.first] == [(2.0, 4.5, 4.0)]
    assert change.worst.deviation == 0.5
    assert files(book)["line.csv"] == CSV.encode()
    assert result.witnesses[0].verdict["state"] == "holds"


def test_columns_of_tolerance_stay_on_an_equal_grid(notebook):
    book = notebook(
        HOLDS, line="x,y,rtol,atol\n1.0,2.5,0.1,0.0\n2.0,4.0,0.1,0.0\n3.0,6.0,0.1,0.5\n"
    )
    record(book, CONCEPT, run=run, accept=True)
    assert files(book)["line.csv"].decode() == (
        "x,y,rtol,atol\n1.0,2.0,0.1,0.0\n2.0,4.0,0.1,0.0\n3.0,6.0,0.1,0.5\n"
    )


def test_another_grid_drops_them_and_says_so(notebook):
    book = notebook(HOLDS, line="x,y,rtol\n1.0,2.0,0.1\n2.0,4.0,0.1\n")
    result = record(book, CONCEPT, run=run, accept=True)
    [change] = result.witnesses[0].curves
    assert change.detail == (
        "another x grid: 3 points, recorded are 2; its tolerance columns go with the old grid"
    )
    assert files(book)["line.csv"] == CSV.encode()


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        (HOLDS + "1 / 0\n", "line 4: ZeroDivisionError: division by zero"),
        (HOLDS.replace("y =", "z ="), "curve line: the program has no top-level name 'y'"),
        (
            "n = 3\nx = [1, 2]\ny = [1, float('nan')]\n",
            "line: it holds a number that is not finite",
        ),
        ("n = 3\nx = []\ny = []\n", "line: it has no point"),
    ],
    ids=["exception", "missing", "nan", "empty"],
)
def test_what_is_no_curve_is_refused(notebook, code, refused):
    book = notebook(code, concept=with_curve())
    before = files(book)
    result = record(book, CONCEPT, run=run, accept=True)
    assert result.witnesses[0].refused == refused
    assert not result.ok
    assert result.written == ()
    assert files(book) == before


def test_a_program_that_cannot_be_read_is_refused(notebook):
    result = record(notebook("n = = 3\n"), CONCEPT, run=run, accept=True)
    assert "conceptbook check" in result.witnesses[0].refused


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("n = 2\nx = [1, 2]\ny = [2, 1]\n", "line: increasing does not hold: "),
        ("n = 2\nx = [1, 2]\ny = [1, 2]\nassert n == 3, 'n is three'\n", "line 4: n is three"),
    ],
)
def test_what_does_not_hold_is_refused_with_the_reason(notebook, code, why):
    book = notebook(code)
    before = files(book)
    result = record(book, CONCEPT, run=run, accept=True)
    assert why in result.witnesses[0].refused
    assert result.written == () and files(book) == before


def test_a_picture_stays_while_its_code_does(notebook):
    """judge: shapes: on another machine the numbers differ, and that is no news."""
    shapes = with_curve(judge="shapes", shapes=[{"increasing": {}}])
    book = notebook("x = [1, 2]\ny = [1, 2]\n", concept=shapes)
    record(book, CONCEPT, run=run, accept=True, force=True)
    book, _ = load(book.root)

    def elsewhere(witness, settings):
        done = run(witness, settings)
        done.outcome.arrays["y"] = [1.0, 2.5]
        return done

    result = record(book, CONCEPT, run=elsewhere, accept=True)
    assert result.witnesses[0].curves[0].state == "unchanged"
    assert files(book)["line.csv"] == b"x,y\n1.0,1.0\n2.0,2.0\n"
    book = notebook("x = [1, 2]\ny = [1, 3]\n", concept=shapes, other="x,y\n1.0,1.0\n")
    record(book, CONCEPT, run=run, accept=True)
    assert files(book)["line.csv"] == b"x,y\n1.0,1.0\n2.0,3.0\n"


def test_a_band_is_kept_for_the_picture(notebook):
    code = "x = [1, 2]\ny = [1, 2]\nlow = [0, 1]\nhigh = [2, float('nan')]\n"
    book = notebook(code, concept=with_curve(band={"low": "low", "high": "high"}))
    record(book, CONCEPT, run=run, accept=True)
    assert recorded(book)["bands"] == {"line": {"low": [0.0, 1.0], "high": [2.0, None]}}


def test_no_file_is_ever_deleted(notebook):
    book = notebook(HOLDS, line=CSV, stray="x,y\n1.0,1.0\n")
    record(book, CONCEPT, run=run, accept=True, force=True)
    assert set(files(book)) == {"line.csv", "stray.csv", "record.json"}


def test_one_witness_leaves_the_others_record(notebook):
    book = notebook(HOLDS)
    other = {
        "digest": "sha256:0",
        "verdict": {"state": "holds", "curves": [], "asserts": {"ok": True}},
    }
    gone = {"schema": 1, "witnesses": {"gone": other}}
    (book.root / CURVES / "record.json").write_text(json.dumps(gone))
    concept = with_curve()
    concept["witnesses"].append({"id": "other"})
    (book.root / "content/demo/doubling/other.py").write_text("assert True\n")
    book = notebook(HOLDS, concept=concept)
    record(book, CONCEPT, "other", run=run, accept=True)
    text = json.loads(files(book)["record.json"])
    assert set(text["witnesses"]) == {"other"}
    record(load(book.root)[0], CONCEPT, "witness", run=run, accept=True)
    assert set(json.loads(files(book)["record.json"])["witnesses"]) == {"other", "witness"}


def test_numbers_are_written_as_repr():
    text = csv_text(Asserted((1, 0.1 + 0.2), (1e-300, -0.0), rtol=(1e-6, 0.5)))
    assert text == "x,y,rtol\n1.0,1e-300,1e-06\n0.30000000000000004,-0.0,0.5\n"


def test_unknown_names_are_key_errors(notebook):
    book = notebook(HOLDS)
    with pytest.raises(KeyError):
        record(book, "demo/none", run=run)
    with pytest.raises(KeyError):
        record(book, CONCEPT, "none", run=run)
