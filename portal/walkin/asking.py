"""Ask: the tenant's questions on one page, and what there is near a postcode."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.identity import Right
from portal.catalogue.nearby import near_postcode
from portal.i18n import current_locale
from portal.registration.answers import two_answers
from portal.walkin import bp
from portal.walkin.form import sent, show_form, typed
from portal.web.catalogue import catalogue
from portal.web.permissions import needs
from portal.web.transaction import reading


@bp.get("/new")
@needs(Right.REGISTER)
def new() -> ResponseReturnValue:
    """Show the questions, with nothing in them."""
    return show_form({})


@bp.post("/new")
@needs(Right.REGISTER)
def change() -> ResponseReturnValue:
    """Show the questions as they were filled in: to change one, or to see what is near."""
    return show_form(typed(), two_answers(sent()))


@bp.get("/near/<int(fixed_digits=4,min=1000):digits>")
@needs(Right.REGISTER)
def near(digits: int) -> ResponseReturnValue:
    """The landlords, tiles and places near four digits, as a piece of a page."""
    with reading() as db:
        found = near_postcode(catalogue(db), str(digits), locale=current_locale())
    # No page of its own, so it says that it is text: only the script reads it.
    return Response(render_template("walkin/piece.html", near=found), mimetype="text/plain")


@bp.get("/here")
@needs(Right.REGISTER)
def here() -> ResponseReturnValue:
    """Say that the registrar is still there: a long talk must not end the session under it."""
    return Response(status=204, mimetype="text/plain")
