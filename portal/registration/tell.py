"""Tell the person what was done, through the ways they gave and no others."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.notify.outbox import put_out
from portal.privacy.encryption import unseal
from portal.registration.models import Registration


def tell(
    db: Session,
    registration: Registration,
    kind: str,
    *,
    now: datetime,
    data: dict[str, Any] | None = None,
) -> bool:
    """Put one message in the outbox, by mail if there is an address; say whether there was a way.

    Mail goes first: on a shared phone an SMS may be read by somebody else.
    """
    recipient = unseal(db, registration, "email") or unseal(db, registration, "phone")
    if not recipient:
        return False
    put_out(
        db,
        kind,
        registration_id=registration.id,
        recipient=recipient,
        locale=registration.locale,
        now=now,
        data=data,
    )
    return True
