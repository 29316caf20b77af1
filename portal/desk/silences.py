"""Take over somebody whose owner stays silent: who was named for it at "check" presses a button."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.identity import Right
from portal.desk import bp
from portal.desk.words import N_
from portal.followup.taking_over import named_for, silent_for, take_over
from portal.i18n import gettext as _
from portal.registration.models import Registration
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import transaction

TAKEN = N_("You have taken this over. From today it is your call: the person hears your name.")
NOT_NEEDED = N_("This is not needed any more: somebody has reached the person, or took over.")


@bp.post("/desk/silences/<uuid:registration_id>")
@needs(Right.FOLLOW_UP)
def take_silence(registration_id: UUID) -> ResponseReturnValue:
    """Become the owner, if the owner is still silent; lead to the case."""
    me = current_identity()
    with transaction() as db:
        found = db.scalar(named_for(me).where(Registration.id == registration_id).with_for_update())
        if found is None:
            abort(404)
        if db.scalar(silent_for(me, now=now()).where(Registration.id == registration_id)) is None:
            flash(_(NOT_NEEDED))
            return redirect(url_for("desk.home"), code=303)
        take_over(db, found, me, now=now())
    flash(_(TAKEN))
    return redirect(url_for("desk.show", registration_id=registration_id), code=303)
