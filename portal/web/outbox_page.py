"""The outbox of a demonstration. It exists nowhere else: it shows names and private links."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.followup.letters import all_letters
from portal.followup.outbox import shown_outbox
from portal.i18n import RTL, STAFF_LOCALES
from portal.i18n.translate import set_locale
from portal.web.state import now, portal
from portal.web.transaction import reading

bp = Blueprint("outbox", __name__)


@bp.get("/demo/outbox")
def outbox() -> ResponseReturnValue:
    """Show what would have gone out, the newest first. Everybody in a demonstration is invented."""
    set_locale(request.accept_languages.best_match(STAFF_LOCALES) or STAFF_LOCALES[0])
    with reading() as db:
        shown = shown_outbox(db, all_letters(portal().settings.base_url), now=now())
    return render_template("staff/outbox.html", messages=shown, RTL=RTL)
