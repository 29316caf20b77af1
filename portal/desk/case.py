"""Everything about one person on one screen. Opening it is written down."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from portal.accounts.identity import Right
from portal.desk import bp
from portal.desk.loading import load_visible
from portal.desk.showing import show_case
from portal.privacy.audit import Action, record
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import reading, transaction


@bp.get("/desk/registrations/<uuid:registration_id>")
@needs(Right.FOLLOW_UP)
def show(registration_id: UUID) -> ResponseReturnValue:
    """Show the case; nobody sees it before it is on record that they did."""
    with reading() as db:
        registration = load_visible(db, registration_id)
        owner_id = registration.owner_id
        page = show_case(db, registration)
    with transaction() as db:
        record(
            db,
            Action.READ_CASE,
            account_id=current_identity().account_id,
            organization_id=owner_id,
            registration_id=registration_id,
            now=now(),
        )
    return page
