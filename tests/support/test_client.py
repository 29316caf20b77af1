from __future__ import annotations

import pytest
from flask import Flask

from tests.support.application import client_of, values_of
from tests.support.html import read_html


def test_an_error_of_ours_fails_the_test_with_its_cause(own_app: Flask) -> None:
    own_app.add_url_rule("/nl/broken", view_func=lambda: str(1 / 0))
    with pytest.raises(AssertionError, match="/nl/broken failed: ZeroDivisionError"):
        client_of(own_app).get("/nl/broken")


def test_a_page_that_breaks_a_rule_fails_the_test(own_app: Flask) -> None:
    own_app.add_url_rule("/nl/bare", view_func=lambda: "<!DOCTYPE html><title>Kaal</title><input>")
    with pytest.raises(AssertionError, match="one visible h1"):
        client_of(own_app).get("/nl/bare")


def test_a_form_left_as_it_is_sends_what_a_browser_would() -> None:
    _, page = read_html("""
        <form><input name="a" value="1"><input type="checkbox" name="b" value="2" checked>
        <input type="checkbox" name="b" value="3"><input type="radio" name="c" value="4">
        <select name="d"><option value="5"><option value="6" selected></select>
        <textarea name="e">zeven</textarea><input name="f" value="8" disabled>
        <button name="g" value="9">Verder</button></form>""")
    assert values_of(page) == {"a": ["1"], "b": ["2"], "d": ["6"], "e": ["zeven"]}
