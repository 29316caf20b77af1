"""The page of one case, also when an act on it did not go through."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.desk import words
from portal.desk.forms import (
    ActForm,
    AttemptForm,
    CloseForm,
    HandOverForm,
    NoteForm,
    SettleForm,
    StaffForm,
    WaitForm,
)
from portal.desk.telling import Telling
from portal.followup.case import Case, load_case
from portal.followup.timeline import Entry
from portal.privacy.audit import Action, record
from portal.privacy.loaded import loaded_words
from portal.registration.models import Registration
from portal.web.catalogue import catalogue
from portal.web.login import current_identity
from portal.web.state import now

FORMS: Mapping[str, type[StaffForm]] = {
    "attempt": AttemptForm,
    "note": NoteForm,
    "hand_over": HandOverForm,
    "wait": WaitForm,
    "settle": SettleForm,
    "close": CloseForm,
}


def show_case(
    db: Session,
    registration: Registration,
    sent: Mapping[str, StaffForm] | None = None,
    *,
    refused: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    """Render the case, and write down who reads it.

    `sent` is the form that came back, `refused` the code of a refusal.
    """
    me, sent = current_identity(), sent or {}
    _write_down(db, registration, me)
    case = load_case(db, registration, by=me, now=now())
    forms = {name: sent.get(name) or form(formdata=None) for name, form in FORMS.items()}
    page = render_template(
        "desk/case.html",
        case=case,
        registration=registration,
        tell=Telling(catalogue(db)),
        words=words,
        forms=forms,
        sent=next(iter(sent), ""),
        refused=refused,
        loaded=loaded_words(forms["note"].text.data or "") if refused == "loaded" else (),
        conflict=status == 409,
        missed=_missed(case, sent) if status == 409 else (),
        seen=now().timestamp(),
    )
    return page, status


def _write_down(db: Session, registration: Registration, reader: Identity) -> None:
    record(
        db,
        Action.READ_CASE,
        account_id=reader.account_id,
        organization_id=registration.owner_id,
        registration_id=registration.id,
        now=now(),
    )


def _missed(case: Case, sent: Mapping[str, StaffForm]) -> list[Entry]:
    """Return what happened since the page was shown on which this form was filled in."""
    seen = next((form.seen.data for form in sent.values() if isinstance(form, ActForm)), None)
    return [
        entry
        for entry in case.timeline
        if entry.kind != "message" and entry.at.timestamp() > (seen or 0)
    ]
