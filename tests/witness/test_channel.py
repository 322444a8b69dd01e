import io
import json

import pytest
from conceptbook.witness.channel import LIMIT, Channel, Closed, Flooded

MARKER = b"0123456789abcdef"


def frame(message):
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return MARKER + len(body).to_bytes(8, "big") + body


def messages(data):
    channel, found = Channel(io.BufferedReader(io.BytesIO(data)), MARKER), []
    with pytest.raises(Closed):
        while True:
            found.append(channel.next(5))
    return found


def test_frames_come_in_order():
    assert messages(frame({"a": 1}) + frame({"b": 2})) == [{"a": 1}, {"b": 2}]


@pytest.mark.parametrize(
    "junk",
    [
        b"x" * 200_000,
        MARKER[:8],
        MARKER + b"\xff" * 8,
        MARKER + b"\xff" * 8 + MARKER[:9],
        frame(b"no json"),
        frame(b"[1]"),
    ],
    ids=["long", "part-of-marker", "absurd-length", "absurd-twice", "no-json", "no-object"],
)
def test_junk_is_skipped(junk):
    assert messages(junk + frame({"a": 1}) + junk) == [{"a": 1}]


def test_a_frame_that_breaks_off_is_no_message():
    assert messages(frame({"a": 1})[:-1]) == []


def test_a_flood_is_refused():
    channel = Channel(io.BufferedReader(io.BytesIO(b"x" * (LIMIT + 1))), MARKER)
    with pytest.raises(Flooded):
        channel.next(30)


def test_silence_is_a_timeout():
    import os

    read, write = os.pipe()
    with os.fdopen(read, "rb") as stream:
        channel = Channel(stream, MARKER)
        with pytest.raises(TimeoutError):
            channel.next(0.05)
        os.close(write)
        with pytest.raises(Closed):
            channel.next(5)
