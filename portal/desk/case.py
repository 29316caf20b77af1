"""Everything about one person on one screen. Opening it is written down."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from portal.accounts.identity import Right
from portal.desk import bp
from portal.desk.loading import load_visible
from portal.desk.showing import put_on_record, show_case
from portal.web.permissions import needs
from portal.web.transaction import reading


@bp.get("/desk/registrations/<uuid:registration_id>")
@needs(Right.FOLLOW_UP)
def show(registration_id: UUID) -> ResponseReturnValue:
    """Show the case; nobody sees it before it is on record that they did."""
    put_on_record(registration_id)
    with reading() as db:
        return show_case(db, load_visible(db, registration_id), on_record=True)
