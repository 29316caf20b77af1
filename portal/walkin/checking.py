"""Check: who would get this, and the sentences to read aloud. Stores nothing."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.identity import Right
from portal.registration.answers import says_under_sixteen
from portal.registration.placing import place
from portal.walkin import bp
from portal.walkin.check_page import show_check
from portal.walkin.form import show_form
from portal.walkin.reading import read_form
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import reading


@bp.get("/check")
@bp.get("/send")
@needs(Right.REGISTER)
def check_again() -> ResponseReturnValue:
    """A reload without the answers: an empty page."""
    return redirect(url_for(".new"), code=303)


@bp.post("/check")
@needs(Right.REGISTER)
def check() -> ResponseReturnValue:
    """Show who would get these answers, by when, and what to read aloud."""
    if says_under_sixteen({"age16": request.form.getlist("age16")}):
        return render_template("walkin/sixteen.html")
    with reading() as db:
        told = read_form(db)
        if answers := told.parsed.answers:
            return show_check(told, answers, place(db, told.catalogue, answers, now()))
    return show_form(told.values, told.parsed.problems)
