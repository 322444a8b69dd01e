"""Panels that need no run: inquiry, practice, object bar, research room, links to demo states."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

ROOT = Path(__file__).parents[3]
CONCEPT = "scaling/double-descent"
WITNESS = "conceptbook-witness"
READY = f"document.querySelector('{WITNESS}').dataset.state === 'idle'"

Readers = Callable[..., Any]


def test_an_inquiry_replies_to_what_was_committed(reader: Readers) -> None:
    opened = reader()
    opened.open()
    card = opened.reach("[data-inquiry]", "input")
    assert card.locator(".mirror svg .cb-light").count() == 1, "the stretch is lit"
    assert card.locator(".cb-dim").count() == 0, "no curve is given away"
    assert not card.locator("[data-because]").is_visible()
    card.locator("input").nth(0).check()
    card.get_by_role("button", name="Commit").click()
    assert "cannot grow when features are added" in card.locator(".reply").inner_text()
    options = [o.get_attribute("data-ok") for o in card.locator("label.option").all()]
    assert options == ["false", "true", ""]
    assert "fails by variance" in card.locator("[data-because]").inner_text()
    card.locator("input").nth(1).check()
    assert card.locator("label.option[data-ok=true]").count() == 0, "a new choice hides the marks"


@pytest.mark.parametrize("storage", [True, False])
def test_hints_come_in_order_and_readiness_is_kept(reader: Readers, storage: bool) -> None:
    opened = reader(storage=storage)
    page = opened.open()
    card = opened.reach("[data-practice]", ".tally").locator("[data-card]").first
    hints = card.locator("details.hint")
    assert [hint.is_visible() for hint in hints.all()] == [True, False, False]
    for number in range(3):
        hints.nth(number).locator("summary").click()
    assert all(hint.is_visible() for hint in hints.all())
    assert not card.locator("[data-do=had]").is_visible()
    card.locator("[data-answer] summary").click()
    card.locator("[data-do=had]").click()
    tally = page.locator("#practice .tally [role=status]")
    assert tally.inner_text().startswith("Ready: 1 of 3")
    page = opened.open("scaling/")
    page = opened.open()
    opened.reach("[data-practice]", ".tally")
    kept = "Ready: 1 of 3" if storage else "Ready: 0 of 3"
    assert page.locator("#practice .tally [role=status]").inner_text().startswith(kept)
    if storage:
        hints.first.locator("summary").click()
        hints.nth(1).wait_for(state="visible")
        page.get_by_role("button", name="Start over").click()
        assert [hint.is_visible() for hint in hints.all()] == [True, False, False]
        assert tally.inner_text().startswith("Ready: 0 of 3")


def test_a_concept_without_the_data_of_a_panel_shows_no_such_panel(reader: Readers) -> None:
    opened = reader()
    page = opened.open("audits/training-dynamics-article/")
    opened.reach("[data-practice]", ".tally")
    for absent in ("#code", "#demo", "#predict", "[data-storyboard]", "[data-inquiry]", "#math"):
        assert page.locator(absent).count() == 0, absent
        if absent.startswith("#"):
            assert page.locator(f'.contents [href="{absent}"]').count() == 0, absent
    assert page.locator("conceptbook-witness, .plot-tools, .listing-actions").count() == 0


def test_a_long_list_of_claims_leaves_their_evidence_to_their_own_pages(reader: Readers) -> None:
    page = reader().open("audits/training-dynamics-article/")
    claim = page.locator("#claim-defies-classical-wisdom")
    brief = claim.locator(".claim-brief")
    assert brief.inner_text().startswith("Overstated, Source check of this notebook (machine)")
    assert brief.locator("a").get_attribute("href") == (
        "../../claims/audits/training-dynamics-article/defies-classical-wisdom/"
    )
    assert claim.locator("details").count() == 0
    claim.locator("[data-do=ask-claim]").click()
    room = page.locator("dialog.room")
    room.wait_for(state="visible")
    assert "Evidence (contradicts): " in room.inner_text()


def test_the_bar_shows_the_object_in_focus_and_copies_its_key(reader: Readers) -> None:
    page = reader(permissions=["clipboard-read", "clipboard-write"]).open()
    bar = page.locator(".object-bar")
    assert bar.get_attribute("data-object-key") == "concept:scaling/double-descent"
    page.locator(".equation-number").nth(1).focus()
    assert bar.get_attribute("data-object-key") == "equation:scaling/double-descent/below-threshold"
    bar.locator("[data-do=copy-key]").click()
    pasted = "navigator.clipboard.readText()"
    assert page.evaluate(pasted) == "equation:scaling/double-descent/below-threshold"
    bar.locator("[data-do=copy-link]").click()
    assert page.evaluate(pasted).endswith("/scaling/double-descent/#equation-below-threshold")
    page.goto(
        page.evaluate(pasted).replace("equation-below-threshold", "source-loog-2020-prehistory")
    )
    assert bar.get_attribute("data-object-key") == "source:loog-2020-prehistory"


def test_the_bar_and_the_room_follow_the_setting_of_the_demo_in_focus(reader: Readers) -> None:
    opened = reader()
    demo = "scaling/double-descent/#demo-ordered-features?noise=0.1"
    page = opened.open(demo)
    key = "document.querySelector('.object-bar').dataset.objectKey"
    opened.until(f"{key} === 'demo:scaling/double-descent/ordered-features?noise=0.1'")
    page.evaluate("document.querySelector('conceptbook-witness').set({noise: 0.2})")
    opened.until(f"{key} === 'demo:scaling/double-descent/ordered-features?noise=0.2'")
    page.locator(".object-bar [data-do=ask]").click()
    room = page.locator("dialog.room")
    room.wait_for(state="visible")
    assert room.locator("select").input_value() == page.evaluate(key)


def test_every_object_stands_where_its_key_says(reader: Readers, site: Path) -> None:
    page = reader().open()
    file = page.locator("[data-objects]").get_attribute("href") or ""
    objects = json.loads((site / CONCEPT / file).read_text(encoding="utf-8"))["objects"]
    kinds = {found["kind"] for found in objects}
    assert kinds == {"Concept", "Claim", "Equation", "Witness", "Curve", "Misconception", "Source"}
    for found in objects:
        assert page.locator(f'[id="{found["anchor"]}"]').count() == 1, found["key"]
        assert page.locator(f'[data-object="{found["key"]}"]').count() == 1, found["key"]


def test_what_is_said_of_objects_is_fetched_once_and_when_wanted(
    reader: Readers, at_rest: Callable[[Page], None]
) -> None:
    opened = reader()
    asked: list[str] = []
    opened.page.on("request", lambda request: asked.append(request.url))
    page = opened.open()
    at_rest(page)
    assert not [url for url in asked if "/data/objects." in url]
    for name in ("source-loog-2020-prehistory", "equation-below-threshold"):
        page.locator(f"#{name} a").first.focus()
        opened.until("document.querySelector('.object-title').textContent !== ''")
    assert page.locator(".object-title").inner_text() == "(2)"
    assert len([url for url in asked if "/data/objects." in url]) == 1


def test_a_room_that_cannot_be_fetched_says_so(reader: Readers) -> None:
    opened = reader()
    opened.page.route("**/objects.*.json", lambda route: route.fulfill(status=404))
    page = opened.open()
    page.locator("[data-do=ask]").click()
    page.get_by_text("The research room cannot be fetched now.").wait_for()
    opened.faults.clear()  # the browser's own word on the 404
    page.unroute("**/objects.*.json")
    page.locator("[data-do=ask]").click()
    page.locator("dialog.room").wait_for(state="visible")


def test_the_room_gathers_what_is_known_of_a_claim(reader: Readers, tmp_path: Path) -> None:
    opened = reader(permissions=["clipboard-read", "clipboard-write"])
    page = opened.open()
    page.locator("[data-do=ask-claim]").first.click()
    room = page.locator("dialog.room")
    assert (
        room.get_attribute("data-object-key")
        == "claim:scaling/double-descent/pattern-in-experiments"
    )
    text = room.inner_text()
    assert "In some models and data sets the test error rises to a peak" in text
    assert "Nakkiran et al." in text and "What would resolve it" in text
    room.locator("[data-draft=question]").fill("Which seeds?")
    room.locator("[data-draft=note]").fill("Compare figure 4.")
    room.locator("[data-handoff] summary").click()
    room.locator("[data-do=copy-prompt]").click()
    prompt = page.evaluate("navigator.clipboard.readText()")
    for part in ("Scope: ", "Caveat: ", "https://doi.org/", ", at ", "Which seeds?", "not checked"):
        assert part in prompt, part
    assert "ordered-features.py: not run in this visit" in prompt
    with page.expect_download() as download:
        room.locator("[data-do=export]").click()
    download.value.save_as(tmp_path / "drafts.md")
    assert "Compare figure 4." in (tmp_path / "drafts.md").read_text()
    page.keyboard.press("Escape")
    assert not room.is_visible()
    assert page.evaluate("document.activeElement.dataset.do") == "ask-claim", "focus comes back"
    page = opened.open()
    page.locator("[data-do=ask-claim]").first.click()
    assert room.locator("[data-draft=note]").input_value() == "Compare figure 4."
    room.locator("[data-do=clear]").click()
    assert (
        page.evaluate("Object.keys(localStorage).filter((k) => k.includes('drafts')).length") == 0
    )


def test_the_room_takes_the_authors_question_and_any_object(reader: Readers) -> None:
    page = reader().open()
    page.locator("[data-do=work-on]").nth(1).click()
    room = page.locator("dialog.room")
    assert room.get_attribute("data-object-key") == "curve:scaling/double-descent/risk"
    concept = yaml.safe_load((ROOT / "content" / CONCEPT / "concept.yaml").read_text("utf-8"))
    [asked] = [q for q in concept["questions"] if q.get("object") == "curve:risk"]
    shown = " ".join(room.inner_text().split())
    for words in (asked["text"], *asked["resolved_when"]):
        assert " ".join(words.split()) in shown
    for kind in ("source:", "equation:", "misconception:", "witness:", "demo:"):
        key = page.evaluate(
            "(kind) => [...document.querySelectorAll('.room-select option')]"
            ".find(({ value }) => value.startsWith(kind)).value",
            kind,
        )
        room.locator("select").select_option(key)
        assert room.get_attribute("data-object-key") == key
        assert key in (room.locator(".room-prompt").text_content() or "")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")
    assert len(ids) == len(set(ids)), "what is copied into the room repeats no id"


def test_a_link_to_a_demo_state_sets_its_controls(reader: Readers) -> None:
    opened = reader(permissions=["clipboard-read", "clipboard-write"])
    page = opened.open("scaling/double-descent/#demo-ordered-features?noise=0.1&n_train=999&x=1")
    opened.until(f"{READY} && document.querySelector('{WITNESS}').settings.noise === 0.1")
    settings = page.evaluate(f"document.querySelector('{WITNESS}').settings")
    assert settings == {"noise": 0.1, "decay": 1, "n_train": 80, "ridge": 0}, "clamped"
    page.locator("[data-do=copy-state]").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("#demo-ordered-features?noise=0.1&n_train=80")
    page.goto(copied.replace("noise=0.1", "noise=0.2"))
    opened.until(f"document.querySelector('{WITNESS}').settings.noise === 0.2")


def test_a_word_of_the_text_sets_the_demo(reader: Readers) -> None:
    opened = reader()
    page = opened.open("regularization/early-stopping/")
    page.locator("a.demo").first.scroll_into_view_if_needed()
    link = page.locator("a.demo[href$='?n_train=50']")
    link.wait_for()
    link.click()
    opened.until("document.querySelector('conceptbook-witness').settings?.n_train === 50")
    assert page.url.endswith("#demo-witness?n_train=50")


def test_without_scripts_a_word_of_the_text_leads_to_the_demo(reader: Readers) -> None:
    page = reader(java_script_enabled=False).open("regularization/early-stopping/")
    link = page.locator("a[data-state='n_train=50']")
    assert link.get_attribute("href") == "#demo-witness"


def test_tab_indents_and_escape_leaves_the_editor(reader: Readers) -> None:
    opened = reader()
    page = opened.open()
    opened.reach("#code", "[data-do=edit]").locator("[data-do=edit]").first.click()
    field = page.locator(".editor-text")
    field.wait_for()
    source = page.locator("code[data-source]").first
    page.keyboard.press("Tab")
    assert (source.text_content() or "").startswith('    """')
    page.keyboard.press("Shift+Tab")
    assert (source.text_content() or "").startswith('"""')
    assert "press Escape, then Tab, to leave" in (field.get_attribute("aria-label") or "")
    assert page.evaluate("document.activeElement.matches('.editor')")
    for leave in ("Tab", "Shift+Tab"):
        field.focus()
        page.keyboard.press("Escape")
        page.keyboard.press(leave)
        assert not page.evaluate("document.activeElement.matches('.editor')"), leave


@pytest.mark.parametrize(
    ("platform", "keys"), [("Linux x86_64", "Control+Enter"), ("MacIntel", "Meta+Enter")]
)
def test_control_or_command_with_enter_runs_the_program(
    reader: Readers, platform: str, keys: str
) -> None:
    opened = reader()
    opened.page.add_init_script(
        f"Object.defineProperty(navigator, 'platform', {{ value: {platform!r} }})"
    )
    page = opened.open()
    opened.reach("#code", "[data-do=edit]").locator("[data-do=edit]").first.click()
    field = page.locator(".editor-text")
    field.wait_for()
    source = page.locator("code[data-source]").first
    before = source.text_content()
    field.press(keys)
    opened.until(
        f"['loading', 'running'].includes(document.querySelector('{WITNESS}').dataset.state)"
    )
    assert source.text_content() == before, "no line is put in"
    assert page.evaluate("document.activeElement.matches('.editor')"), "the reader goes on writing"


def test_the_editor_is_fetched_on_the_first_edit_and_obeys_theme_and_policy(
    reader: Readers, at_rest: Callable[[Page], None]
) -> None:
    opened = reader(color_scheme="dark")
    asked: list[str] = []
    opened.page.on("request", lambda request: asked.append(request.url))
    page = opened.open()
    edit = opened.reach("#code", "[data-do=edit]").locator("[data-do=edit]").first
    at_rest(page)
    assert not [url for url in asked if "vendor/" in url]
    edit.click()
    page.locator(".cm-editor").wait_for()
    assert [url.rsplit("/", 1)[1] for url in asked if "vendor/" in url] == ["codemirror.js"]
    coloured = """(() => {
      const editor = document.querySelector(".editor").shadowRoot.querySelector(".cm-editor");
      const theme = getComputedStyle(document.querySelector("pre.code"));
      return getComputedStyle(editor).color === theme.color;
    })()"""
    assert page.evaluate(coloured)
    styled = page.evaluate("document.querySelectorAll('[style], style').length")
    assert styled == 0, "no style stands outside of the shadow root"


def test_an_editor_that_cannot_be_fetched_says_so(reader: Readers) -> None:
    opened = reader()
    opened.page.route("**/codemirror.js", lambda route: route.fulfill(status=404))
    page = opened.open()
    opened.reach("#code", "[data-do=edit]").locator("[data-do=edit]").first.click()
    page.get_by_text("The editor cannot be fetched now.").wait_for()
    assert page.locator("pre.code").first.is_visible()
    opened.faults.clear()  # the browser's own words on the 404


def test_without_scripts_every_panel_can_be_read(reader: Readers) -> None:
    page = reader(java_script_enabled=False).open()
    for selector in (".step", "[data-prediction]", "[data-inquiry]", "[data-card]", ".question"):
        assert page.locator(selector).first.is_visible(), selector
    assert page.locator(".step:visible").count() == 6
    assert page.locator("details.hint:visible").count() == 9
    for selector in ("[data-because]", "[data-answer]", ".hint"):
        fold = page.locator(selector).first
        fold.locator("summary").click()
        assert fold.locator("p").first.is_visible()
    assert page.locator("input:visible, .quiz button:visible").count() == 0
