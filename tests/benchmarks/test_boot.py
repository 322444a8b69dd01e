"""The benchmark of the boot fails where a bar is missed, and says which."""

from boot import CASES, Times, missed


def times(ms, wire=6_000_000, stop_ms=2.0):
    return Times({name: [ms] for name in CASES}, [wire], [stop_ms])


def test_times_within_every_bar_miss_none():
    assert missed(times(35.0), times(100.0)) == []


def test_each_bar_that_is_missed_is_named():
    first, slow, later, stop, spare = missed(times(56.0), times(100.0))
    assert first == "first visit: 0.56 of the stock time, must be ≤ 0.50"
    assert "25 Mbit/s" in slow and "later" in later and "Stop" in stop and "spare" in spare


def test_bytes_and_a_slow_stop_are_held_to_their_bars_too():
    assert missed(times(35.0, wire=6_600_000, stop_ms=120.0), times(100.0)) == [
        "first visit: 6.60 MB, must be ≤ 6.5",
        "Stop: 120 ms, must be < 100 ms",
    ]


def test_a_case_that_was_not_measured_misses_nothing():
    assert missed(Times(), Times()) == []
