"""The work list: who waits on me, today."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.identity import Right
from portal.clock import amsterdam_day
from portal.desk import bp, words
from portal.desk.receiving_page import in_our_hands
from portal.followup.agenda import load_agenda
from portal.followup.not_here import not_here
from portal.followup.people import Block
from portal.followup.taking_over import silences
from portal.referral.undelivered import all_undelivered
from portal.web.login import current_identity
from portal.web.partner import words as partner_words
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import reading


@bp.get("/desk/")
@needs(Right.FOLLOW_UP)
def home() -> ResponseReturnValue:
    """Show the list. Whoever is no contact of anybody sees everyone they may follow."""
    me, at = current_identity(), now()
    everyone = not me.contact_ids or request.args.get("who") == "everyone"
    rest = request.args.get("rest") == "open"
    with reading() as db:
        ours = in_our_hands(db)
        return render_template(
            "desk/home.html",
            agenda=load_agenda(db, me, now=at, everyone=everyone, rest=rest),
            Block=Block,
            everyone=everyone,
            rest=rest,
            today=amsterdam_day(at),
            silences=silences(db, me, now=at),
            asked_of_us=sum(each.referral.state == "requested" for each in ours),
            in_our_hands=ours,
            not_here=not_here(db, me, now=at),
            partner_words=partner_words,
            undelivered=all_undelivered(db, me.organizations(Right.FOLLOW_UP)),
            words=words,
        )
