from conceptbook.witness.trial import judge_native, runner

CONCEPT = "demo/doubling"


def verdict(notebook):
    witness = notebook.concepts[CONCEPT].witnesses["witness"]
    return judge_native(witness, runner(notebook)(witness, {}), {}, CONCEPT)


def test_a_curve_that_meets_its_record_holds(notebook):
    found = verdict(notebook())
    assert (found["state"], found["ok"]) == ("holds", True)
    assert found["concept"] == CONCEPT
    assert found["runtime"]["kind"] == "native"
    assert found["runtime"]["pyodide"] is None


def test_a_point_moved_by_twice_its_tolerance_fails(notebook):
    moved = 4.0 * (1 + 2e-6) + 2e-9 * 6
    found = verdict(notebook(line=f"x,y\n1.0,2.0\n2.0,{moved!r}\n3.0,6.0\n"))
    assert found["state"] == "fails"
    assert [point["ok"] for point in found["curves"][0]["points"]] == [True, False, True]


def test_another_grid_fails(notebook):
    assert verdict(notebook(line="x,y\n1.0,2.0\n2.0,4.0\n"))["state"] == "fails"


def test_an_exception_is_an_error_with_its_line(notebook):
    found = verdict(notebook("n = 3\nraise ValueError('no')\n"))
    assert found["state"] == "error"
    assert (found["error"]["kind"], found["error"]["line"]) == ("exception", 2)


def test_a_forbidden_import_never_starts(notebook):
    run = runner(book := notebook("n = 3\nimport os\n"))(
        book.concepts[CONCEPT].witnesses["witness"], {}
    )
    assert run.outcome.error == {
        "kind": "import",
        "message": "a witness may not import os",
        "line": 2,
    }
    assert run.guards == ()


def test_a_program_that_cannot_be_read_is_a_syntax_error(notebook):
    found = verdict(notebook("n = = 3\n"))
    assert (found["state"], found["concept"]) == ("error", CONCEPT)
    assert (found["error"]["kind"], found["error"]["line"]) == ("syntax", 1)


def test_a_control_moves_the_run(notebook):
    book = notebook()
    outcome = runner(book)(book.concepts[CONCEPT].witnesses["witness"], {"n": 5}).outcome
    assert outcome.arrays["x"] == [1.0, 2.0, 3.0, 4.0, 5.0]
