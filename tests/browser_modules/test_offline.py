"""Reading without a network, in a real Chromium whose host is really gone."""

from __future__ import annotations

import time
from contextlib import contextmanager

import pytest
from conceptbook.assets import Assets
from conceptbook.runtime import offline
from conceptbook.witness.static_server import StaticServer
from conceptbook_kit.declaration import Declaration
from conceptbook_kit.judge import code_digest

CODE = "import numpy as np\nprint(np.arange(5).sum())\n"
DECLARATION = Declaration("a/b", "live", "live.py", "A witness", 60.0, 256)
END = "<footer><div data-offline-place></div></footer></body>"
BESIDE = '<img src="picture.svg" alt=""><a href="data.json" type="application/json" hidden></a>'
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='7' height='7'/>"
WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""

STATE = "document.querySelector('[data-offline]')?.dataset.offline"
WITNESS = "document.querySelector('conceptbook-witness')?.dataset.state"
TEXT = "document.querySelector('#text')?.textContent"
PICTURES = "[...document.images].map((image) => image.naturalWidth)"
DATA = "fetch('data.json').then((response) => response.json())"
STANDS_ON = """[...new Set(performance.getEntriesByType("resource")
  .map(({name}) => name.match(/assets[/](\\w+)[/]/)?.[1]).filter(Boolean))]"""
CACHES = "caches.keys().then((names) => names.sort())"
WHOLE = """(async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const build = name.split(":pages-")[1];
    if (build && (await (await caches.open(name)).match("../offline.json"))) found.push(build);
  }
  return found.join();
})()"""
FOLDERS = """caches.keys().then((names) => names.map((name) => name.split(":").at(-1))
  .filter((name) => name.startsWith("assets-")).sort().join())"""
REGISTRATIONS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"


class Notebook:
    """A site in a folder, in builds that differ by the name of their assets and by a text."""

    def __init__(self, site, runtime):
        self.site, self.runtime, self.assets = site, runtime, "x"
        self.build("first")

    def build(self, text, assets="x", pages=("page", "other"), code=CODE):
        """In the place of the build before, of which nothing stays on the host."""
        folder = self.site.root / "assets"
        (folder / self.assets).rename(folder / assets)
        self.assets = assets
        self.site.page(DECLARATION, {}, code, digest=code_digest(code))
        html = (self.site.root / "page" / "index.html").read_text()
        html = html.replace("../assets/x/", f"../assets/{assets}/").replace("</body>", END)
        record = (self.site.root / "page" / "record.json").read_text()
        for path in ("page", "other", "never"):
            (self.site.root / path / "index.html").unlink(missing_ok=True)
        for path in pages:
            main = f"<p id=text>{text} {path}</p>{BESIDE}</main>"
            self.site.write(f"{path}/index.html", html.replace("</main>", main))
            self.site.write(f"{path}/picture.svg", SVG)
            self.site.write(f"{path}/data.json", f'"{text}"')
            self.site.write(f"{path}/record.json", record)
        self.site.write("never/index.html", html)
        for name, content in offline.pages("A notebook", assets).items():
            self.site.write(name, content)
        self.site.write(f"assets/{assets}/main.css", "")
        files = {
            path.relative_to(folder / assets).as_posix(): path.read_bytes()
            for path in sorted((folder / assets).rglob("*"))
            if path.is_file()
        }
        edition = offline.edition(f"{assets}-{text}", Assets(files, assets), self.runtime, {})
        self.site.write("offline.json", edition)

    base_path = "/"


class Reader:
    """Somebody with a browser of their own, who minds every breach of the policy."""

    def __init__(self, context):
        self.context, self.page = context, context.new_page()

    def open(self, address):
        return self.page.goto(address)

    def until(self, expression, *wanted, seconds=60):
        end = time.monotonic() + seconds
        while (seen := self.page.evaluate(expression)) not in wanted:
            assert time.monotonic() < end, f"{expression} is {seen!r}, never {wanted}"
            self.page.wait_for_timeout(30)
        return seen

    def press_run(self):
        self.until(WITNESS, "idle")
        self.page.click('[data-action="run"]')
        return self.until(WITNESS, "holds", "error", "fails", "stopped")

    def run(self):
        assert self.press_run() == "holds", self.text("conceptbook-witness")
        assert self.text("[data-stdout]") == "10\n"

    def visit_and_run(self, address):
        self.open(address)
        self.run()
        self.until(STATE, "whole")

    def text(self, selector):
        return self.page.evaluate("(s) => document.querySelector(s)?.textContent", selector)

    def later(self):
        """The ten minutes are over for which a host lets a browser keep a file unasked."""
        self.context.new_cdp_session(self.page).send("Network.clearBrowserCache")


@pytest.fixture
def notebook(runtime_site, prepared_runtime):
    return Notebook(runtime_site, prepared_runtime)


@pytest.fixture
def context(chromium):
    context = chromium.new_context()
    context.add_init_script(WATCH)
    yield context
    for page in context.pages:
        assert page.evaluate("window.violations") == []
    context.close()


@pytest.fixture
def reader(context):
    return Reader(context)


@contextmanager
def online(notebook, port=0):
    with StaticServer(notebook.site.root, notebook.base_path, port) as server:
        yield server.url


def again(address):
    """The port of an earlier server."""
    return int(address.split(":")[2].split("/")[0])


@pytest.mark.parametrize("base_path", ["/", "/repo/"])
def test_visited_pages_and_their_demo_work_without_a_network(notebook, reader, base_path):
    notebook.base_path = base_path
    notebook.build("first")
    with online(notebook) as root:
        reader.open(root + "other/")
        reader.until(STATE, "text")
        reader.visit_and_run(root + "page/")
    reader.later()
    for path in ("page", "other"):
        assert reader.open(f"{root}{path}/").status == 200
        assert reader.text("#text") == f"first {path}"
        reader.run()
        reader.until(STATE, "whole")
        reader.until(PICTURES, [7])
        assert reader.page.evaluate(DATA) == "first"
    for address in ("page/index.html", "page/?q=1#text", "page"):
        reader.open(root + address)
        assert reader.text("#text") == "first page"


def test_a_page_never_visited_says_so_and_which_were(notebook, reader):
    with online(notebook) as root:
        reader.open(root + "page/")
        reader.until(STATE, "text")
    reader.later()
    assert reader.open(root + "never/").status == 503
    assert reader.text("h1") == "This page is not kept for reading offline"
    reader.until("document.querySelectorAll('[data-kept] a').length", 1)
    reader.page.click("[data-kept] a")
    reader.until(TEXT, "first page")


def test_the_text_alone_is_kept_before_a_run(notebook, reader):
    with online(notebook) as root:
        reader.open(root + "page/")
        reader.until(STATE, "text")
        assert "Run the demo once" in reader.text("[data-offline]")


def test_an_update_takes_all_of_the_new_build(notebook, reader, context):
    with online(notebook) as root:
        reader.open(root + "other/")
        reader.until(STATE, "text")
        reader.visit_and_run(root + "page/")
    notebook.build("second", "y")
    reader.later()
    with online(notebook, again(root)):
        reader.visit_and_run(root + "page/")
        assert reader.text("#text") == "second page"
        reader.until(WHOLE, "y-second")
    reader.later()
    reader.open(root + "other/")
    assert reader.text("#text") == "second other", "visited in the old build, kept in the new"
    reader.run()
    assert reader.page.evaluate(STANDS_ON) == ["y"]


def test_an_open_page_stands_on_its_own_build_until_it_is_closed(notebook, reader, context):
    with online(notebook) as root:
        reader.visit_and_run(root + "page/")
        old = Reader(context)
        old.open(root + "other/")
        old.until(STATE, "whole")
    notebook.build("second", "y")
    reader.later()
    with online(notebook, again(root)):
        reader.visit_and_run(root + "page/")
        reader.until(WHOLE, "y-second")
        old.run()
        assert old.text("#text") == "first other"
        assert old.page.evaluate(STANDS_ON) == ["x"]
        reader.until(FOLDERS, "assets-x,assets-y")
        old.page.close()
        reader.visit_and_run(root + "page/")
        reader.until(FOLDERS, "assets-y")


def test_a_build_of_the_same_assets_and_other_words_is_another_build(notebook, reader):
    with online(notebook) as root:
        reader.open(root + "other/")
        reader.until(STATE, "text")
        reader.open(root + "page/")
        reader.until(STATE, "text")
    notebook.build("second")
    reader.later()
    with online(notebook, again(root)):
        reader.open(root + "page/")
        reader.until(WHOLE, "x-second")
    reader.later()
    reader.open(root + "other/")
    assert reader.text("#text") == "second other"


def test_a_page_that_the_new_build_has_not_is_let_go(notebook, reader):
    with online(notebook) as root:
        reader.open(root + "other/")
        reader.until(STATE, "text")
        reader.open(root + "page/")
        reader.until(STATE, "text")
    notebook.build("second", pages=["page"])
    reader.later()
    with online(notebook, again(root)):
        reader.open(root + "page/")
        reader.until(WHOLE, "x-second")
    reader.later()
    assert reader.open(root + "other/").status == 503


@pytest.mark.parametrize("missing", ["assets/y/words.js", "other/index.html", "offline.html"])
def test_a_build_cut_off_half_way_leaves_the_old_one_in_charge(notebook, reader, missing):
    with online(notebook) as root:
        reader.open(root + "other/")
        reader.until(STATE, "text")
        reader.visit_and_run(root + "page/")
    notebook.build("second", "y")
    notebook.site.write(missing, "cut off")
    reader.later()
    with online(notebook, again(root)):
        reader.page.goto(root + "never/")
        answer = reader.page.evaluate(ASK, root)
        assert (answer["page"], answer["current"]) == (True, True)
        assert reader.page.evaluate(WHOLE) == "x-first"
    reader.later()
    for path in ("page", "other"):
        reader.open(f"{root}{path}/")
        assert reader.text("#text") == f"first {path}"
        reader.run()
        assert reader.page.evaluate(STANDS_ON) == ["x"]


ASK = """async (root) => {
  const { active } = await navigator.serviceWorker.getRegistration(root);
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve) => { port1.onmessage = ({ data }) => resolve(data); });
  const wish = { type: "keep", url: `${root}page/`, assets: "assets/x/", ran: false, ahead: true };
  active.postMessage(wish, [port2]);
  return answer;
}"""
"""What a page asks of the service worker; the answer comes when the work is done."""


POISON = """\
import js
async def poison():
    for name in await js.caches.keys():
        cache = await js.caches.open(name)
        for request in await cache.keys():
            await cache.put(request, js.Response.new("poisoned"))
tried = []
for way in ("poison().send(None)", "js.Worker.new('x')", "js.navigator.serviceWorker.ready"):
    try:
        eval(way)
        tried.append(way)
    except BaseException as error:
        print(type(error).__name__)
print(tried)
"""
KEPT = """(async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const bytes = await (await cache.match(request)).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      found[`${name} ${request.url}`] = digest.join();
    }
  }
  return found;
})()"""
"""All that is kept, and its digests."""


def test_a_program_cannot_poison_what_is_kept(notebook, reader):
    notebook.build("first", code=POISON)
    with online(notebook) as root:
        reader.open(root + "page/")
        reader.until(STATE, "text")
        before = reader.page.evaluate(KEPT)
        reader.press_run()
        reader.until(STATE, "whole")
        assert reader.text("[data-stdout]").splitlines()[-1] == "[]"
        after = reader.page.evaluate(KEPT)
    assert before == {name: digest for name, digest in after.items() if name in before}
    assert not [name for name in after if "poison" in name]


def test_a_spoilt_file_of_the_runtime_is_not_run_and_is_mended(notebook, reader):
    """Other sites of the origin can write to any cache: each file is held against its hash."""
    with online(notebook) as root:
        reader.visit_and_run(root + "page/")
        reader.later()
        reader.page.evaluate(SPOIL)
        reader.open(root + "page/")
        reader.run()
        reader.until(SPOILT, 0)
        reader.page.evaluate(SPOIL)
    reader.later()
    reader.open(root + "page/")
    reader.press_run()
    assert "is not the file this notebook was built with" in reader.text("[data-error]")


EACH = """(async (act) => {
  let found = 0;
  for (const name of await caches.keys()) {
    if (!name.includes(":runtime-")) continue;
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      if (url.endsWith("pyodide.mjs")) found += await act(cache, url);
    }
  }
  return found;
})"""
SPOIL = f"{EACH}((cache, url) => cache.put(url, new Response('spoilt')).then(() => 1))"
SPOILT = f"{EACH}(async (cache, url) => (await (await cache.match(url)).text()) === 'spoilt')"


def test_clear_deletes_everything_and_is_remembered(notebook, reader):
    with online(notebook) as root:
        reader.visit_and_run(root + "page/")
        reader.page.click("[data-offline] button")
        reader.until(STATE, "off")
        reader.until(CACHES, [])
        reader.until(REGISTRATIONS, 0)
        reader.open(root + "page/")
        reader.until(STATE, "off")
        reader.page.click("[data-offline] button")
        reader.until(STATE, "text")
        assert reader.page.evaluate(REGISTRATIONS) == 1


@pytest.mark.parametrize("megabytes", [0.001, 4])
def test_a_full_storage_is_told_and_breaks_nothing(notebook, reader, megabytes):
    with online(notebook) as root:
        reader.open(root + "page/")
        session = reader.context.new_cdp_session(reader.page)
        quota = {"origin": root.rstrip("/"), "quotaSize": int(megabytes * 1e6)}
        session.send("Storage.overrideQuotaForOrigin", quota)
        reader.run()
        reader.until(STATE, "full")
        assert "no room" in reader.text("[data-offline]")
        reader.open(root + "page/")
        reader.run()


def test_where_service_workers_are_off_the_site_works(notebook, reader, context):
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    with online(notebook) as root:
        reader.open(root + "page/")
        reader.until(STATE, "absent")
        reader.run()


@pytest.mark.parametrize(
    "refusal",
    [
        "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('denied'))",
        "ServiceWorkerContainer.prototype.getRegistration = () => Promise.reject(new Error('no'))",
        "Object.defineProperty(globalThis, 'caches', {get() { throw new Error('denied'); }})",
    ],
)
def test_where_they_are_denied_the_site_works_too(notebook, reader, context, refusal):
    context.add_init_script(refusal)
    with online(notebook) as root:
        reader.open(root + "page/")
        reader.until(STATE, "absent")
        reader.run()


def test_caches_of_other_sites_on_the_origin_stay(notebook, reader):
    theirs = ["conceptbook:/other/:pages-z", "something else"]
    with online(notebook) as root:
        reader.open(root + "page/")
        for name in theirs:
            reader.page.evaluate("(name) => caches.open(name).then(() => {})", name)
        reader.until(STATE, "text")
        reader.page.click("[data-offline] button")
        reader.until(CACHES, theirs)
