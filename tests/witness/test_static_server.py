from contextlib import closing
from http.client import HTTPConnection, HTTPException

import pytest
from conceptbook.witness.static_server import StaticServer


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    files = {
        "index.html": "home",
        "404.html": "not here",
        "a/b/index.html": "a page",
        "assets/1f/main.js": "export {};",
        "runtime/x/pyodide.mjs": "export {};",
        "runtime/x/pyodide.asm.wasm": "wasm",
        "fonts/stix.woff2": "font",
        "bare/file.txt": "text",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (tmp_path / "secret.txt").write_text("secret")
    return folder


@pytest.fixture(params=["/", "/repo/"])
def get(site, request):
    with StaticServer(site, request.param) as server:

        def get(path, method="GET"):
            connection = HTTPConnection(server.origin.removeprefix("http://"), timeout=5)
            connection.request(method, f"{request.param}{path}")
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()

        yield get


def test_a_folder_is_its_index(get):
    assert get("")[2] == "home"
    assert get("a/b/?q=1")[2] == "a page"


def test_a_folder_without_slash_is_sent_on(get):
    status, headers, _ = get("a/b")
    assert status == 301
    assert headers["Location"].endswith("/a/b/")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("assets/1f/main.js", "text/javascript; charset=utf-8"),
        ("runtime/x/pyodide.mjs", "text/javascript; charset=utf-8"),
        ("runtime/x/pyodide.asm.wasm", "application/wasm"),
        ("fonts/stix.woff2", "font/woff2"),
    ],
)
def test_types_are_those_that_browsers_insist_on(get, path, kind):
    status, headers, _ = get(path)
    assert status == 200
    assert headers["Content-Type"] == kind
    assert headers["Cache-Control"] == "max-age=600"


@pytest.mark.parametrize(
    "path",
    ["none", "a/none/", "a/", "a/b/index.html/", "../secret.txt", "%2e%2e/secret.txt", "a%00b"],
)
def test_what_is_not_there_is_the_sites_own_page(get, path):
    status, headers, text = get(path)
    assert (status, text) == (404, "not here")
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_head_has_no_body(get):
    assert get("none", "HEAD")[2] == ""
    assert get("", "HEAD")[1]["Content-Length"] == "4"


def test_outside_the_base_path_is_nothing(site):
    with StaticServer(site, "/repo/") as server:
        connection = HTTPConnection(server.origin.removeprefix("http://"), timeout=5)
        connection.request("GET", "/index.html")
        assert connection.getresponse().status == 404


@pytest.mark.parametrize("given", ["repo", "/repo", "repo/", "/repo/"])
def test_the_base_path_has_one_form(site, given):
    server = StaticServer(site, given)
    assert server.url.endswith("/repo/")
    server._server.server_close()


@pytest.mark.parametrize("used", [True, False], ids=["kept alive", "opened ahead of need"])
def test_at_its_end_no_connection_answers(site, used):
    with StaticServer(site) as server:
        connection = HTTPConnection(server.origin.removeprefix("http://"), timeout=5)
        connection.connect()
        if used:
            connection.request("GET", "/")
            connection.getresponse().read()
        with closing(HTTPConnection(server.origin.removeprefix("http://"), timeout=5)) as other:
            other.request("GET", "/")  # by now the first has been accepted
            other.getresponse().read()
    with pytest.raises((HTTPException, OSError)):
        connection.request("GET", "/")
        connection.getresponse()
