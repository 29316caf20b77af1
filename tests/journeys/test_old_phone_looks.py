"""A phone of 2021 shows the same: nothing in the style that it does not know."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser

from portal.settings import ROOT
from tests.desk.world import furnished
from tests.journeys.cook import Cook
from tests.journeys.tenant import QUESTIONS
from tests.support.browser import OpenScreen
from tests.support.templates import Preparation

# What is drawn, not written: letters may be a little wider in one browser than in the other.
DRAWN = ".hero, .card, .card .icon, .dock .go, footer, .panel, .avatar, .list, .plain, .tick, input"
BOXES = """drawn => [...document.querySelectorAll(drawn)]
  .filter(node => node.getClientRects().length && !node.closest("details:not([open])"))
  .map(node => [node, node.getBoundingClientRect()])
  .map(([{localName, id, value, className}, {left, width}]) =>
    [`${localName} ${id || value || className}`, left, width])"""

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
AT_RULE = re.compile(r"@[\w-]+")
MEDIA = re.compile(r"@media\s+([^{]+?)\s*\{")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
UNKNOWN = """([medias, selectors, declarations]) => [
  ...medias.filter(media => matchMedia(media).media === "not all"),
  ...selectors.filter(one => !CSS.supports(`selector(${one})`)),
  ...declarations.filter(one => !CSS.supports(`(${one})`)),
]"""
# The tick has the colour of the browser until the next version; the marker is Safari's.
WITHOUT = {"accent-color: var(--press)", "summary::-webkit-details-marker"}


class Box(NamedTuple):
    """Something drawn: what it is, where it begins and how wide it is, in pixels."""

    what: str
    left: float
    width: float


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, with people at desks."""
    return furnished


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_everything_stands_where_a_new_phone_shows_it(
    phone: OpenScreen, old_phone: OpenScreen, locale: str
) -> None:
    both = [Cook(opened(locale, reduced_motion="reduce")) for opened in (old_phone, phone)]
    for tenant in both:
        tenant.opens(f"/{locale}/eindhoven/")
    assert_alike(both, "start")
    for tenant in both:
        tenant.begins()
    for question in QUESTIONS:
        assert_alike(both, question)
        for tenant in both:
            tenant.fills_in(question)
            tenant.continues()
    for tenant in both:
        tenant.page.wait_for_url("**/check")
    assert_alike(both, "check")
    for tenant in both:
        tenant.agrees()
        tenant.sends_it()
        tenant.page.wait_for_url("**/receipt/**")
    assert_alike(both, "receipt")


def assert_alike(both: list[Cook], name: str) -> None:
    """Everything that is drawn stands at the same place and is equally wide, within a pixel."""
    old, new = ([Box(*box) for box in tenant.page.evaluate(BOXES, DRAWN)] for tenant in both)
    assert [box.what for box in old] == [box.what for box in new], name
    for one, other in zip(old, new, strict=True):
        assert one[1:] == pytest.approx(other[1:], abs=1), f"{name}: {one.what}"


def test_an_old_phone_knows_everything_in_the_style(old_chromium: Browser) -> None:
    style = COMMENT.sub("", (ROOT / "static" / "tenant.css").read_text(encoding="utf-8"))
    assert set(AT_RULE.findall(style)) == {"@media", "@keyframes"}
    page = old_chromium.new_page()
    assert set(page.evaluate(UNKNOWN, _parts(style))) == WITHOUT
    page.close()


def _parts(style: str) -> tuple[list[str], list[str], list[str]]:
    """Return the media, selectors and declarations of a style without comments."""
    rules = RULE.findall(MEDIA.sub("", style))
    selectors = [one.strip() for heads, _ in rules for one in heads.split(",")]
    declarations = [one.strip() for _, body in rules for one in body.split(";")]
    return (
        MEDIA.findall(style),
        [one for one in selectors if one not in ("from", "to")],
        [one.removesuffix("!important").strip() for one in declarations if one],
    )
