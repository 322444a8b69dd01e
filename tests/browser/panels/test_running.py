"""Panels that run the witness: prediction, storyboard, demo and code, in one visit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator

WITNESS = 'conceptbook-witness[data-witness="ordered-features"]'
STATE = f"document.querySelector('{WITNESS}').dataset.state"

PANELS = {
    "#code": "[data-do=edit]",
    "#demo": "[data-readout]",
    "#predict": "input",
    "[data-storyboard]": "svg",
}


@pytest.fixture(scope="module")
def visit(visitor: Any) -> Any:
    """One page for all of these tests, so that Python starts once."""
    visitor.open()
    visitor.until(f"{STATE} === 'idle'", "the witness is ready")
    for place, sign in PANELS.items():
        visitor.reach(place, sign)
    return visitor


def settings(visit: Any) -> dict[str, Any]:
    return visit.page.evaluate(f"document.querySelector('{WITNESS}').settings")


def choose(visit: Any, number: int, option: int) -> Locator:
    """Commit to an answer of a prediction and run; gives the card."""
    card = visit.page.locator(f'[data-prediction="{number}"]')
    card.locator("input").nth(option).check()
    card.locator("[data-do=reveal]").click()
    done = f"document.querySelector('[data-prediction=\"{number}\"]').dataset.state"
    visit.until(f"['revealed', 'failed'].includes({done})", "the prediction is answered")
    return card


def test_nothing_can_be_run_before_an_answer_is_chosen(visit: Any) -> None:
    card = visit.page.locator('[data-prediction="1"]')
    assert card.locator("[data-do=reveal]").get_attribute("aria-disabled") == "true"
    card.locator("[data-do=reveal]").click(force=True)
    assert card.get_attribute("data-state") == "open"
    assert not card.locator("[data-because]").is_visible()


def test_the_run_decides_which_answer_was_right(visit: Any) -> None:
    card = choose(visit, 2, 0)
    assert settings(visit)["n_train"] == 60
    assert card.get_attribute("data-right") == "false"
    options = card.locator("label.option")
    assert [o.get_attribute("data-ok") for o in options.all()] == ["false", "true", ""]
    assert "follows the number of examples" in card.locator("[data-because]").inner_text()
    assert card.locator("svg").count() == 1, "the run that decided is shown"
    assert "0 of 1" in visit.page.locator("#predict > .tally").inner_text()
    card = choose(visit, 3, 0)
    assert card.get_attribute("data-right") == "true"
    assert settings(visit) == {"noise": 0.3, "decay": 0, "n_train": 40, "ridge": 0}
    assert "1 of 2" in visit.page.locator("#predict > .tally").inner_text()
    stored = visit.page.evaluate("JSON.stringify(localStorage)")
    assert all(name.startswith("conceptbook:/:") for name in json.loads(stored))


def test_an_edited_program_scores_nothing(visit: Any) -> None:
    page = visit.page
    page.locator("[data-do=edit]").first.click()
    page.locator(".editor-text").press("End")
    page.keyboard.type("  # mine")
    card = choose(visit, 1, 2)
    assert "With your edited program" in card.inner_text()
    assert "1 of 2" in page.locator("#predict > .tally").inner_text()
    page.locator("[data-do=put-back]").first.click()
    assert not page.evaluate(f"document.querySelector('{WITNESS}').edited")


def test_a_step_sets_the_demo_and_lights_its_part(visit: Any) -> None:
    page = visit.page
    board = page.locator("[data-storyboard]")
    assert board.locator(".step:visible").count() == 1
    page.locator("[data-do=next]").click()
    assert board.get_attribute("data-step") == "2"
    assert settings(visit)["decay"] == 1, "a step without a setting is the recorded one"
    assert board.locator(".cb-light").count() == 1
    assert board.locator(".cb-dim").count() > 0
    board.get_by_role("button", name="Step 6").click()
    visit.until(f"{STATE} === 'exploring'", "the step was run, since the demo had been")
    assert settings(visit)["noise"] == 0
    left, right = page.evaluate(LIT)
    assert 25 < left < 32 and 50 < right < 60, "the light covers 32 to 50"
    assert board.get_by_role("button", name="Next").get_attribute("aria-disabled") == "true"


LIT = """(() => {
  const svg = document.querySelector("[data-storyboard] svg");
  const [kind, low, high, start, end] = svg.getAttribute("data-x").split(" ");
  const rect = svg.querySelector(".cb-light");
  const x = Number(rect.getAttribute("x"));
  const value = (at) => low * (high / low) ** ((at - start) / (end - start));
  return [value(x), value(x + Number(rect.getAttribute("width")))];
})()"""


def test_earlier_runs_stay_as_ghosts_and_values_can_be_read(visit: Any) -> None:
    page = visit.page
    assert page.locator(f"{WITNESS} .cb-ghost").count() > 0
    stage = page.locator(f"{WITNESS} [data-stage]").first
    stage.focus()
    page.keyboard.press("End")
    said = page.locator(f"{WITNESS} [data-readout]").first
    assert said.inner_text().startswith("width d = 200 features: risk, recorded 0.93")
    assert "this run" in said.inner_text()
    assert said.get_attribute("aria-live") == "polite"
    page.keyboard.press("ArrowLeft")
    assert said.inner_text().startswith("width d = 120")
    stage.hover(position={"x": 60, "y": 120})
    assert said.inner_text().startswith("width d = 1 ")
    assert said.get_attribute("aria-live") == "off"


def test_a_plot_comes_as_numbers_and_as_pictures(visit: Any, tmp_path: Path) -> None:
    files = {}
    for kind in ("csv", "svg", "png"):
        with visit.page.expect_download() as download:
            visit.page.locator(f"{WITNESS} [data-do=download-{kind}]").first.click()
        assert download.value.suggested_filename == f"ordered-features-risk.{kind}"
        download.value.save_as(tmp_path / kind)
        files[kind] = (tmp_path / kind).read_bytes()
    rows = files["csv"].decode().splitlines()
    assert rows[0] == "curve,of,x,y"
    assert sum(row.startswith("risk,run,") for row in rows) == 15
    assert b"style=" not in files["svg"] and b"rgb(" in files["svg"]
    assert b'@font-face{font-family:"Source Sans 3"' in files["svg"], "it carries its face"
    assert b"url(data:font/woff2;base64," in files["svg"] and b"url(http" not in files["svg"]
    assert b"system-ui" in files["svg"], "and names the system's for where that fails"
    assert files["png"].startswith(b"\x89PNG") and len(files["png"]) > 20_000


def test_a_fault_is_marked_at_its_line(visit: Any) -> None:
    page = visit.page
    page.locator("[data-do=edit]").first.click()
    page.locator(".editor-text").press("Control+Home")
    page.keyboard.type("1 / 0\n")
    assert "1 / 0" in page.locator("code[data-source]").first.text_content()
    page.locator("[data-do=compare]").first.click()
    page.locator(".changes ins").first.wait_for()
    assert page.locator(".changes ins").first.inner_text().strip() == "+ 1 / 0"
    page.locator("[data-do=run-code]").first.click()
    visit.until(f"{STATE} === 'error'", "the edited program fails")
    assert page.locator(".cm-fault").inner_text() == "1 / 0"
    said = page.locator("#code .listing-actions [role=status]").first
    assert said.inner_text().startswith("Line 1: ZeroDivisionError")
    page.locator("[data-do=put-back]").first.click()
    assert page.locator("pre.code").first.is_visible()


def test_reset_forgets_the_earlier_runs(visit: Any) -> None:
    visit.page.locator(f"{WITNESS} [data-action=reset]").click()
    assert visit.page.locator(f"{WITNESS} .cb-ghost").count() == 0
    assert settings(visit)["noise"] == 0.3


def test_a_prediction_is_remembered(visit: Any) -> None:
    page = visit.open()
    visit.reach("#predict", "input")
    card = page.locator('[data-prediction="3"]')
    assert card.get_attribute("data-state") == "revealed"
    assert "As you predicted" in card.inner_text()
    assert page.locator('[data-prediction="1"]').get_attribute("data-state") == "open"
