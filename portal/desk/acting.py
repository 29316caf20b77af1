"""One way for every act on a case: load, compare what was on the screen, act, go back to the case.

Whoever acts on an older version than there is gets the case as it is now (409), with what happened
since and with what they typed; a refusal comes back the same way (422).
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.desk.forms import ActForm, StaffForm
from portal.desk.loading import load_visible
from portal.desk.showing import show_case
from portal.i18n import gettext as _
from portal.registration.models import Registration
from portal.registration.refusals import RefusedError
from portal.registration.states import MoveError
from portal.web.transaction import transaction

Act = Callable[[Session, Registration], object]


def act_on(
    registration_id: UUID, name: str, form: StaffForm, act: Act, *, done: str
) -> ResponseReturnValue:
    """Let `act` happen to a registration; `name` is the form's on the page, `done` said after."""
    with transaction() as db:
        registration = load_visible(db, registration_id, for_change=True)
        if not form.validate():
            return show_case(db, registration, {name: form}, status=422)
        if isinstance(form, ActForm) and form.version.data != registration.version:
            return show_case(db, registration, {name: form}, status=409)
        try:
            with db.begin_nested():
                act(db, registration)
        except RefusedError as refusal:
            return show_case(db, registration, {name: form}, refused=refusal.code, status=422)
        except MoveError:
            return show_case(db, registration, {name: form}, refused="moved", status=422)
    flash(_(done))
    return redirect(url_for("desk.show", registration_id=registration_id), code=303)
