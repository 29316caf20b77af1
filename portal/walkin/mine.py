"""What became of everybody I registered, in status words."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.accounts.identity import Right
from portal.walkin import bp
from portal.walkin.status import my_statuses
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import reading


@bp.get("/")
@needs(Right.REGISTER)
def mine() -> ResponseReturnValue:
    """Show one big button, and how it stands with those of the last 30 days."""
    with reading() as db:
        statuses = my_statuses(db, current_identity(), now=now())
    return render_template("walkin/mine.html", statuses=statuses)
