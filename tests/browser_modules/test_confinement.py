"""A witness that wants out of its worker: two walls, each of which holds without the other.

The policy of the page keeps every request from other origins; what the worker withdraws keeps a
program from its own origin too, and from whatever that origin stores.
"""

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
    "FontFace": "js.FontFace.new('x', 'url({there}font)').load()",
    "import() of data": "js.eval(\"import('data:text/javascript,fetch(`{there}data`)')\")",
    "import() of a blob": (
        "import pyodide.ffi\n"
        "text = \"import '{there}imported.js'; fetch('{there}blob')\"\n"
        "blob = js.Blob.new(pyodide.ffi.to_js([text]))\n"
        'js.eval("import(\'" + js.URL.createObjectURL(blob) + "\')")'
    ),
    "SharedWorker": "js.SharedWorker.new('{there}shared.js')",
    "WebSocketStream": "js.WebSocketStream.new('{there}stream'.replace('http', 'ws'))",
    "RTCPeerConnection": "js.RTCPeerConnection.new()",
    "service worker": "js.navigator.serviceWorker.register('{there}sw.js')",
    "micropip": "import micropip\nmicropip.install('{there}x-1-py3-none-any.whl').send(None)",
    "loadPackage": "import pyodide_js\npyodide_js.loadPackage('{there}y-1-py3-none-any.whl')",
    "urllib": "import urllib.request\nurllib.request.urlopen('{there}urllib')",
    "socket": (
        "import socket, urllib.parse\n"
        "socket.create_connection(('127.0.0.1', urllib.parse.urlsplit('{there}').port), 1)"
    ),
    "location": "js.location.assign('{there}location')",
}
STORES = {
    "caches": "js.caches.open('conceptbook:/:pages-x')",
    "caches of another site": "js.caches.open('conceptbook:/other/:pages-x')",
    "caches, behind": "js.Reflect.get(js.Object.getPrototypeOf(js.Object.getPrototypeOf(js.self)),"
    " 'caches', js.self).open('x')",
    "indexedDB": "js.indexedDB.open('x')",
    "BroadcastChannel": "js.BroadcastChannel.new('conceptbook').postMessage('x')",
    "files": "js.navigator.storage.getDirectory()",
    "buckets": "js.navigator.storageBuckets.open('x')",
    "locks": "js.navigator.locks.query()",
    "service worker": "js.navigator.serviceWorker.controller.postMessage('x')",
    "the page": "js.postMessage('x')",
    "the frame": "js.parent.postMessage('x')",
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


def program(there, ways=WAYS):
    attempts = [
        "try:\n"
        + "\n".join("    " + line for line in way.format(there=there).splitlines())
        + f"\n    print('tried {name}')\nexcept BaseException as error:\n"
        + f"    print('refused {name}', type(error).__name__)"
        for name, way in ways.items()
    ]
    return "import js\n" + "\n".join(attempts) + "\n"


EVAL = ["'unsafe-eval'", "script-src"]
BLOCKED = ["Content Security Policy", "-src", "127.0.0.1", "Failed to", "import"]
"""What the browser says of requests that the policy does not let through."""


@pytest.fixture
def unconfined(runtime_site):
    """The worker as it would be if it withdrew nothing."""
    worker = runtime_site.root / "assets" / "x" / "worker.js"
    text = worker.read_text()
    assert "  confine();\n" in text
    worker.write_text(text.replace("  confine();\n", ""))


def attempt(reader, runtime_site, code):
    reader.open(runtime_site.page(DECLARATION, {}, code, digest=code_digest(code)))
    return reader.run()["stdout"].splitlines()


def test_no_way_out_reaches_another_origin(reader, runtime_site, elsewhere):
    there, asked = elsewhere
    reader.expected_errors += EVAL
    tried = attempt(reader, runtime_site, program(there))
    assert len(tried) == len(WAYS), tried
    reader.page.wait_for_timeout(500)
    assert asked == []


def test_by_the_policy_alone_no_way_out_reaches_another_origin(
    reader, runtime_site, elsewhere, unconfined
):
    there, asked = elsewhere
    reader.expected_errors += BLOCKED
    tried = attempt(reader, runtime_site, program(there))
    assert len(tried) == len(WAYS), tried
    reader.page.wait_for_timeout(500)
    assert asked == []


def test_no_way_out_reaches_the_sites_own_origin(reader, runtime_site):
    asked = runtime_site.asked
    reader.page.context.on("request", lambda request: asked.append(request.url))
    reader.expected_errors += EVAL
    tried = attempt(reader, runtime_site, program(f"{runtime_site.origin}/out/"))
    assert len(tried) == len(WAYS), tried
    reader.page.wait_for_timeout(500)
    assert [url for url in asked if "/out/" in url] == []


def test_what_the_origin_stores_is_out_of_reach(reader, runtime_site):
    tried = attempt(reader, runtime_site, program("", STORES))
    assert [line for line in tried if not line.startswith("refused")] == []
    assert len(tried) == len(STORES)


def test_unless_they_are_withdrawn_programs_reach_those_stores(reader, runtime_site, unconfined):
    tried = attempt(reader, runtime_site, program("", STORES))
    reached = {line.removeprefix("tried ") for line in tried if line.startswith("tried")}
    assert {"caches", "caches, behind", "indexedDB", "BroadcastChannel", "files"} <= reached


def test_without_either_the_same_program_gets_out(chromium, runtime_site, elsewhere, unconfined):
    """So the list above is made of ways that work."""
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
