"""Every reader: axe-core, the keyboard alone, narrow screens, the weight of the page."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
CONCEPT = "scaling/double-descent/"

Readers = Callable[..., Any]


def all_alive(opened: Any) -> None:
    for place, sign in (
        ("#code", "[data-do=edit]"),
        ("#demo", "[data-readout]"),
        ("#predict", "input"),
        ("[data-storyboard]", "svg"),
        ("[data-inquiry]", "input"),
        ("[data-practice]", ".tally"),
    ):
        opened.reach(place, sign)


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(({ violations }) => violations)")
    return [f"{v['id']}: {[node['html'][:120] for node in v['nodes']]}" for v in found]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 320)])
def test_axe_finds_nothing_with_every_panel_open(reader: Readers, scheme: str, width: int) -> None:
    screen = {"width": width, "height": 800}
    opened = reader(color_scheme=scheme, reduced_motion="reduce", viewport=screen)
    page = opened.open(CONCEPT)
    all_alive(opened)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    page.locator("[data-inquiry] input").first.check()
    page.locator("[data-inquiry] [data-do=commit]").click()
    page.locator("[data-do=edit]").first.click()
    page.locator(".editor-text").press("x")
    page.locator(".changes").first.wait_for(state="attached")
    page.locator("[data-do=compare]").first.click()
    page.locator('[data-prediction="1"] input').first.check()
    assert violations(page) == []
    page.locator("[data-do=ask-claim]").first.click()
    page.locator("[data-handoff] summary").click()
    assert violations(page) == []


def test_the_keyboard_alone_leads_through_the_panels(reader: Readers) -> None:
    """Predict, run, reveal, practice, research room; each is reached by Tab."""
    opened = reader()
    page = opened.open(CONCEPT)
    all_alive(opened)
    page.locator('[data-prediction="2"] input').first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.do") == "reveal"
    page.keyboard.press("Enter")
    state = "document.querySelector('[data-prediction=\"2\"]').dataset.state"
    opened.until(f"{state} === 'revealed'", "the run answers")
    right = page.locator('[data-prediction="2"]').get_attribute("data-right")
    assert right == "true"
    reach(page, "document.activeElement.closest('.hint')", "the first hint")
    page.keyboard.press("Enter")
    reach(page, "document.activeElement.closest('[data-answer]')", "the answer")
    page.keyboard.press("Enter")
    reach(page, "document.activeElement.dataset.do === 'had'", "the reader's word")
    page.keyboard.press("Space")
    assert "Ready: 1" in page.locator("#practice .tally").inner_text()
    reach(page, "document.activeElement.dataset.do === 'work-on'", "an open question")
    page.keyboard.press("Enter")
    page.locator("dialog.room").wait_for(state="visible")
    for _ in range(40):
        page.keyboard.press("Tab")
        inside = (
            "document.activeElement === document.body || document.activeElement.closest('.room')"
        )
        assert page.evaluate(f"Boolean({inside})"), "the focus stays in the room"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.do") == "work-on"


def reach(page: Page, script: str, what: str, most: int = 200) -> None:
    for _ in range(most):
        if page.evaluate(f"Boolean({script})"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} times Tab does not reach {what}")


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_sticks_out_on_a_narrow_screen(reader: Readers, width: int) -> None:
    """640 pixels at 200 % zoom are 320 of CSS; both must fit without scrolling sideways."""
    opened = reader(viewport={"width": 320, "height": 640}, device_scale_factor=width / 320)
    page = opened.open(CONCEPT)
    all_alive(opened)
    page.locator("[data-do=edit]").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("[data-do=ask-claim]").first.click()
    assert page.locator("dialog.room").evaluate("(room) => room.scrollWidth <= room.clientWidth")
