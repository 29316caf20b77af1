"""Send: store once what was shown and agreed to, and lead to the receipt."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.db.plain import Statements
from portal.frontdoor import bp
from portal.frontdoor.asked import Asked, WrongAnswersError, read_answers, typed
from portal.frontdoor.change import show_problems
from portal.frontdoor.check import Notice, show_check
from portal.frontdoor.document import LOCALE
from portal.frontdoor.flood import Recipients, count_sent, is_busy, recipients_of
from portal.frontdoor.receipt import sign_receipt
from portal.registration.answers import says_under_sixteen
from portal.registration.intake import Intake, Shown, Stored
from portal.registration.placing import Placement, place
from portal.registration.sent import find_sent
from portal.registration.submit import (
    ErasedError,
    OtherAnswersError,
    RoutingChangedError,
    submit,
)
from portal.web.shown import NotShownError, read_shown
from portal.web.state import now
from portal.web.transaction import plain_reading, plain_transaction


class LookAgainError(Exception):
    """Not stored: the check page must be seen again, with this notice and status."""

    def __init__(self, notice: Notice, status: int) -> None:
        super().__init__(notice.kind)
        self.notice, self.status = notice, status


@bp.post(f"/{LOCALE}/send")
def send(locale: str) -> ResponseReturnValue:
    """Store the registration and show its receipt; else show "check" again with the reason."""
    if says_under_sixteen(typed()):
        return redirect(url_for(".sixteen", locale=locale), code=303)
    try:
        shown = _agreed()
        with plain_transaction() as db:
            stored, recipients = _store(db, shown, locale)
    except WrongAnswersError as error:
        return show_problems(locale, error.problems)
    except ErasedError:
        return render_template("frontdoor/erased.html"), 410
    except LookAgainError as error:
        return _look_again(error, locale)
    if not stored.repeat:
        count_sent(recipients)
    token = sign_receipt(stored.client_uuid, other=stored.contact != shown.contact, now=now())
    return redirect(url_for(".receipt", locale=locale, token=token), code=303)


def _agreed() -> Shown:
    """Return what was shown by us and agreed to."""
    try:
        shown = read_shown(request.form.get("shown", ""), door="self", now=now())
    except NotShownError as error:
        raise LookAgainError(Notice("late"), 422) from error
    if "yes" not in request.form.getlist("consent"):
        raise LookAgainError(Notice("consent"), 422)
    return shown


def _store(db: Statements, shown: Shown, locale: str) -> tuple[Stored, Recipients]:
    """Store it, and return whom a receipt goes to."""
    asked = read_answers(db, locale)
    recipients = recipients_of(asked.answers)
    if asked.gone and find_sent(db, shown.client_uuid) is None:
        raise LookAgainError(Notice("changed", shown), 409)
    # What was sent before is only shown again, however busy it is.
    if is_busy(recipients) and find_sent(db, shown.client_uuid) is None:
        raise LookAgainError(Notice("busy"), 429)
    try:
        stored = submit(db, asked.known, asked.answers, shown, Intake(locale), now=now())
    except RoutingChangedError as error:
        raise LookAgainError(Notice("changed", shown), 409) from error
    except OtherAnswersError as error:
        raise LookAgainError(Notice("sent"), 409) from error
    return stored, recipients


def _look_again(error: LookAgainError, locale: str) -> ResponseReturnValue:
    try:
        asked, placement = _placed(locale)
    except WrongAnswersError as wrong:
        return show_problems(locale, wrong.problems)
    return show_check(asked, placement, error.notice), error.status


def _placed(locale: str) -> tuple[Asked, Placement]:
    with plain_reading() as db:
        asked = read_answers(db, locale)
        return asked, place(db, asked.known, asked.answers, now())
