"""A reviewer without a terminal: the form on a claim's page, and the block that it makes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from click.testing import CliRunner
from conceptbook.build import Options, build
from conceptbook.cli import cli
from conceptbook.evidence import assess
from conceptbook.load import load
from conceptbook.witness.static_server import StaticServer
from playwright.sync_api import Browser, BrowserContext, Page

BASE = Path(__file__).parents[1] / "notebooks" / "_base"
WATCH = """
globalThis.breaches = [];
addEventListener("securitypolicyviolation", (event) => breaches.push(event.blockedURI));
"""
SUMMARY = 'Held section 3 against "the law": it agrees,\nfor # independent readings: a & b \\ {c}.'
NEW = """\
statement: The median of many readings moves less than their mean.
kind: empirical
scope: Readings with few outliers.
caveats: [Not for two readings.]
evidence:
  - {source: gauss-1809, stance: supports, locator: "sec. 4, p. 9", quote: "less: it moves"}
  - {id: gauss-again, source: gauss-1809, stance: contradicts, locator: sec. 5}
"""
CLAIMS = "claims/means/average"


def reviewed_notebook(root: Path) -> Path:
    shutil.copytree(BASE, root)
    (root / f"{CLAIMS}/medians.yaml").write_text(NEW)
    for name, old, new in (
        ("content/means/average/concept.yaml", "claims: [", "claims: [medians, "),
        (
            "notebook.yaml",
            "language:",
            "repository: https://github.com/someone/averages\nlanguage:",
        ),
    ):
        text = (root / name).read_text()
        assert old in text
        (root / name).write_text(text.replace(old, new))
    return root


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """The same as the site's, to paste into."""
    return reviewed_notebook(tmp_path / "book")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("form")
    root = reviewed_notebook(folder / "book")
    built = build(root, folder / "site", Options(), progress=print)
    assert built.report.ok, [d.message for d in built.report]
    with StaticServer(folder / "site") as server:
        yield server.url


@pytest.fixture
def visit(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a claim's page; none may break the policy, fail, or ask another origin."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def go(claim: str, **options: object) -> Page:
        context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"], **options)
        context.add_init_script(WATCH)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: said.type == "error" and faults.append(said.text))
        page.on("request", lambda asked: asked.url.startswith(address) or faults.append(asked.url))
        page.goto(f"{address}claims/means/average/{claim}/")
        return page

    yield go
    for context in contexts:
        for page in context.pages:
            assert page.evaluate("globalThis.breaches ?? []") == []
        context.close()
    assert faults == []


def until(page: Page, script: str) -> None:
    end = monotonic() + 20
    while not page.evaluate(script):
        assert monotonic() < end, f"never came: {script}"
        page.wait_for_timeout(30)


def begin(page: Page) -> None:
    page.locator("[data-do=begin-review]").click()
    until(page, "document.querySelector('.review-form') !== null")


def forward(page: Page, title: str) -> None:
    page.locator("[data-do=next]").click()
    heading = page.evaluate("document.activeElement.textContent")
    assert title in heading, page.locator(".review-form .panel-status").inner_text()


def answer(page: Page, question: str, value: str) -> None:
    group = page.locator(".review-step:visible fieldset", has_text=question)
    group.locator(f"input[value='{value}']").check()


def copied(page: Page) -> str:
    page.locator("[data-do=copy-review]").click()
    until(page, "document.querySelector('[data-do=copy-review]').textContent === 'Copied'")
    return page.evaluate("navigator.clipboard.readText()")


def test_a_copied_review_pasted_into_its_file_counts(notebook: Path, visit) -> None:
    page = visit("medians")
    begin(page)
    page.locator("[data-do=next]").click()
    assert "Say who reviews" in page.locator(".review-form .panel-status").inner_text()
    page.locator("select[name=by]").select_option("rex")
    page.locator("input[name=date]").fill("2026-11-01")
    forward(page, "2 of 5: Gauss 1809")
    assert "less: it moves" in page.locator(".review-step:visible").inner_text()
    answer(page, "How much", "full-text")
    answer(page, "What does it say", "supports")
    page.locator(".review-step:visible textarea").fill("Word for word: “it moves” # here")
    forward(page, "3 of 5: Gauss 1809")
    answer(page, "How much", "excerpt")
    answer(page, "What does it say", "contradicts")
    forward(page, "What you conclude")
    proposal = page.locator(".review-proposal").inner_text()
    assert "supported with caveats" in proposal
    page.locator("textarea[name=summary]").fill(SUMMARY)
    forward(page, "Copy it")
    block = copied(page)
    edit = page.locator(".review-step:visible a").get_attribute("href")
    assert edit == f"https://github.com/someone/averages/edit/HEAD/{CLAIMS}/medians.yaml"

    path = notebook / f"{CLAIMS}/medians.yaml"
    path.write_text(path.read_text() + block)
    book, report = load(notebook)
    assert report.ok, [d.message for d in report]
    [review] = book.claims["means/average/medians"].record.reviews
    assert (review.by, str(review.date), review.conclusion) == (
        "rex",
        "2026-11-01",
        "supported-with-caveats",
    )
    assert review.summary == SUMMARY
    assert review.checks[0].note == "Word for word: “it moves” # here"
    assert assess(book)["means/average/medians"].review == "reviewed"
    for command in ("check", "audit"):
        ran = CliRunner().invoke(cli, ["-C", str(notebook), command, "--format", "json"])
        assert ran.exit_code == 0, ran.output
    assert '"review": "reviewed"' in ran.output


def test_the_block_joins_the_reviews_that_are_there_by_somebody_not_listed(
    notebook: Path, visit
) -> None:
    page = visit("falls-with-size")
    begin(page)
    page.locator("select[name=by]").select_option("")
    page.locator("input[name=date]").fill("2026-11-02")
    page.locator("[data-do=next]").click()
    assert "name is missing" in page.locator(".review-form .panel-status").inner_text()
    page.locator("input[name=name]").fill("ada author")
    page.locator("[data-do=next]").click()
    assert "is an author of this claim" in page.locator(".review-form .panel-status").inner_text()
    page.locator("input[name=name]").fill("Zoë Reader, Jr.")
    page.locator("input[name=github]").fill("zoe-r")
    forward(page, "2 of 4: Gauss 1809")
    answer(page, "How much", "none")
    assert page.locator("input[value=background]:visible").count() == 0
    forward(page, "What you conclude")
    assert "inconclusive" in page.locator(".review-proposal").inner_text()
    answer(page, "Conclusion", "supported")
    page.locator("textarea[name=summary]").fill("Could not open it, and yet I should like to pass.")
    page.locator("[data-do=next]").click()
    assert "Nothing was opened" in page.locator(".review-form .panel-status").inner_text()
    answer(page, "Conclusion", "inconclusive")
    forward(page, "Copy it")
    path = notebook / f"{CLAIMS}/falls-with-size.yaml"
    path.write_text(path.read_text() + copied(page))
    book, report = load(notebook)
    assert report.ok, [d.message for d in report]
    status = assess(book)["means/average/falls-with-size"]
    assert [state.current for state in status.reviews] == [False, True]
    assert status.reviews[1].review.by.name == "Zoë Reader, Jr."


def test_the_keyboard_alone_suffices_and_an_interrupted_review_is_taken_up(visit) -> None:
    page = visit("medians")
    page.locator("[data-do=begin-review]").focus()
    page.keyboard.press("Enter")
    until(page, "document.activeElement.tagName === 'LEGEND'")
    page.keyboard.press("Tab")
    page.keyboard.press("r")  # Rex, in the list of people
    page.locator("input[name=date]").focus()
    page.keyboard.type("11012026")
    page.keyboard.press("Enter")
    until(page, "document.activeElement.textContent.startsWith('2 of 5')")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.name") != "access gauss-1809":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    chosen = "document.querySelector('[name=\"access gauss-1809\"]:checked').value"
    assert page.evaluate(chosen) == "excerpt"
    page.reload()
    begin(page)
    assert "earlier visit" in page.locator(".review-form .panel-status").inner_text()
    assert page.evaluate("document.querySelector('[name=date]').value") == "2026-11-01"
    assert page.evaluate(chosen) == "excerpt"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_narrow_screen(visit, scheme: str) -> None:
    page = visit("medians", viewport={"width": 320, "height": 640}, color_scheme=scheme)
    begin(page)
    page.locator("input[name=date]").fill("2026-11-01")
    page.locator("select[name=by]").select_option("rex")
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        forward(page, " of 5")
        answer(page, "How much", "full-text")
        answer(page, "What does it say", "supports")
    forward(page, "What you conclude")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_scripts_the_page_says_how_and_has_the_block(notebook: Path, visit) -> None:
    page = visit("medians", java_script_enabled=False)
    assert page.locator("[data-do=begin-review]").count() == 0
    page.locator(".review-by-hand summary").click()
    text = page.locator(".review-by-hand").inner_text()
    assert "the day (as 2026-01-31)" in text and "medians.yaml, at the end of the file" in text
    block = page.locator(".review-by-hand pre").inner_text()
    for blank in ("Rex Reader", "2026-11-03", "inconclusive", "none", "not-checked"):
        block = block.replace("…", blank, 1)
    block = block.replace("access: …, finding: …", "access: none, finding: not-checked")
    block = block.replace("…", "Neither place could be opened, so that I could not decide.")
    path = notebook / f"{CLAIMS}/medians.yaml"
    path.write_text(path.read_text() + block)
    book, report = load(notebook)
    assert report.ok, [d.message for d in report]
    [state] = assess(book)["means/average/medians"].reviews
    assert state.current and state.review.conclusion == "inconclusive"
