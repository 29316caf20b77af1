"""Send: store once what the person said yes to, who registered it and how they agreed."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.identity import Right
from portal.i18n import gettext as _
from portal.registration.answers import Answers
from portal.registration.intake import Intake
from portal.registration.placing import place
from portal.registration.sent import find_sent
from portal.registration.submit import (
    ErasedError,
    OtherAnswersError,
    RoutingChangedError,
    submit,
)
from portal.walkin import bp
from portal.walkin.check_page import show_check
from portal.walkin.form import show_form
from portal.walkin.reading import Told, read_form, read_interpreter
from portal.web.aloud import written_locale
from portal.web.catalogue import catalogue
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.shown import NotShownError, read_shown
from portal.web.state import now
from portal.web.transaction import reading, transaction


@bp.post("/send")
@needs(Right.REGISTER)
def send() -> ResponseReturnValue:
    """Store the answers, or show the check page again with what stands in the way."""
    with reading() as db:
        told = read_form(db)
    answers = told.parsed.answers
    if answers is None:
        return show_form(told.values, told.parsed.problems)
    if errors := _not_agreed(told):
        return _again(told, answers, errors=errors, status=422)
    try:
        stored = _store(told, answers)
    except RoutingChangedError:
        notice = _("Meanwhile somebody else would get this. Read it aloud again.")
    except (NotShownError, OtherAnswersError, ErasedError):
        notice = _("This page is no longer the newest. Read it aloud again.")
    else:
        return redirect(url_for(".receipt", registration_id=stored), code=303)
    return _again(told, answers, notice=notice, status=409)


def _not_agreed(told: Told) -> dict[str, str]:
    errors = {}
    if read_interpreter(told.values) is None:
        errors["interpreter"] = _("Say who interpreted.")
    if request.form.get("consent") != "yes":
        errors["consent"] = _("Read it aloud first. Then tick what the person said.")
    return errors


def _store(told: Told, answers: Answers) -> UUID:
    """Return the id of the registration, the first one when it was sent before."""
    shown = read_shown(request.form.get("shown", ""), door="walkin", now=now())
    with transaction() as db:
        if told.parsed.gone and find_sent(db, shown.client_uuid) is None:
            raise NotShownError
        return submit(db, catalogue(db), answers, shown, _intake(told, answers), now=now()).id


def _intake(told: Told, answers: Answers) -> Intake:
    me = current_identity().account_id
    return Intake(
        locale=written_locale(answers.language),
        channel="walkin",
        registered_by=me,
        registered_at=told.stand.id,
        method="spoken",
        interpreter=read_interpreter(told.values) or "nobody",
        recorded_by=me,
    )


def _again(
    told: Told,
    answers: Answers,
    *,
    errors: dict[str, str] | None = None,
    notice: str = "",
    status: int,
) -> ResponseReturnValue:
    with reading() as db:
        placement = place(db, told.catalogue, answers, now())
    return show_check(told, answers, placement, errors=errors, notice=notice, status=status)
