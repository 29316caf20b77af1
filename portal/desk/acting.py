"""One way for every act on a case: load, compare what was on the screen, act, go back to the case.

Whoever acts on an older version than there is gets the case as it is now (409), with what happened
since and with what they typed; a refusal comes back the same way (422).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.desk.forms import ActForm, StaffForm
from portal.desk.loading import load_visible
from portal.desk.showing import show_case
from portal.i18n import gettext as _
from portal.privacy.encryption import unseal
from portal.referral.refusals import HappenedMeanwhileError
from portal.registration.models import Registration
from portal.registration.refusals import RefusedError
from portal.registration.states import MoveError
from portal.web.transaction import transaction

Act = Callable[[Session, Registration], object]


def act_on(
    registration_id: UUID,
    name: str,
    form: StaffForm,
    act: Act,
    *,
    done: str,
    also: str = "",
    about: UUID | None = None,
    details: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """Let `act` happen to a registration; `name` is the form's on the page.

    `done` and `also` are said after, with `details` and the first `name` in their places. `about`
    is the referral that a form on the page is about.
    """
    sent = {name: form}
    with transaction() as db:
        registration = load_visible(db, registration_id, for_change=True)
        if not form.validate():
            return show_case(db, registration, sent, about=about, status=422)
        if isinstance(form, ActForm) and form.version.data != registration.version:
            return show_case(db, registration, sent, about=about, status=409)
        if refused := _refused(db, registration, act):
            status = 409 if refused == HappenedMeanwhileError.code else 422
            return show_case(db, registration, sent, about=about, refused=refused, status=status)
        first_name = unseal(db, registration, "first_name") or ""
    for sentence in filter(None, (done, also)):
        flash(_(sentence) % {"name": first_name, **(details or {})})
    return redirect(url_for("desk.show", registration_id=registration_id), code=303)


def _refused(db: Session, registration: Registration, act: Act) -> str:
    """Let it happen; return the code of why not, "" when it did."""
    try:
        with db.begin_nested():
            act(db, registration)
    except RefusedError as refusal:
        return refusal.code
    except MoveError:
        return "moved"
    return ""
