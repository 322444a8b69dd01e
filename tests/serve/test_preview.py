"""An author with a page open beside the editor: faults appear on it and go, and it stays as it
was."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from click.testing import CliRunner
from conceptbook.cli import cli
from conceptbook.serve.serve import Preview
from conceptbook.serve.server import PreviewServer
from playwright.sync_api import Browser, Page

CONCEPT = "quadrature/trapezoidal-rule"
PATIENCE_S = 60
WATCH = """
globalThis.breaches = [];
addEventListener("securitypolicyviolation", (event) =>
  breaches.push(`${event.effectiveDirective}: ${event.blockedURI}`));
"""
WITNESS = 'document.querySelector("conceptbook-witness")'
TOP = 'document.getElementById("{}").getBoundingClientRect().top'
SEEN = "`scrolled ${scrollY} of ${document.documentElement.scrollHeight}`"
FIRST_IN_VIEW = """
[...document.querySelectorAll("main section[id]")].find(
  (element) => element.getBoundingClientRect().top > 0).id
"""
STILL = """() => new Promise((found) => {
  let [last, same] = [NaN, 0];
  const look = () => {
    same = scrollY === last ? same + 1 : 0;
    last = scrollY;
    if (same < 10) requestAnimationFrame(look);
    else found();
  };
  look();
})"""
FAULTS = 'document.querySelector("conceptbook-faults")?.shadowRoot'


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `new notebook` makes."""
    folder = tmp_path_factory.mktemp("notes")
    done = CliRunner().invoke(cli, ["-C", str(folder), "new", "notebook", "my notes"])
    assert done.exit_code == 0, done.output
    return folder / "my notes"


@pytest.fixture(scope="module")
def rebuild(root: Path) -> Iterator[Callable[[], None]]:
    """Serves the notebook; what it gives builds it, as a change of a file would."""
    preview = Preview(root, "vscode://file{path}:{line}:{column}", print, lambda report: None)
    with PreviewServer(preview.site, host="127.0.0.1", port=0) as server:
        preview.build(server)

        def build() -> None:
            # Playwright's thread must stay free to look at the page.
            thread = threading.Thread(target=preview.build, args=[server])
            thread.start()
            thread.join()

        build.url = server.url  # type: ignore[attr-defined]
        yield build


@pytest.fixture(scope="module")
def page(chromium: Browser, rebuild) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(WATCH)
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: None if known(asked.url) else faults.append(asked.url))

    def known(url: str) -> bool:
        return url.startswith((rebuild.url, "blob:"))

    page.goto(f"{rebuild.url}{CONCEPT}/")
    until(page, f'{WITNESS}?.dataset.state === "idle"')
    yield page
    assert not faults and not page.evaluate("breaches")
    context.close()


def until(page: Page, state: str) -> None:
    """Waits for a state; the page's policy forbids Playwright's own way."""
    end = monotonic() + PATIENCE_S
    while True:
        try:
            if page.evaluate(f"Boolean({state})"):
                return
        except Exception as error:
            if "context was destroyed" not in str(error):
                raise
        assert monotonic() < end, f"never came: {state}; {page.evaluate(SEEN)}"
        page.wait_for_timeout(50)


def edited(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_fault_is_shown_with_a_link_to_its_line(page: Page, root: Path, rebuild) -> None:
    name = f"content/{CONCEPT}/concept.yaml"
    edited(root, name, "summary:", "sumary:")
    rebuild()
    until(page, FAULTS)
    line = (root / name).read_text().splitlines().index("sumary: >-") + 1
    words = page.evaluate(f"{FAULTS}.textContent")
    assert f"{name}:{line}:1" in words and "CB201" in words
    assert 'unknown key "sumary"' in words and 'hint: did you mean "summary"?' in words
    assert "sumary: >-" in page.evaluate(f'{FAULTS}.querySelector("pre").textContent')
    link = page.evaluate(f'{FAULTS}.querySelector("a").href')
    assert link == f"vscode://file{str(root / name).replace(' ', '%20')}:{line}:1"
    assert page.evaluate(f'{FAULTS}.querySelector("details").open')


def test_mending_it_takes_the_fault_away(page: Page, root: Path, rebuild) -> None:
    edited(root, f"content/{CONCEPT}/concept.yaml", "sumary:", "summary:")
    rebuild()
    until(page, f'!({FAULTS}) && {WITNESS}?.dataset.state === "idle"')


def test_the_page_follows_and_stays_as_it_was(page: Page, root: Path, rebuild) -> None:
    page.evaluate(f"{WITNESS}.set({{ a: 1.5 }})")
    assert page.evaluate(f"{WITNESS}.settings.a") == 1.5
    page.locator("code[data-source]").first.scroll_into_view_if_needed()
    page.locator('[data-do="edit"]').first.click()
    page.locator(".editor-text").first.press("Control+Home")
    page.keyboard.type("# mine\n")
    page.evaluate(STILL)  # a field that is written in brings itself into view, and takes its time
    page.evaluate("scrollTo({ top: 700, behavior: 'instant' })")
    top = TOP.format(page.evaluate(FIRST_IN_VIEW))
    place = page.evaluate(top)
    page.evaluate("globalThis.old = true")
    edited(root, f"content/{CONCEPT}/page.md", "## Intuition\n", "## Intuition\n\nRebuilt words.\n")
    rebuild()
    until(page, f"!globalThis.old && {WITNESS}?.dataset.state !== undefined")
    assert "Rebuilt words." in page.inner_text("main")
    until(page, f"{WITNESS}.settings.a === 1.5")
    until(page, 'document.querySelector(".editor")?.value.startsWith("# mine")')
    until(page, f"Math.abs({top} - {place}) < 3")


def test_a_program_changed_on_disk_is_shown_as_it_is_there(page: Page, root: Path, rebuild) -> None:
    file = page.evaluate('document.querySelector("code[data-source]").dataset.file')
    edited(root, f"content/{CONCEPT}/{file}", "import numpy as np\n", "import numpy as np  # new\n")
    page.evaluate("globalThis.old = true")
    rebuild()
    until(page, FAULTS)
    assert "CB508" in page.evaluate(f"{FAULTS}.textContent"), "the record is of the former code"
    assert page.evaluate("globalThis.old"), "the page stays, the edit on it too"


def test_nothing_is_put_back_against_a_hand_on_the_page(page: Page, rebuild) -> None:
    other = page.context.new_page()
    other.goto(f"{rebuild.url}{CONCEPT}/")
    beyond = "{page: location.pathname, place: {scroll: 1e6}, witnesses: {}, opened: []}"
    other.evaluate(f'sessionStorage.setItem("conceptbook:serve", JSON.stringify({beyond}))')
    other.reload()
    foot = "scrollY + innerHeight > document.documentElement.scrollHeight - 2"
    until(other, foot)
    other.mouse.move(640, 400)
    other.mouse.wheel(0, -600)
    until(other, f"!({foot})")
    other.evaluate(STILL)
    assert not other.evaluate(foot), other.evaluate(SEEN)
    other.close()
