"""The job that all places do is a witness of the notebook, and the table compares the three."""

from jobs import CASES, PLACES, last_line, request, table


def test_the_job_is_a_program_that_prints():
    assert last_line(request()).strip()


def test_the_table_has_our_time_over_each_other():
    times = {
        place: {case: [factor * ms for ms in (100.0, 110.0, 120.0)] for case in CASES}
        for place, factor in zip(PLACES, (1, 2, 4), strict=True)
    }
    first = next(line for line in table(times, 3).splitlines() if line.startswith("| first"))
    assert first.split(" | ")[1:5] == ["110", "220", "440", "**0.50**"]
    assert "**0.25**" in first


def test_a_peer_that_is_not_here_is_left_out():
    times = {place: {case: [] for case in CASES} for place in PLACES}
    for place in ("ours", "stock"):
        times[place] = {case: [100.0] for case in CASES}
    assert "PyScript" not in table(times, 1)
