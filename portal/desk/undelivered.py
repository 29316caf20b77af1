"""What did not arrive: somebody told it another way, or it is sent again."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import RadioField
from wtforms.validators import InputRequired

from portal.accounts.identity import Right
from portal.desk import bp
from portal.desk.acting import act_on
from portal.desk.forms import ActForm
from portal.desk.library_words import CHOOSE
from portal.desk.words import N_
from portal.followup.refusals import NothingUndeliveredError
from portal.referral.undelivered import see_to_it
from portal.registration.happen import account
from portal.registration.models import Registration
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.state import now

DONE = {
    "seen": N_("Good: it is off everybody's list."),
    "again": N_("It is sent once more."),
}


class SeenForm(ActForm):
    """Whether they know it now, or it is sent again."""

    what = RadioField(choices=list(DONE), validators=[InputRequired(CHOOSE)])


@bp.post("/desk/registrations/<uuid:registration_id>/undelivered")
@needs(Right.FOLLOW_UP)
def see_to_undelivered(registration_id: UUID) -> ResponseReturnValue:
    """Take what did not arrive from the list."""
    form = SeenForm()

    def act(db: Session, registration: Registration) -> None:
        by, again = account(current_identity()), form.what.data == "again"
        if not see_to_it(db, registration, again=again, by=by, now=now()):
            raise NothingUndeliveredError

    done = DONE.get(form.what.data, "")
    return act_on(registration_id, "undelivered", form, act, done=done)
