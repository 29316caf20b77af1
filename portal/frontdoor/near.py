"""What depends on the neighbourhood, as a piece of a page: only four digits leave the phone."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.catalogue.nearby import near_postcode
from portal.frontdoor import bp
from portal.frontdoor.document import LOCALE
from portal.frontdoor.shelf import hand_out, take
from portal.web.catalogue import catalogue
from portal.web.transaction import reading

KEEP_SECONDS = 600


@bp.get(f"/{LOCALE}/near/<int(fixed_digits=4,min=1000):digits>")
def near(locale: str, digits: int) -> ResponseReturnValue:
    """The landlords, tiles and places near four digits; empty where nobody is."""
    leaf = take((locale, digits), lambda: _write(locale, str(digits)))
    # Not a page: as plain text it is only ever shown by our own script.
    return hand_out(leaf, request, seconds=KEEP_SECONDS, mimetype="text/plain")


def _write(locale: str, digits: str) -> str:
    with reading() as db:
        found = near_postcode(catalogue(db), digits, locale=locale)
    return render_template("frontdoor/near.html", near=found)
