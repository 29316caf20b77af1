"""Answer by link: take up, decline, and how it went. Only a POST ever acts."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue

from portal.referral.party import BY_LINK
from portal.referral.refusals import UnknownLinkError
from portal.reply import bp
from portal.reply.asked import show_page
from portal.reply.opening import open_page
from portal.web.partner.acting import act_on
from portal.web.partner.form import ACT, read_form
from portal.web.partner.showing import done_query
from portal.web.state import now
from portal.web.transaction import transaction


@bp.post(f"/<token>/{ACT}")
@bp.post(f"/<token>/<uuid:referral_id>/{ACT}")
def answer(token: str, act: str, referral_id: UUID | None = None) -> ResponseReturnValue:
    """Let somebody who was asked say something."""
    sent = read_form(act, request.form)
    with transaction() as db:
        page = open_page(db, token, referral_id)
        if page.referral is None:
            raise UnknownLinkError
        referral, result = act_on(db, page.referral.id, sent, by=BY_LINK, now=now())
        if not result.went_through:
            return show_page(db, page, referral, sent, result)
    return redirect(f"{page.home}?{done_query(sent, result)}", code=303)
