"""Find somebody by name, number or code. The words travel by POST and are kept nowhere."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.identity import Right
from portal.clock import amsterdam_day
from portal.desk import bp, words
from portal.followup.people import people_of
from portal.privacy.audit import Action, record
from portal.registration.lookup import find as look_up
from portal.registration.reading import asked_twice
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.staff_words import TWO_ANSWERS
from portal.web.state import now
from portal.web.transaction import reading, transaction

LONGEST_SEARCH = 80  # characters


@bp.get("/desk/find")
@needs(Right.FOLLOW_UP)
def search() -> ResponseReturnValue:
    """Ask for a name, number or code."""
    return render_template("desk/find.html", asked="", people=[], words=words)


@bp.post("/desk/find")
@needs(Right.FOLLOW_UP)
def find() -> ResponseReturnValue:
    """Show who is meant; one single person at once."""
    me, asked = current_identity(), request.form.get("q", "").strip()[:LONGEST_SEARCH]
    if asked_twice(request.form.to_dict(flat=False)):
        page = render_template(
            "desk/find.html", asked=asked, people=[], words=words, trouble=TWO_ANSWERS
        )
        return page, 422
    with transaction() as db:
        record(db, Action.SEARCH, account_id=me.account_id, now=now())
    with reading() as db:
        found = look_up(db, me.organizations(Right.FOLLOW_UP), asked)
        if len(found) == 1:
            return redirect(url_for(".show", registration_id=found[0].id), code=303)
        return render_template(
            "desk/find.html",
            asked=asked,
            people=people_of(db, me, found, now=now()),
            today=amsterdam_day(now()),
            words=words,
        )
