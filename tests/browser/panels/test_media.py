"""A concept's page as some readers have it: printed, in high contrast, without motion, read out,
and on a phone, where what is too wide scrolls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Readers = Callable[..., Any]

LINES = """(() => {
  const lines = [...document.querySelectorAll(".cb-plot .cb-asserted .cb-line")].slice(0, 3);
  return lines.map((line) => getComputedStyle(line).stroke);
})()"""
WIDE = """[...document.querySelectorAll(".equation, .table-scroll, p:has(math)")]
  .filter((found) => found.clientWidth > 0 && found.scrollWidth > found.clientWidth)"""
SIGNS = f"""{WIDE}.map((found) => {{
  const {{ backgroundImage, backgroundAttachment, overflowX }} = getComputedStyle(found);
  const shadows = backgroundImage.split("linear-gradient").length - 1;
  return [overflowX, shadows, backgroundAttachment, found.tabIndex,
    found.localName !== "div" || (found.role === "group" && found.ariaLabel !== "")];
}})"""


def test_on_paper_stand_addresses_and_statuses(reader: Readers) -> None:
    page = reader().open()
    page.emulate_media(media="print")
    after = "(element) => getComputedStyle(element, '::after').content"
    link = page.locator("#sources a[href^='https:']").first
    assert link.evaluate(after) in ('" (" attr(href) ")"', f'" ({link.get_attribute("href")})"')
    badges = page.locator("#claims .badge")
    assert badges.count() == 6 and all(badge.is_visible() for badge in badges.all())
    table = page.locator("conceptbook-witness details table").first
    assert table.is_visible(), "the recorded points, which are folded on the screen"
    for control in (".site-nav", ".contents", ".actions", ".object-bar", ".quiz-actions"):
        assert page.locator(f"{control}:visible").count() == 0, control
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_high_contrast_curves_and_their_names_take_the_readers_colours(
    reader: Readers, scheme: str
) -> None:
    page = reader(forced_colors="active", color_scheme=scheme).open()
    text = page.evaluate("getComputedStyle(document.body).color")
    assert set(page.evaluate(LINES)) == {text}, "all in one colour"
    dashes = page.locator(".cb-s2 .cb-line").first.evaluate(
        "(line) => getComputedStyle(line).strokeDasharray"
    )
    assert dashes != "none", "so that they differ otherwise"


def test_more_contrast_leaves_no_faint_words(reader: Readers) -> None:
    page = reader(contrast="more").open()
    ink = page.evaluate("getComputedStyle(document.querySelector('.flow p')).color")
    faint = page.locator(".control-help, .structure-holds").first
    assert faint.evaluate("(words) => getComputedStyle(words).color") == ink


def test_who_wants_less_motion_gets_none(reader: Readers) -> None:
    page = reader(reduced_motion="reduce").open()
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.locator("[data-do=ask-claim]").first.click()
    page.locator("dialog.room").wait_for(state="visible")
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_curve_is_a_sentence_and_a_table_to_who_hears_it(reader: Readers) -> None:
    page = reader().open()
    figure = page.locator('[data-plot="risk"]')
    drawing = figure.get_by_role("img", name="Expected squared error on a fresh example")
    described = drawing.evaluate(
        """(drawing) => drawing.getAttribute("aria-labelledby").split(" ")
          .map((id) => document.getElementById(id).textContent).join(" ")"""
    )
    assert "15 points from x = 1 to 200 features, lowest 0.1916 at x = 8" in described
    figure.locator("summary").first.click()
    table = figure.get_by_role("table").first
    assert table.get_by_role("columnheader").all_inner_texts() == ["width d", "risk"]
    assert table.get_by_role("row").count() == 16


@pytest.mark.parametrize(
    ("width", "path", "least"),
    [(320, "generalization/bias-variance/", 2), (390, "scaling/epoch-wise-double-descent/", 1)],
)
def test_what_scrolls_on_a_phone_says_so_and_is_reached(
    reader: Readers, width: int, path: str, least: int
) -> None:
    opened = reader(viewport={"width": width, "height": 800})
    page = opened.open(path)
    opened.until(f"{WIDE}.length >= {least} && {WIDE}.every(({{ tabIndex }}) => tabIndex === 0)")
    for signs in page.evaluate(SIGNS):
        assert signs == ["auto", 4, "local, local, scroll, scroll", 0, True]
    page.set_viewport_size({"width": 1280, "height": 800})
    opened.until("document.querySelectorAll('.equation[tabindex], p[tabindex]').length === 0")
