"""One contact: when they are away and who stands in, and how many people they can have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.identity import Right
from portal.catalogue.known import in_locale, is_away
from portal.catalogue.models import Contact
from portal.clock import amsterdam_day
from portal.desk import bp
from portal.desk.forms import StaffForm
from portal.desk.team_forms import AbsenceForm, RoomForm
from portal.desk.team_loading import coordinates, load_member, load_row
from portal.desk.team_words import REFUSED_WORDS
from portal.desk.words import N_
from portal.followup.absence import come_back, deputies_for, go_away
from portal.followup.colleague import as_colleagues
from portal.followup.team_settings import set_capacity
from portal.i18n import current_locale
from portal.i18n import gettext as _
from portal.registration.refusals import RefusedError
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import reading, transaction

ONE = "/desk/team/contacts/<uuid:contact_id>"


@bp.get(ONE)
@needs(Right.FOLLOW_UP)
def member(contact_id: UUID) -> ResponseReturnValue:
    """Show a contact: any of their organisation to a coordinator, themselves to a handler."""
    with reading() as db:
        return _show(db, load_member(db, contact_id))


@bp.post(f"{ONE}/absence")
@needs(Right.FOLLOW_UP)
def set_absence(contact_id: UUID) -> ResponseReturnValue:
    """Say when they are away, and who stands in."""
    form = AbsenceForm()

    def act(db: Session, contact: Contact) -> None:
        first, last, deputy = form.first.data, form.last.data, form.deputy.data
        go_away(db, contact, first, last, deputy, by=current_identity(), now=now())

    return _change(contact_id, form, act, done=N_("It is kept. On return nothing has to be done."))


@bp.post(f"{ONE}/back")
@needs(Right.FOLLOW_UP)
def back_again(contact_id: UUID) -> ResponseReturnValue:
    """They are there again."""
    return _change(
        contact_id,
        StaffForm(),
        lambda db, contact: come_back(db, contact, by=current_identity()),
        done=N_("Welcome back."),
    )


@bp.post(f"{ONE}/room")
@needs(Right.COORDINATE)
def set_room(contact_id: UUID) -> ResponseReturnValue:
    """Say how many people they can have."""
    form = RoomForm()

    def act(db: Session, contact: Contact) -> None:
        load_row(db, "contacts", contact.id)
        set_capacity(db, contact, form.people.data, by=current_identity())

    return _change(contact_id, form, act, done=N_("It is kept. Nobody is taken away."))


def _change(
    contact_id: UUID, form: StaffForm, act: Callable[[Session, Contact], None], *, done: str
) -> ResponseReturnValue:
    with transaction() as db:
        contact = load_member(db, contact_id)
        if not form.validate():
            return _show(db, contact, form, status=422)
        try:
            with db.begin_nested():
                act(db, contact)
        except RefusedError as refusal:
            return _show(db, contact, form, refused=refusal.code, status=422)
    flash(_(done))
    return redirect(url_for(".member", contact_id=contact_id), code=303)


def _show(
    db: Session,
    contact: Contact,
    sent: StaffForm | None = None,
    *,
    refused: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    today = amsterdam_day(now())
    errors = [error for field in sent for error in field.errors] if sent and not refused else []
    page = render_template(
        "desk/team/member.html",
        contact=contact,
        title=in_locale(contact.words, "role", current_locale()),
        away=is_away(contact, today),
        planned=bool(contact.absent_until and contact.absent_until >= today),
        deputies=as_colleagues(db, deputies_for(db, contact)),
        absence=sent if isinstance(sent, AbsenceForm) else _absence_of(contact, today),
        room=sent if isinstance(sent, RoomForm) else _room_of(contact),
        coordinates=coordinates(contact),
        trouble=REFUSED_WORDS.get(refused) or next(iter(errors), ""),
        today=today,
    )
    return page, status


def _absence_of(contact: Contact, today: date) -> AbsenceForm:
    """The form as it is stored; an absence that is over says nothing any more."""
    form = AbsenceForm(formdata=None)
    form.deputy.data = contact.deputy_id
    if contact.absent_until and contact.absent_until >= today:
        form.first.data, form.last.data = contact.absent_from, contact.absent_until
    return form


def _room_of(contact: Contact) -> RoomForm:
    form = RoomForm(formdata=None)
    form.people.data = contact.capacity
    return form
