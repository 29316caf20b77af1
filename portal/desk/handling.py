"""Whose move it is: take over, hand over, start, wait, go on."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.identity import Right
from portal.desk import bp
from portal.desk.acting import act_on
from portal.desk.forms import ActForm, HandOverForm, WaitForm
from portal.desk.words import N_
from portal.followup import handle
from portal.registration.models import Registration
from portal.web.catalogue import catalogue
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.state import now


@bp.post("/desk/registrations/<uuid:registration_id>/take")
@needs(Right.FOLLOW_UP)
def take(registration_id: UUID) -> ResponseReturnValue:
    """Make this case mine."""
    return act_on(
        registration_id,
        "take",
        ActForm(),
        lambda db, registration: handle.take_over(
            db, registration, by=current_identity(), now=now()
        ),
        done=N_("You call %(name)s from now on."),
    )


@bp.post("/desk/registrations/<uuid:registration_id>/hand-over")
@needs(Right.FOLLOW_UP)
def hand_over(registration_id: UUID) -> ResponseReturnValue:
    """Give this case to a colleague."""
    form, details = HandOverForm(), dict[str, str]()

    def act(db: Session, registration: Registration) -> None:
        contact_id = form.contact.data
        handle.hand_over(db, registration, contact_id, by=current_identity(), now=now())
        details["to"] = catalogue(db).contacts[contact_id].first_name

    done = N_("%(to)s calls %(name)s from now on. %(name)s is told.")
    return act_on(registration_id, "hand_over", form, act, done=done, details=details)


@bp.post("/desk/registrations/<uuid:registration_id>/start")
@needs(Right.FOLLOW_UP)
def begin(registration_id: UUID) -> ResponseReturnValue:
    """Let somebody begin with us, without a partner."""
    return act_on(
        registration_id,
        "start",
        ActForm(),
        lambda db, registration: handle.start(db, registration, by=current_identity(), now=now()),
        done=N_("%(name)s has started with us."),
    )


@bp.post("/desk/registrations/<uuid:registration_id>/wait")
@needs(Right.FOLLOW_UP)
def wait(registration_id: UUID) -> ResponseReturnValue:
    """Let this case rest until a day."""
    form = WaitForm()
    return act_on(
        registration_id,
        "wait",
        form,
        lambda db, registration: handle.wait(
            db, registration, form.until.data, by=current_identity(), now=now()
        ),
        done=N_("%(name)s rests until that day."),
    )


@bp.post("/desk/registrations/<uuid:registration_id>/resume")
@needs(Right.FOLLOW_UP)
def resume(registration_id: UUID) -> ResponseReturnValue:
    """Go on with this case before the day it waits for."""
    return act_on(
        registration_id,
        "resume",
        ActForm(),
        lambda db, registration: handle.resume(db, registration, by=current_identity(), now=now()),
        done=N_("You go on with this."),
    )
