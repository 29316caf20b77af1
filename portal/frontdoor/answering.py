"""Answers to what waits for the person. They count on the first tap of a button (rule 7)."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.frontdoor import bp
from portal.frontdoor.page import Opened, open_for_change, open_page, show_page
from portal.frontdoor.status import BY_CODE, BY_LINK, back_to
from portal.frontdoor.waiting import ask_named, referral_named
from portal.i18n import gettext as _
from portal.referral.consent import answer_ask
from portal.referral.contacted import say_contacted
from portal.referral.models import ConsentAsk
from portal.referral.refusals import AnsweredAlreadyError
from portal.web.catalogue import catalogue
from portal.web.state import now
from portal.web.transaction import reading, transaction

YES, NO = "yes", "no"


@bp.post(f"{BY_LINK}/answer")
def answer(locale: str, token: str) -> ResponseReturnValue:
    """Keep a yes or a no to "may we ask them, and tell them this?"."""
    said = request.form.get("answer")
    with transaction() as db:
        opened = open_for_change(db, locale, token=token)
        ask = ask_named(db, opened.registration, catalogue(db), request.form.get("ask", ""))
        if said not in (YES, NO):
            return _ask_again(db, opened, ask)
        answer_ask(
            db,
            opened.registration,
            ask,
            agreed=said == YES,
            locale=locale,
            now=now(),
            shares=_told(ask),
        )
    return back_to(opened, f"consent_{said}")


@bp.post(f"{BY_CODE}/contacted")
@bp.post(f"{BY_LINK}/contacted")
def contacted(locale: str, **key: str) -> ResponseReturnValue:
    """Keep whether somebody of a partner made contact. A no is on top of the owner's list."""
    said = request.form.get("answer")
    with transaction() as db:
        opened = open_for_change(db, locale, **key)
        referral = referral_named(db, opened.registration, request.form.get("referral", ""))
        if said not in (YES, NO):
            return show_page(db, opened), 422
        say_contacted(db, referral, yes=said == YES, now=now())
    return back_to(opened, f"contacted_{said}")


@bp.errorhandler(AnsweredAlreadyError)
def answered(_error: Exception) -> ResponseReturnValue:
    """Say thank you a second time, and show how it stands."""
    asked = request.view_args or {}
    with reading() as db:
        return show_page(db, open_page(db, **asked), notice="answered"), 409


def _told(ask: ConsentAsk) -> Sequence[str]:
    """What may be told: what was asked, less what the person leaves out. Never more."""
    return [share for share in ask.shares if share not in request.form.getlist("without")]


def _ask_again(db: Session, opened: Opened, ask: ConsentAsk) -> ResponseReturnValue:
    errors = {f"ask-{ask.id}": _("Press “Yes” or “No”.")}
    typed = dict.fromkeys(request.form.getlist("without"), "left out")
    return show_page(db, opened, errors=errors, typed=typed), 422
