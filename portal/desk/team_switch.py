"""Switch a contact, a service or an organisation off: who is affected, and who takes over."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.identity import Right
from portal.catalogue.known import in_locale
from portal.catalogue.models import Contact, Organization, Service
from portal.desk import bp
from portal.desk.team_forms import SwitchForm
from portal.desk.team_loading import Switchable, load_row
from portal.desk.team_words import REFUSED_WORDS
from portal.followup import affected, switch_contact, switch_organization, switch_service
from portal.followup.colleague import Colleague, as_colleagues
from portal.i18n import current_locale
from portal.i18n import gettext as _
from portal.registration.refusals import RefusedError
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import reading, transaction

ONE = "/desk/team/<any(contacts,services,organizations):table>/<uuid:row_id>"
CONFLICTS = ("changed_meanwhile", "off_already")


@bp.get(f"{ONE}/switch")
@needs(Right.COORDINATE)
def switching(table: str, row_id: UUID) -> ResponseReturnValue:
    """Show who is affected."""
    with reading() as db:
        return _show(db, load_row(db, table, row_id), SwitchForm(formdata=None))


@bp.post(f"{ONE}/switch")
@needs(Right.COORDINATE)
def switch_off(table: str, row_id: UUID) -> ResponseReturnValue:
    """Switch it off."""
    form = SwitchForm()
    with transaction() as db:
        row = load_row(db, table, row_id)
        if not form.validate():
            return _show(db, row, form, refused="two_answers")
        try:
            with db.begin_nested():
                _switch_off(db, row, form)
        except RefusedError as refusal:
            db.expire_all()
            return _show(db, row, form, refused=refusal.code)
        name = _name(row)
    flash(_("%(name)s is switched off. Everybody who had to hear it is told.") % {"name": name})
    return redirect(url_for(".team"), code=303)


@bp.post(f"{ONE}/on")
@needs(Right.COORDINATE)
def switch_on(table: str, row_id: UUID) -> ResponseReturnValue:
    """Switch it on again."""
    with transaction() as db:
        row = load_row(db, table, row_id)
        try:
            with db.begin_nested():
                _switch_on(db, row)
        except RefusedError as refusal:
            db.expire_all()
            return _show(db, row, SwitchForm(formdata=None), refused=refusal.code)
        name = _name(row)
    flash(_("%(name)s is on again. New people see it.") % {"name": name})
    return redirect(url_for(".team"), code=303)


def _switch_off(db: Session, row: Switchable, form: SwitchForm) -> None:
    by, seen, at = current_identity(), form.seen.data or "", now()
    match row:
        case Contact():
            heir = form.takes_over.data
            switch_contact.switch_off(db, row, heir, seen=seen, by=by, now=at)
        case Service():
            switch_service.switch_off(db, row, seen=seen, by=by, now=at)
        case Organization():
            switch_organization.switch_off(db, row, seen=seen, by=by, now=at)


def _switch_on(db: Session, row: Switchable) -> None:
    by, at = current_identity(), now()
    match row:
        case Contact():
            switch_contact.switch_on(db, row, by=by, now=at)
        case Service():
            switch_service.switch_on(db, row, by=by, now=at)
        case Organization():
            switch_organization.switch_on(db, row, by=by, now=at)


def _show(
    db: Session, row: Switchable, form: SwitchForm, *, refused: str = ""
) -> ResponseReturnValue:
    who, others, going_on = None, list[Colleague](), 0
    match row:
        case Contact():
            who = affected.by_contact(db, row)
            others = as_colleagues(db, switch_contact.who_can_take_over(db, row))
        case Service():
            who, going_on = affected.by_service(db, row), switch_service.going_on(db, row)
        case Organization():
            who = affected.by_organization(db, row)
    page = render_template(
        "desk/team/switch.html",
        row=row,
        table=f"{row.__tablename__}s",
        name=_name(row),
        who=who,
        others=others,
        going_on=going_on,
        form=form,
        trouble=REFUSED_WORDS.get(refused, ""),
    )
    return page, (409 if refused in CONFLICTS else 422) if refused else 200


def _name(row: Switchable) -> str:
    match row:
        case Contact():
            return row.first_name
        case Service():
            return in_locale(row.words, "name", current_locale())
        case Organization():
            return row.name
