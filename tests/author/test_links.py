"""Addresses of sources, asked of a real server; only "nothing is there" is broken."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conceptbook.author.links import Answer, addresses, broken, look, remember, remembered
from conceptbook.load import load

TODAY = datetime.date(2026, 3, 1)


class Handler(BaseHTTPRequestHandler):
    """/<status> answers so; /head-<status> says 404 to HEAD and the status to GET."""

    seen: list[str]

    def answer(self) -> None:
        type(self).seen.append(f"{self.command} {self.path}")
        word = self.path.strip("/")
        if word == "slow":
            time.sleep(1)
        if word == "cut":
            self.connection.close()
            return
        head, _, status = word.rpartition("-")
        code = 404 if head and self.command == "HEAD" else int(status if status.isdigit() else 200)
        self.send_response(code)
        if 300 <= code < 400:
            self.send_header("Location", "/200")
        self.end_headers()

    do_GET = do_HEAD = answer

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    Handler.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def ask(url, known=None, **options):
    return dict(look([url], known or {}, TODAY, pause=0, timeout=0.3, **options))[url]


@pytest.mark.parametrize(
    ("path", "result", "status"),
    [
        ("200", "ok", 200),
        ("204", "ok", 204),
        ("302", "ok", 200),
        ("404", "broken", 404),
        ("410", "broken", 410),
        ("head-200", "ok", 200),
        ("head-429", "unsure", 429),
        ("401", "unsure", 401),
        ("403", "unsure", 403),
        ("429", "unsure", 429),
        ("500", "unsure", 500),
        ("503", "unsure", 503),
        ("slow", "unsure", None),
        ("cut", "unsure", None),
    ],
)
def test_only_what_is_gone_is_broken(host, path, result, status):
    assert ask(f"{host}/{path}") == Answer("2026-03-01", result, status)


def test_a_host_that_cannot_be_found_is_no_broken_link():
    assert ask("http://no-such-host.invalid/").result == "unsure"


def test_a_fresh_answer_is_not_asked_for_again(host):
    known = {f"{host}/404": Answer("2026-02-10", "ok", 200)}
    assert ask(f"{host}/404", known) == known[f"{host}/404"]
    assert Handler.seen == []
    old = {f"{host}/404": Answer("2026-01-01", "ok", 200)}
    assert ask(f"{host}/404", old).result == "broken"
    unsure = {f"{host}/404": Answer("2026-02-28", "unsure", 503)}
    assert ask(f"{host}/404", unsure).result == "broken"


def test_a_doubtful_answer_does_not_replace_a_sure_one(host):
    known = {f"{host}/503": Answer("2026-01-01", "ok", 200)}
    assert ask(f"{host}/503", known) == known[f"{host}/503"]


def test_a_host_that_wants_to_be_left_alone_is(host):
    urls = [f"{host}/429", f"{host}/200", f"{host}/404"]
    answers = dict(look(urls, {}, TODAY, pause=0, timeout=1))
    assert [answer.result for answer in answers.values()] == ["unsure"] * 3
    assert Handler.seen == ["HEAD /429"]


def test_one_host_is_not_asked_faster_than_it_should(host):
    begin = time.monotonic()
    dict(look([f"{host}/200", f"{host}/201", f"{host}/202"], {}, TODAY, pause=0.2))
    assert time.monotonic() - begin >= 0.4


@pytest.fixture
def root(tmp_path: Path, host: str) -> Path:
    (tmp_path / "notebook.yaml").write_text(
        "conceptbook: 1\ntitle: T\ndomains: [{id: a, title: A}]\n"
    )
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "sources.yaml").write_text(
        "references:\n"
        f"  - id: here\n    type: report\n    title: H\n    URL: {host}/200\n"
        f"  - id: gone\n    type: report\n    title: G\n    URL: {host}/404\n"
        f"    custom:\n      archived: {{url: {host}/410, date: 2020-01-01}}\n"
    )
    return tmp_path


def test_a_broken_address_is_explained(root, example):
    path = root / "claims/sources.yaml"
    path.write_text(
        "references:\n"
        "  - {id: gone, type: webpage, title: G, URL: https://example.org/gone, "
        "accessed: 2026-01-01}\n"
    )
    notebook, _ = load(root)
    answers = {"https://example.org/gone": Answer("2026-03-01", "broken", 404)}
    example(next(broken(notebook, answers)), root)


def test_every_place_of_a_broken_address_is_named(root, host):
    notebook, _ = load(root)
    assert list(addresses(notebook)) == [f"{host}/{code}" for code in (200, 404, 410)]
    answers = dict(look(addresses(notebook), {}, TODAY, pause=0))
    assert [(d.rule.code, d.span.line) for d in broken(notebook, answers)] == [
        ("CB614", 9),
        ("CB614", 11),
    ]


def test_dois_are_looked_up_at_their_resolver(root):
    path = root / "claims" / "sources.yaml"
    path.write_text("references:\n  - {id: a, type: book, title: T, DOI: 10.5555/a}\n")
    assert list(addresses(load(root)[0])) == ["https://doi.org/10.5555/a"]


def test_answers_are_kept_with_their_day(root):
    answers = {
        "https://b.org": Answer("2026-01-01", "ok", 200),
        "https://a.org": Answer("2026-01-02", "broken", 404),
    }
    remember(root, answers)
    assert remembered(root) == answers
    data = json.loads((root / "claims/links.json").read_text())
    assert data["schema"] == 1 and list(data["links"]) == ["https://a.org", "https://b.org"]
    (root / "claims/links.json").write_text("[]")
    assert remembered(root) == {}


def test_the_command_asks_only_on_request_and_keeps_the_answers(root, host):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "conceptbook", "-C", str(root), "check", *arguments],
            capture_output=True,
            text=True,
            timeout=60,
        )

    run()
    assert Handler.seen == [] and not (root / "claims/links.json").exists()
    ran = run("--links", "--format", "short")
    assert ran.returncode == 0
    assert ran.stdout.count("CB614") == 2
    asked = len(Handler.seen)
    again = run("--links", "--format", "short")
    assert again.stdout.count("CB614") == 2 and len(Handler.seen) == asked
