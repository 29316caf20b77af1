"""What a template writes into a page."""

from __future__ import annotations

from markupsafe import Markup

from portal.web.pages import shown


def test_signs_that_no_page_may_hold_are_left_out_and_lines_stay() -> None:
    assert shown("a\x00b\x1b[31m\x7f\n\tc\ufffe") == "ab[31m\n\tc"


def test_a_piece_of_a_page_stays_one_and_a_number_a_number() -> None:
    assert shown(Markup("<b>a\x01</b>")) == Markup("<b>a</b>")
    assert isinstance(shown(Markup("\x01")), Markup)
    assert shown(7) == 7
