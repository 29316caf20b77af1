"""What other organisations ask of mine: look, and answer with my own account."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from portal.accounts.identity import Right
from portal.desk import bp
from portal.desk.receiving_page import (
    load_received,
    owns,
    put_on_record,
    show_list,
    show_received,
)
from portal.referral.party import as_receiver
from portal.web.login import current_identity
from portal.web.partner.acting import act_on
from portal.web.partner.form import ACT, read_form
from portal.web.partner.showing import done_said
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import reading, transaction

HERE = "/desk/referrals/<uuid:referral_id>"


@bp.get("/desk/asked")
@needs(Right.FOLLOW_UP)
def asked() -> ResponseReturnValue:
    """List what was asked of my organisations."""
    with reading() as db:
        return show_list(db)


@bp.get(HERE)
@needs(Right.FOLLOW_UP)
def received(referral_id: UUID) -> ResponseReturnValue:
    """Show it to the receiver, which is written down; lead the owner to the case."""
    put_on_record(referral_id)
    with reading() as db:
        referral = load_received(db, referral_id)
        if referral is not None:
            return show_received(db, referral, on_record=True)
        registration_id = owns(db, referral_id)
    if registration_id is None:
        abort(404)
    return redirect(url_for("desk.show", registration_id=registration_id), code=303)


@bp.get(f"{HERE}/{ACT}")
@needs(Right.FOLLOW_UP)
def back_to_received(referral_id: UUID, **_act: str) -> ResponseReturnValue:
    """Lead back to the page: an address that was copied from an answer does nothing by itself."""
    with reading() as db:
        if load_received(db, referral_id) is None and owns(db, referral_id) is None:
            abort(404)
    return _back(referral_id)


@bp.post(f"{HERE}/{ACT}")
@needs(Right.FOLLOW_UP)
def answer(referral_id: UUID, act: str) -> ResponseReturnValue:
    """Let my organisation say something about it."""
    sent = read_form(act, request.form)
    with transaction() as db:
        referral = load_received(db, referral_id)
        if referral is None:
            abort(404)
        by = as_receiver(current_identity(), referral)
        referral, result = act_on(db, referral.id, sent, by=by, now=now())
        if not result.went_through:
            return show_received(db, referral, sent, result)
        flash(done_said(db, referral, sent, result))
    return _back(referral_id)


def _back(referral_id: UUID) -> Response:
    return redirect(url_for("desk.received", referral_id=referral_id), code=303)
