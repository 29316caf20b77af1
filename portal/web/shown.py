"""What somebody saw before they agreed, signed so that it can travel through their browser."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from itsdangerous import BadData, URLSafeSerializer

from portal.registration.intake import Shown
from portal.registration.placing import Placement
from portal.registration.submit import CONSENT_TEXT
from portal.web.signing import signer

PURPOSE = "shown"
VALID = timedelta(hours=24)


class NotShownError(Exception):
    """No such thing was shown by us, or it is more than 24 hours ago."""


def sign(placement: Placement, *, door: str, now: datetime) -> str:
    """Mint a uuid, and sign it together with who gets it, by when, and who takes over.

    What one door has shown cannot be sent at another: a walk-in's receipt is shown only once.
    """
    content = [
        uuid4().hex,
        placement.organization.id.hex,
        placement.contact.id.hex,
        placement.fallback.id.hex,
        placement.promised_on.isoformat(),
        CONSENT_TEXT,
        int(now.timestamp()),
    ]
    return _serializer(door).dumps(content)


def read_shown(token: str, *, door: str, now: datetime) -> Shown:
    """Return what was shown; raises `NotShownError`. Time is the portal's own clock."""
    try:
        uuid, owner, contact, fallback, day, text_version, at = _serializer(door).loads(token)
    except (BadData, ValueError) as error:
        raise NotShownError from error
    if not -60 <= now.timestamp() - at < VALID.total_seconds():
        raise NotShownError
    return Shown(
        client_uuid=UUID(uuid),
        owner=UUID(owner),
        contact=UUID(contact),
        fallback=UUID(fallback),
        promised_on=date.fromisoformat(day),
        text_version=text_version,
    )


def _serializer(door: str) -> URLSafeSerializer:
    return signer(PURPOSE, f"{PURPOSE} {door}")
