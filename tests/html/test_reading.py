"""The page as it is read: with eyes, keyboard, screen reader, on paper, and with names that attack it."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest

from tests.html import sample

if TYPE_CHECKING:
    from tests.html.conftest import Opened

_BRIGHTNESS = """() => {
  const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number);
  return (red + green + blue) / 3;
}"""


def test_the_summary_is_on_the_first_screen(opened: Opened) -> None:
    page = opened()
    assert page.inner_text("h1") == "API usage audit: fixture"
    tiles = page.locator(".tiles dt").all_inner_texts()
    assert tiles == ["Risk", "Capacity"]
    assert page.locator(".tiles .mark.bad").inner_text() == "HIGH: over the limit"
    box = page.locator("#summary").bounding_box()
    assert box
    assert box["y"] + box["height"] < 900


def test_the_whole_audit_has_all_of_its_sections(opened: Opened) -> None:
    page = opened("audit")
    titles = page.locator("nav.contents a").all_inner_texts()
    assert titles[:5] == ["Executive summary", "Load and limits", "What if", "Map of calls", "Call chains"]
    assert titles[-1] == "Evidence"
    for link in page.locator("nav.contents a").all():
        assert page.locator(link.get_attribute("href") or "").count() == 1


def test_every_link_of_the_whole_audit_has_its_target_and_ids_are_unique(opened: Opened) -> None:
    page = opened("audit")
    ids = page.eval_on_selector_all("[id]", "found => found.map(one => one.id)")
    assert len(ids) == len(set(ids))
    links = page.eval_on_selector_all("a[href^='#']", "found => found.map(one => one.getAttribute('href').slice(1))")
    assert set(links) <= set(ids)


def test_headings_go_down_one_level_at_a_time_and_landmarks_are_there(opened: Opened) -> None:
    page = opened()
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    for role in ("banner", "navigation", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["fixture", "audit", "hostile"])
def test_axe_finds_nothing(opened: Opened, axe: str, scheme: str, name: str) -> None:
    page = opened(name, color_scheme=scheme, reduced_motion="reduce")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found] == []


def test_both_schemes_follow_the_system_and_the_button(opened: Opened) -> None:
    light, dark = opened(color_scheme="light"), opened(color_scheme="dark")
    assert light.evaluate(_BRIGHTNESS) > 200
    assert dark.evaluate(_BRIGHTNESS) < 60
    light.get_by_role("button", name="Use dark colours").click()
    assert light.evaluate(_BRIGHTNESS) < 60
    light.reload()
    assert light.evaluate(_BRIGHTNESS) < 60
    light.get_by_role("button", name="Use light colours").click()
    assert light.evaluate(_BRIGHTNESS) > 200


def test_paper_has_everything_unfolded_in_dark_ink(opened: Opened) -> None:
    page = opened(color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate(_BRIGHTNESS) == 255
    assert not page.locator("nav.contents").is_visible()
    assert not page.locator("#what-if").is_visible()
    assert page.get_by_role("columnheader", name="Requests/s").first.is_visible()
    assert page.get_by_role("button", name="Requests/s").first.is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


@pytest.mark.parametrize("name", ["fixture", "audit", "hostile"])
@pytest.mark.parametrize("width", [320, 800, 1280])
def test_nothing_is_wider_than_the_window(opened: Opened, width: int, name: str) -> None:
    page = opened(name)
    page.set_viewport_size({"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_skip_link_comes_first_and_leads_to_the_audit(opened: Opened) -> None:
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the audit"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_what_is_focused_can_be_seen(opened: Opened) -> None:
    page = opened()
    for _ in range(30):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none", page.evaluate("document.activeElement.outerHTML")


def test_evidence_appears_beside_what_it_proves_and_escape_puts_it_away(opened: Opened) -> None:
    page = opened()
    link = page.get_by_role("link", name="27 users")
    link.focus()
    card = page.get_by_role("tooltip")
    assert "8.33 requests/s" in card.inner_text()
    assert link.get_attribute("aria-describedby") == "card"
    page.keyboard.press("Escape")
    assert not card.is_visible()
    link.click()
    assert page.evaluate("document.querySelector(':target').id").startswith("proof-")


def test_a_link_to_a_line_unfolds_its_file(opened: Opened) -> None:
    page = opened()
    page.locator("#summary a.at").first.click()
    line = page.locator(":target")
    assert line.is_visible()
    assert f"route.ts:{sample.LINE}" in line.inner_text()
    assert sample.lines(sample.ROUTE)[sample.LINE - 1].strip() in line.inner_text()


def test_without_scripts_all_is_there_but_the_panel(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator("#detail table").is_visible()
    assert not page.locator("#what-if-levers").is_visible()
    assert "needs scripts" in page.locator("#what-if").inner_text()
    assert not page.locator("#colours").is_visible()


def test_hostile_names_are_only_text(opened: Opened) -> None:
    page = opened("hostile")
    assert page.evaluate("window.hacked") is None
    for button in page.locator("th button:visible").all():
        button.click()
    page.locator("input[type=range]").first.fill("3")
    page.mouse.move(200, 300)
    assert page.evaluate("window.hacked") is None
    assert page.locator("script").count() == 2
    assert page.locator("img, iframe, style ~ svg[onload]").count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0
    text = page.inner_text("body")
    assert "{{ 7 * 7 }}" in text
    assert "\\x1b[31mred\\x07\\u202egnp.exe" in text
    assert not set("\x1b\x07\u202e\u200b") & set(page.content())
    assert sample.HOSTILE[0] in page.inner_text("#part-0")
    model = json.loads(page.locator("#model").text_content() or "")
    assert model["streams"][0]["entry"] == sample.HOSTILE[0]
