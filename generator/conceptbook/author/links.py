"""Do the addresses of the sources still lead somewhere? Asked only on request, politely, and
remembered in claims/links.json with the day."""

from __future__ import annotations

import datetime
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from .. import __version__
from ..diagnostics import Diagnostic, Span
from ..diagnostics.catalogue import evidence as rules
from ..load import LoadedNotebook
from .atomic import replace_file

PATH = "claims/links.json"
SCHEMA = 1
FRESH = datetime.timedelta(days=30)
"""An answer is asked for again after this."""
PAUSE = 1.0
"""Seconds between two requests to one host."""
TIMEOUT = 15.0
"""Seconds."""
GONE = frozenset({404, 410})
"""Only these mean that nothing is there. A refusal, a limit, a fault of the server or of the
network says nothing about the page."""
LATER = frozenset({429, 503})
Result = Literal["ok", "broken", "unsure"]


@dataclass(frozen=True)
class Answer:
    """What a host said, and when."""

    date: str
    result: Result
    status: int | None
    """Of HTTP; None where no answer came."""


def addresses(notebook: LoadedNotebook) -> dict[str, list[Span]]:
    """Each address of a source with the places that give it: URL, DOI and archived copy."""
    found: dict[str, list[Span]] = {}
    for source in notebook.sources.values():
        record, at = source.record, ("references", source.index)
        for url, path in (
            (record.URL, ("URL",)),
            (f"https://doi.org/{record.DOI}" if record.DOI else None, ("DOI",)),
            (record.custom.archived and record.custom.archived.url, ("custom", "archived", "url")),
        ):
            if url:
                found.setdefault(url, []).append(notebook.sources_places.value(*at, *path))
    return found


def remembered(root: Path) -> dict[str, Answer]:
    """Former answers; none where the file is missing or is not what this program wrote."""
    try:
        data = json.loads((root / PATH).read_text(encoding="utf-8"))
        return {url: Answer(**answer) for url, answer in data["links"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def remember(root: Path, answers: Mapping[str, Answer]) -> None:
    """Write the answers down, by address, for the next `check --links`. Raises OSError."""
    links = {url: asdict(answers[url]) for url in sorted(answers)}
    text = json.dumps({"schema": SCHEMA, "links": links}, indent=1, ensure_ascii=False)
    replace_file(root / PATH, f"{text}\n".encode())


def look(
    urls: Iterable[str],
    known: Mapping[str, Answer],
    today: datetime.date,
    *,
    pause: float = PAUSE,
    timeout: float = TIMEOUT,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[tuple[str, Answer]]:
    """Answers for all addresses: fresh ones as they are, the others asked for one by one.

    A host that wants to be left alone is not asked again; a doubtful answer never replaces a
    former one that was sure.
    """
    asked: dict[str, float] = {}
    closed: set[str] = set()
    for url in urls:
        before, host = known.get(url), urlsplit(url).netloc
        if before and _is_fresh(before, today):
            yield url, before
            continue
        answer = Answer(today.isoformat(), "unsure", None)
        if host not in closed:
            time.sleep(max(0.0, asked.get(host, -pause) + pause - time.monotonic()))
            status = _status(url, timeout)
            asked[host] = time.monotonic()
            answer = Answer(today.isoformat(), _result(status), status)
            say(f"{answer.result}: {url}")
            if status in LATER:
                closed.add(host)
        sure = before is not None and before.result != "unsure"
        yield url, before if before and sure and answer.result == "unsure" else answer


def broken(notebook: LoadedNotebook, answers: Mapping[str, Answer]) -> Iterator[Diagnostic]:
    """Each place that gives an address where nothing is any more."""
    for url, spans in addresses(notebook).items():
        answer = answers.get(url)
        if answer and answer.result == "broken":
            for span in spans:
                yield rules.BROKEN_ADDRESS.at(
                    span,
                    f"nothing is at {url} (status {answer.status}, asked on {answer.date})",
                    "give the new address, or an archived copy under `custom.archived`",
                )


def _is_fresh(answer: Answer, today: datetime.date) -> bool:
    try:
        age = today - datetime.date.fromisoformat(answer.date)
    except ValueError:
        return False
    return answer.result != "unsure" and datetime.timedelta() <= age < FRESH


def _result(status: int | None) -> Result:
    if status is not None and 200 <= status < 400:
        return "ok"
    return "broken" if status in GONE else "unsure"


def _status(url: str, timeout: float) -> int | None:
    """Of a HEAD request; of a GET where the host does not know HEAD, or says that nothing is
    there. None where no answer came."""
    status = _ask(url, "HEAD", timeout)
    return _ask(url, "GET", timeout) if status in {403, 404, 405, 410, 501} else status


def _ask(url: str, method: str, timeout: float) -> int | None:
    agent = f"conceptbook/{__version__} (checks the links of a bibliography)"
    try:
        request = urllib.request.Request(url, method=method, headers={"User-Agent": agent})
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except (OSError, ValueError, urllib.error.URLError):
        return None
