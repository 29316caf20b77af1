"""How a case ends, and how it opens again."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from portal.accounts.identity import Right
from portal.desk import bp
from portal.desk.acting import act_on
from portal.desk.forms import ActForm, CloseForm, SettleForm
from portal.desk.words import N_
from portal.followup import end
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.state import now

CONTRACTS = {"fixed": True, "temporary": False}


@bp.post("/desk/registrations/<uuid:registration_id>/settle")
@needs(Right.FOLLOW_UP)
def settle(registration_id: UUID) -> ResponseReturnValue:
    """Write down what came of it."""
    form = SettleForm()
    return act_on(
        registration_id,
        "settle",
        form,
        lambda db, registration: end.settle(
            db,
            registration,
            form.outcome.data,
            by=current_identity(),
            now=now(),
            hours_a_week=form.hours.data,
            fixed=CONTRACTS.get(form.contract.data),
        ),
        done=N_("Well done. Below stands when you ask how it goes."),
    )


@bp.post("/desk/registrations/<uuid:registration_id>/close")
@needs(Right.FOLLOW_UP)
def close(registration_id: UUID) -> ResponseReturnValue:
    """Close this case."""
    form = CloseForm()
    return act_on(
        registration_id,
        "close",
        form,
        lambda db, registration: end.close(
            db, registration, form.reason.data, by=current_identity(), now=now()
        ),
        done=N_("It is closed."),
    )


@bp.post("/desk/registrations/<uuid:registration_id>/reopen")
@needs(Right.FOLLOW_UP)
def reopen(registration_id: UUID) -> ResponseReturnValue:
    """Open this case again."""
    return act_on(
        registration_id,
        "reopen",
        ActForm(),
        lambda db, registration: end.reopen(db, registration, by=current_identity(), now=now()),
        done=N_("It is open again."),
    )
