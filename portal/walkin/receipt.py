"""After sending: call together, and a slip of paper that is shown once.

The slip holds the private link, so it comes from a press on a button and never again: that it was
shown is an event of the registration. Looking at a page shows status words only.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.identity import Right
from portal.followup.record import record_attempt
from portal.followup.timeline import timeline_of
from portal.followup.undo import UNDO_ATTEMPT, undo_attempt, undoable
from portal.i18n import gettext as _
from portal.registration.happen import account, write_down
from portal.registration.models import Registration, RegistrationEvent
from portal.registration.refusals import RefusedError
from portal.registration.visible import entered_by
from portal.walkin import bp
from portal.walkin.slip import write_slip
from portal.walkin.status import status_of
from portal.walkin.words import N_
from portal.web.catalogue import catalogue
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import reading, transaction

LINK_SHOWN = "link_shown"
SPOKEN = "reached"
UNDONE = N_("It is undone: everything is as it was before.")
STAYS = N_("This cannot be undone any more. Tell who calls that nobody spoke yet.")
# Whoever was registered is still at the counter; later, somebody else is.
AT_THE_COUNTER = timedelta(minutes=30)


@bp.get("/receipt/<uuid:registration_id>")
@needs(Right.REGISTER)
def receipt(registration_id: UUID) -> ResponseReturnValue:
    """Say who calls and by when, and offer what can be done while the person is here."""
    with reading() as db:
        registration = _load(db, registration_id)
        known, here = catalogue(db), _is_here(registration, now())
        return render_template(
            "walkin/receipt.html",
            registration=registration,
            status=status_of(db, registration, registration.received_at, now=now()),
            contact=known.contacts[registration.contact_id],
            organization=known.organizations[registration.owner_id],
            may_show=here and not _was_shown(db, registration),
            may_call=here and registration.state == "new",
            undo_until=_undo_until(db, registration),
        )


@bp.post("/receipt/<uuid:registration_id>")
@needs(Right.REGISTER)
def slip(registration_id: UUID) -> ResponseReturnValue:
    """Show the slip with code and private link, once."""
    with transaction() as db:
        registration = _load(db, registration_id, for_change=True)
        if not _is_here(registration, now()) or _was_shown(db, registration):
            return redirect(url_for(".receipt", registration_id=registration_id), code=303)
        write_down(db, registration, LINK_SHOWN, by=account(current_identity()), now=now())
        return write_slip(db, registration)


@bp.post("/receipt/<uuid:registration_id>/called")
@needs(Right.REGISTER)
def called_together(registration_id: UUID) -> ResponseReturnValue:
    """Write down that the registrar and the person have just spoken with the contact."""
    with transaction() as db:
        registration = _load(db, registration_id, for_change=True)
        if _is_here(registration, now()) and registration.state == "new":
            record_attempt(db, registration, SPOKEN, by=current_identity(), now=now())
    return redirect(url_for(".receipt", registration_id=registration_id), code=303)


@bp.post("/receipt/<uuid:registration_id>/called/undo")
@needs(Right.REGISTER)
def undo_called(registration_id: UUID) -> ResponseReturnValue:
    """Take back that we have spoken, which I wrote down by mistake: the promise stands again."""
    with transaction() as db:
        registration = _load(db, registration_id, for_change=True)
        try:
            undo_attempt(db, registration, by=current_identity(), now=now())
        except RefusedError:
            flash(_(STAYS))
        else:
            flash(_(UNDONE))
    return redirect(url_for(".receipt", registration_id=registration_id), code=303)


def _load(db: Session, registration_id: UUID, *, for_change: bool = False) -> Registration:
    query = entered_by(current_identity(), now=now()).where(Registration.id == registration_id)
    if for_change:
        query = query.with_for_update(of=Registration)
    found = db.scalar(query)
    if found is None:
        abort(404)
    return found


def _is_here(registration: Registration, now: datetime) -> bool:
    return now - registration.received_at < AT_THE_COUNTER


def _undo_until(db: Session, registration: Registration) -> datetime | None:
    """Return until when I can take back that we have spoken; None when I cannot."""
    timeline = timeline_of(db, registration.id)
    spoken = undoable(timeline, current_identity().account_id, now())
    return spoken.at + UNDO_ATTEMPT if spoken and spoken.data["result"] == SPOKEN else None


def _was_shown(db: Session, registration: Registration) -> bool:
    query = select(RegistrationEvent.id).where(
        RegistrationEvent.registration_id == registration.id,
        RegistrationEvent.event == LINK_SHOWN,
    )
    return db.scalar(query.limit(1)) is not None
