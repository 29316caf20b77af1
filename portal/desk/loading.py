"""Load a case through what somebody may see; what they may not see does not exist for them."""

from __future__ import annotations

from uuid import UUID

from flask import abort
from sqlalchemy.orm import Session

from portal.registration.models import Registration
from portal.registration.visible import Depth, view_of, visible_to
from portal.web.login import current_identity
from portal.web.state import now


def load_visible(db: Session, registration_id: UUID, *, for_change: bool = False) -> Registration:
    """Return the registration, or answer 404; `for_change` holds it until the transaction ends."""
    me, at = current_identity(), now()
    query = visible_to(me, now=at).where(Registration.id == registration_id)
    if for_change:
        query = query.with_for_update(of=Registration)
    found = db.scalar(query)
    if found is None or view_of(me, found, now=at) != Depth.ALL:
        abort(404)
    return found
