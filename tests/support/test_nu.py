from __future__ import annotations

from pathlib import Path

from tests.support.nu import complaints_about_files
from tests.support.saved_pages import save_page

GOOD = """<!DOCTYPE html>
<html lang="nl" dir="ltr"><head><meta charset="utf-8"><title>Wat wil je?</title></head>
<body><main><h1>Wat wil je?</h1><p>{}</p></main></body></html>"""


def test_the_checker_finds_nothing_on_a_good_page(tmp_path: Path) -> None:
    assert complaints_about_files([save_page(GOOD.format("Zeg het ons."), "/nl/", tmp_path)]) == []


def test_the_checker_finds_errors_and_warnings(tmp_path: Path) -> None:
    error = save_page(GOOD.format("<div>In een alinea.</div>"), "/nl/", tmp_path)
    warning = save_page(
        GOOD.format("<script type='text/javascript' src='/a.js'></script>"), "/nl/", tmp_path
    )
    found = "\n".join(complaints_about_files([error, warning]))
    assert error.name in found
    assert warning.name in found


def test_the_same_page_with_other_words_and_tokens_is_kept_once(tmp_path: Path) -> None:
    link = "<a href='/nl/mine/{}'>Jouw bladzijde</a>"
    first = save_page(GOOD.format(link.format("4fzJ8gX0qfQm2wLxT1bS5A")), "/nl/", tmp_path)
    second = save_page(GOOD.format(link.format("zN3pQ1rT7vX9bD5fH8jK2m")), "/nl/", tmp_path)
    assert first == second


def test_a_page_that_is_built_differently_is_kept_too(tmp_path: Path) -> None:
    first = save_page(GOOD.format("Zeg het."), "/nl/", tmp_path)
    second = save_page(GOOD.format("<strong>Zeg het.</strong>"), "/nl/", tmp_path)
    assert first != second
