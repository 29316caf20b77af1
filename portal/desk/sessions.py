"""My account: who I am here, and where I am signed in."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.sign_in import open_sign_ins, revoke_sign_in
from portal.desk import bp
from portal.desk.words import ROLE_WORDS
from portal.privacy.audit import Action, record
from portal.web.login import current_identity, current_sign_in_id
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import reading, transaction


@bp.get("/sessions")
@needs()
def sessions() -> ResponseReturnValue:
    """Show every place where I am signed in."""
    with reading() as db:
        return render_template(
            "staff/sessions.html",
            role_words=ROLE_WORDS,
            sign_ins=open_sign_ins(db, current_identity().account_id, now=now()),
            this_one=current_sign_in_id(),
        )


@bp.post("/sessions/<uuid:sign_in_id>/revoke")
@needs()
def revoke(sign_in_id: UUID) -> ResponseReturnValue:
    """End one of my own sessions."""
    account_id = current_identity().account_id
    with transaction() as db:
        if not revoke_sign_in(db, account_id, sign_in_id, now=now()):
            abort(404)
        record(db, Action.REVOKE_SIGN_IN, account_id=account_id, now=now())
    return redirect(url_for(".sessions"), code=303)
