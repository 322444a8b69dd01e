"""Reading without a network, in a real Chromium whose host is really gone."""

from __future__ import annotations

import shutil
import time
from contextlib import contextmanager

import pytest
from conceptbook.runtime.offline import offline_files
from conceptbook.witness.static_server import SiteHandler, StaticServer
from conceptbook_kit.declaration import Declaration
from conceptbook_kit.judge import code_digest

CODE = "import numpy as np\nprint(np.arange(5).sum())\n"
DECLARATION = Declaration("a/b", "live", "live.py", "A witness", 60.0, 256)
PLACE = "<footer data-offline-place></footer></body>"
STATE = "document.querySelector('[data-offline]')?.dataset.offline ?? null"
WITNESS = "document.querySelector('conceptbook-witness')?.dataset.state ?? null"
CACHES = "caches.keys().then((names) => names.sort())"
CACHES_OF_BUILDS = """caches.keys().then((names) =>
  names.filter((name) => name.includes(":pages-")).map((name) => name.split("-").at(-1)).sort())"""
STYLES = """[...new Set(performance.getEntriesByType("resource")
  .map(({name}) => name.match(/assets[/](\\w+)[/]/)?.[1]).filter(Boolean))]"""


WAITING = "navigator.serviceWorker.getRegistration().then((r) => Boolean(r.waiting))"
REGISTRATIONS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"


class Host(SiteHandler):
    """No connection outlives its answer, so that a host that is gone is gone."""

    protocol_version = "HTTP/1.0"
    max_age_s = 0


class Notebook:
    """A site in a folder, in builds that differ by the name of their assets and by a text."""

    def __init__(self, site):
        self.site = site
        self.build("x", "first")

    def build(self, assets, text):
        root = self.site.root
        [runtime] = (root / "runtime").iterdir()
        if assets != "x":
            shutil.rmtree(root / "assets" / assets, ignore_errors=True)
            (root / "assets" / "x").rename(root / "assets" / assets)
        self.site.page(DECLARATION, {}, CODE, digest=code_digest(CODE))
        page = (root / "page" / "index.html").read_text()
        page = page.replace("../assets/x/", f"../assets/{assets}/").replace("</body>", PLACE)
        self.site.write("page/index.html", page.replace("</main>", f"<p id=text>{text}</p></main>"))
        other = page.replace("</main>", f"<p id=text>other of {text}</p></main>")
        self.site.write("other/index.html", other)
        names = [
            path.relative_to(root / "assets" / assets).as_posix()
            for path in (root / "assets" / assets).rglob("*")
            if path.is_file()
        ]
        files = offline_files(assets=assets, names=names, runtime=runtime.name)
        for name, data in files.items():
            self.site.write(name, data)


class Reader:
    def __init__(self, context, server):
        self.page, self.server = context.new_page(), server

    def open(self, path):
        self.page.goto(self.server.url + path)

    def until(self, expression, wanted, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            seen = self.page.evaluate(expression)
            if seen in wanted:
                return seen
            self.page.wait_for_timeout(30)
        raise AssertionError(f"{expression} is {seen}, not {wanted}")

    def run(self):
        self.until(WITNESS, ["idle"])
        self.page.click('[data-action="run"]')
        assert self.until(WITNESS, ["holds", "error", "fails"]) == "holds"
        assert self.text("[data-stdout]") == "10\n"

    def text(self, selector):
        return self.page.evaluate("(s) => document.querySelector(s)?.textContent", selector)


@pytest.fixture
def notebook(runtime_site):
    return Notebook(runtime_site)


@pytest.fixture
def context(browser):
    context = browser.new_context()
    yield context
    context.close()


@contextmanager
def online(notebook, port=0):
    with StaticServer(notebook.site.root, port=port, handler=Host) as server:
        yield server


def port_of(server):
    return int(server.origin.rsplit(":", 1)[1])


def test_visited_pages_and_their_demo_work_without_a_network(notebook, context):
    with online(notebook) as server:
        reader = Reader(context, server)
        reader.open("other/")
        reader.until(STATE, ["text"])
        reader.open("page/")
        reader.run()
        reader.until(STATE, ["whole"])
    for path, text in (("page/", "first"), ("other/", "other of first")):
        reader.open(path)
        assert reader.text("#text") == text
        reader.run()
    assert reader.until(STATE, ["whole"]) == "whole"
    assert reader.page.goto(server.url + "never/").status == 503


def test_an_update_takes_all_or_nothing_of_the_new_build(notebook, context):
    with online(notebook) as server:
        reader = Reader(context, server)
        reader.open("other/")
        reader.until(STATE, ["text"])
        reader.open("page/")
        reader.run()
        reader.until(STATE, ["whole"])
        old = Reader(context, server)
        old.open("page/")
    notebook.build("y", "second")
    with online(notebook, port_of(server)):
        reader.open("page/")
        assert reader.text("#text") == "second"
        reader.until(CACHES_OF_BUILDS, [["x", "y"]])  # the new one waits: two pages are open
        old.page.close()
        reader.until(WAITING, [True])
        reader.open("page/")
        reader.until(CACHES_OF_BUILDS, [["y"]])
        reader.run()
        reader.until(STATE, ["whole"])
    reader.open("other/")
    assert reader.text("#text") == "other of second", "visited in the old build, renewed in the new"
    reader.run()
    assert reader.page.evaluate(STYLES) == ["y"]


def test_a_build_cut_off_half_way_leaves_the_old_one_in_charge(notebook, context):
    with online(notebook) as server:
        reader = Reader(context, server)
        reader.open("page/")
        reader.run()
        reader.until(STATE, ["whole"])
    notebook.build("y", "second")
    (notebook.site.root / "assets" / "y" / "words.js").unlink()
    with online(notebook, port_of(server)):
        reader.open("page/")
        reader.page.wait_for_timeout(1500)
    reader.open("page/")
    assert reader.text("#text") == "first"
    reader.run()


def test_clear_deletes_everything_and_is_remembered(notebook, context):
    with online(notebook) as server:
        reader = Reader(context, server)
        reader.open("page/")
        reader.run()
        reader.until(STATE, ["whole"])
        assert reader.page.evaluate(CACHES)
        reader.page.click("[data-offline] button")
        reader.until(STATE, ["off"])
        assert reader.page.evaluate(CACHES) == []
        reader.open("page/")
        assert reader.until(STATE, ["off"]) == "off"
        assert reader.page.evaluate(REGISTRATIONS) == 0
        reader.page.click("[data-offline] button")
        reader.until(STATE, ["text"])


def test_a_full_storage_is_told_and_breaks_nothing(notebook, context):
    with online(notebook) as server:
        reader = Reader(context, server)
        session = context.new_cdp_session(reader.page)
        session.send("Storage.overrideQuotaForOrigin", {"origin": server.origin, "quotaSize": 2e6})
        reader.open("page/")
        reader.run()
        reader.until(STATE, ["full"])
        assert "could be kept" in reader.text("[data-offline]")
        reader.open("page/")
        reader.run()


def test_without_a_service_worker_the_site_works(notebook, context):
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    with online(notebook) as server:
        reader = Reader(context, server)
        reader.open("page/")
        reader.until(STATE, ["absent"])
        reader.run()


def test_the_pages_themselves_cannot_register_a_worker(notebook, context):
    with online(notebook) as server:
        reader = Reader(context, server)
        reader.open("page/")
        said = reader.page.evaluate(
            "navigator.serviceWorker.register('/sw.js').then(() => 'registered', (e) => e.name)"
        )
        assert said != "registered"


def test_caches_of_other_sites_on_the_origin_stay(notebook, context):
    with online(notebook) as server:
        reader = Reader(context, server)
        reader.open("page/")
        reader.page.evaluate("caches.open('conceptbook:/other/:pages-z')")
        reader.until(STATE, ["text"])
        reader.page.click("[data-offline] button")
        reader.until(STATE, ["off"])
        assert reader.page.evaluate(CACHES) == ["conceptbook:/other/:pages-z"]
