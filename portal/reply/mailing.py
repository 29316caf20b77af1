"""Ask for a link by mail. It goes to the address we have, and the page never says which."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from limits import parse

from portal.referral.refusals import LinkExpiredError
from portal.referral.renew import renew_link, send_list
from portal.reply import bp
from portal.reply.opening import open_page
from portal.web.limits import count_try
from portal.web.state import now
from portal.web.transaction import transaction

MAILS = parse("6/hour")


@bp.post("/<token>/fresh")
def fresh(token: str) -> ResponseReturnValue:
    """Send a fresh link in place of one that is too old."""
    with transaction() as db:
        try:
            open_page(db, token)
        except LinkExpiredError as expired:
            count_try(MAILS, token)
            renew_link(db, expired.link_id, now=now())
    return redirect(url_for(".show", token=token, done="fresh"), code=303)


@bp.post("/<token>/all")
def mail_list(token: str) -> ResponseReturnValue:
    """Send a link to everything that waits; the link of one thing never shows another (rule 7)."""
    with transaction() as db:
        page = open_page(db, token)
        # Only what exists is counted by name: made-up links would fill the memory.
        count_try(MAILS, token)
        asked = page.referral.contact_id if page.referral else None
        send_list(db, page.opened.organization_id, now=now(), contact_id=asked)
    return redirect(url_for(".show", token=token, done="all"), code=303)
