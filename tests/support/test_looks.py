from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.looks import complaints_about_looks, one_of_each_kind
from tests.support.saved_pages import save_page

PAGE = """<!DOCTYPE html><html lang="{lang}" dir="ltr"><head><title>Een bladzijde</title>
<link rel="stylesheet" href="/static/staff.0123456789ab.css"></head>
<body><main><h1>Wat wil je doen?</h1><p>Zeg het ons.</p>{more}</main></body></html>"""
LONG = f"<p>{'Buurthuis' * 20}</p>"


def saved(folder: Path, more: str = "", *, at: str = "/nl/", lang: str = "nl") -> Path:
    return save_page(PAGE.format(more=more, lang=lang), at, folder)


@pytest.mark.parametrize(
    ("more", "complaint"),
    [("<input>", "label"), ("<p style='width: 330px'>Breed</p>", "320 pixels the page is")],
)
def test_what_is_wrong_with_the_looks_of_a_page_is_found(
    chromium: Browser, tmp_path: Path, more: str, complaint: str
) -> None:
    good, bad = saved(tmp_path), saved(tmp_path, more)
    [found] = complaints_about_looks(chromium, [good, bad])
    assert bad.name in found
    assert complaint in found


def test_a_page_wears_the_styles_of_the_portal(chromium: Browser, tmp_path: Path) -> None:
    dressed = saved(tmp_path, LONG)
    bare = tmp_path / "bare.html"
    bare.write_text(dressed.read_text().replace("stylesheet", "next"))
    assert list(complaints_about_looks(chromium, [dressed])) == []
    assert "too wide" in "".join(complaints_about_looks(chromium, [bare]))


def test_of_each_kind_one_is_looked_at_and_the_largest_first(tmp_path: Path) -> None:
    small, large = saved(tmp_path), saved(tmp_path, "<p>Nog iets.</p>" * 2)
    panel = saved(tmp_path, '<p class="panel">Iets.</p>')
    assert one_of_each_kind([small, panel, large]) == [large, panel]


def test_another_address_or_language_is_another_kind(tmp_path: Path) -> None:
    here = saved(tmp_path)
    there = saved(tmp_path, at="/nl/status")
    arabic = saved(tmp_path, lang="ar")
    assert set(one_of_each_kind([here, there, arabic])) == {here, there, arabic}
