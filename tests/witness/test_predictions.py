from conceptbook.witness.predictions import check_predictions
from conceptbook_kit.outcome import Outcome
from conceptbook_kit.run import run as run_kit

RISES = {"text": "it rises", "shape": {"curve": "line", "increasing": {}}}
FALLS = {"text": "it falls", "shape": {"curve": "line", "decreasing": {}}}
HIGH = {"text": "it is high", "shape": {"curve": "line", "above": {"value": 0}}}
OFF_GRID = {"text": "a peak", "shape": {"curve": "line", "peak": {"at": 2.5}}}


def prediction(*options, **setting):
    return {
        "mode": "quantity",
        "question": "Which?",
        "set": setting,
        "options": list(options),
        "because": "So.",
    }


def checked(notebook, *predictions, run=None):
    book = notebook(concept={"predictions": list(predictions)})
    runs = []

    def kit(witness, settings):
        runs.append(dict(settings))
        return run_kit(witness.code, witness.declaration, settings)

    return check_predictions(book.concepts["demo/doubling"], run or kit), runs


def test_exactly_one_answer_is_right(notebook):
    [result], _ = checked(notebook, prediction(RISES, FALLS, n=5))
    assert result.ok
    assert [option.ok for option in result.options] == [True, False]
    assert result.settings == {"n": 5}


def test_no_right_answer_is_a_fault(notebook):
    [result], _ = checked(notebook, prediction(FALLS, FALLS, n=5))
    assert result.fault == "no answer is right at n = 5"


def test_two_right_answers_are_a_fault(notebook):
    [result], _ = checked(notebook, prediction(RISES, FALLS, HIGH, n=4))
    assert result.fault == "answers 1 and 3 are both right at n = 4; exactly one may be"


def test_an_answer_that_cannot_be_judged_is_a_fault(notebook):
    [result], _ = checked(notebook, prediction(RISES, OFF_GRID, n=4))
    assert result.fault == "answer 2 cannot be judged at n = 4: x = 2.5 is not on the grid"


def test_a_run_that_ends_in_an_error_answers_nothing(notebook):
    def broken(witness, settings):
        return Outcome.empty("timeout", "the program ran for 5 s and was stopped")

    [result], _ = checked(notebook, prediction(RISES, FALLS), run=broken)
    assert result.fault == (
        "the run at n = 3 ended in an error: the program ran for 5 s and was stopped"
    )


def test_each_distinct_setting_runs_once(notebook):
    one, same, other = (prediction(RISES, FALLS, n=n) for n in (4, 4, 5))
    results, runs = checked(notebook, one, same, other)
    assert len(results) == 3
    assert runs == [{"n": 4}, {"n": 5}]
