"""No page is forgotten by the pictures: `make shots` fails on a template that it never needed."""

from __future__ import annotations

from flask import Flask

from tests.shots.demo import never_shown
from tests.support.application import CheckedClient


def test_a_template_is_missing_until_somebody_saw_a_page_with_it(own_app: Flask) -> None:
    client = CheckedClient(own_app)
    assert "reply/lost.html" in never_shown(own_app)
    client.page("/reply/", 404)
    missing = never_shown(own_app)
    assert "reply/lost.html" not in missing
    # What it is built from was seen too, and what it is not built from was not.
    assert "reply/base.html" not in missing
    assert "reply/list.html" in missing
