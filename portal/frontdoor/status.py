"""The status page: a code is typed, and what a code and a private link can both do.

Every act is a POST that leads back to the page; `done` in the address says which one it was.
"""

from __future__ import annotations

import re

from flask import redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug import Response

from portal.followup.record import attempts_of
from portal.frontdoor import bp
from portal.frontdoor.document import LOCALE
from portal.frontdoor.page import (
    NotOpenedError,
    Opened,
    ask,
    open_for_change,
    open_page,
    show_page,
)
from portal.referral.refusals import OwnOrganizationError
from portal.referral.withdraw import stop, undo_stop
from portal.registration.change import (
    NotNowError,
    WrongLineError,
    add_line,
    say_nobody_called,
)
from portal.registration.reading import asked_twice
from portal.registration.reference import readings
from portal.registration.refusals import CaseIsClosedError
from portal.registration.standing import SPOKEN
from portal.registration.states import MoveError
from portal.web.errors import TryLaterError
from portal.web.limits import (
    LINES,
    LINES_ON_ONE,
    refuse_spent,
    refuse_spent_for,
    spend,
    spend_for,
)
from portal.web.problems import line_sentence
from portal.web.state import now
from portal.web.transaction import reading, transaction

BY_CODE = f"/{LOCALE}/status/<code>"
BY_LINK = f"/{LOCALE}/mine/<token>"
DONE = (
    "line",
    "nobody_called",
    "stopped",
    "going_on",
    "phone",
    "consent",
    "consent_yes",
    "consent_no",
    "contacted_yes",
    "contacted_no",
)
# How a code may stand in an address. Whatever else is in it was not written by us.
WRITTEN = re.compile(r"[A-Za-z0-9 -]{1,40}")


@bp.get(f"/{LOCALE}/status")
def ask_code(locale: str) -> ResponseReturnValue:
    """Ask for the code."""
    return ask(locale)


@bp.post(f"/{LOCALE}/status")
def type_code(locale: str) -> ResponseReturnValue:
    """Lead to the page of a code, however it was typed."""
    typed = request.form.get("code", "")
    if asked_twice(request.form.to_dict(flat=False)):
        return ask(locale, problem="two", typed=typed), 422
    if not readings(typed):
        return ask(locale, problem="short", typed=typed), 422
    with reading() as db:
        opened = open_page(db, locale, code=typed)
    return redirect(opened.home, code=303)


@bp.get(BY_CODE)
def status(locale: str, code: str) -> ResponseReturnValue:
    """Show where it stands, to whoever has the code; a page has one address."""
    if not WRITTEN.fullmatch(code):
        raise NotOpenedError(code)
    with reading() as db:
        opened = open_page(db, locale, code=code)
        if opened.home != request.path:
            return redirect(opened.home, code=303)
        return show_page(db, opened, notice=done())


@bp.post(f"{BY_CODE}/line")
@bp.post(f"{BY_LINK}/line")
def line(locale: str, **key: str) -> ResponseReturnValue:
    """Take a line for whoever has the case."""
    text, insist = request.form.get("text", ""), request.form.get("insist") == "yes"
    with transaction() as db:
        opened = open_for_change(db, locale, **key)
        case = opened.registration.id.hex
        try:
            refuse_spent(LINES)
            refuse_spent_for(LINES_ON_ONE, case)
            add_line(db, opened.registration, text, insist=insist, now=now())
        except (WrongLineError, TryLaterError) as error:
            return _not_taken(db, opened, text, error)
    spend(LINES)
    spend_for(LINES_ON_ONE, case)
    return back_to(opened, "line")


def _not_taken(
    db: Session, opened: Opened, text: str, error: WrongLineError | TryLaterError
) -> ResponseReturnValue:
    """Show the page with the line as it was typed, and why it was not taken."""
    code = error.code if isinstance(error, WrongLineError) else "later"
    page = show_page(
        db,
        opened,
        errors={"text": line_sentence(code)},
        typed={"text": text},
        may_insist=code == "bsn",
    )
    return page, 429 if code == "later" else 422


@bp.post(f"{BY_CODE}/nobody-called")
@bp.post(f"{BY_LINK}/nobody-called")
def nobody_called(locale: str, **key: str) -> ResponseReturnValue:
    """Tell the owner, and somebody besides, that the promise was not kept."""
    with transaction() as db:
        opened = open_for_change(db, locale, **key)
        spoken = any(each.result in SPOKEN for each in attempts_of(db, opened.registration))
        say_nobody_called(db, opened.registration, spoken=spoken, now=now())
    return back_to(opened, "nobody_called")


@bp.post(f"{BY_CODE}/stop")
@bp.post(f"{BY_LINK}/stop")
def stop_it(locale: str, **key: str) -> ResponseReturnValue:
    """Stop: nobody calls any more."""
    with transaction() as db:
        opened = open_for_change(db, locale, **key)
        stop(db, opened.registration, now=now())
    return back_to(opened, "stopped")


@bp.post(f"{BY_CODE}/undo-stop")
@bp.post(f"{BY_LINK}/undo-stop")
def undo_stop_it(locale: str, **key: str) -> ResponseReturnValue:
    """Go on after all, within 48 hours."""
    with transaction() as db:
        opened = open_for_change(db, locale, **key)
        undo_stop(db, opened.registration, now=now())
    return back_to(opened, "going_on")


@bp.errorhandler(NotNowError)
@bp.errorhandler(MoveError)
@bp.errorhandler(CaseIsClosedError)
@bp.errorhandler(OwnOrganizationError)
def not_now(_error: Exception) -> ResponseReturnValue:
    """Show the page as it is: what was asked cannot be done now, and the page says why."""
    asked = request.view_args or {}
    with reading() as db:
        opened = open_page(db, **asked)
        return show_page(db, opened, notice="not_now"), 409


def done() -> str:
    """Return what was done just before, if the address says so."""
    told = request.args.get("done", "")
    return told if told in DONE else ""


def back_to(opened: Opened, told: str) -> Response:
    """Lead back to the page, which says what was done."""
    return redirect(f"{opened.home}?done={told}", code=303)
