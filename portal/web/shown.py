"""What somebody saw before they agreed, signed so that it can travel through their browser."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from portal.registration.intake import Shown
from portal.registration.placing import Placement
from portal.registration.submit import CONSENT_TEXT
from portal.web.signing import read_words, sign_words

PURPOSE = "shown"
VALID = timedelta(hours=24)


class NotShownError(Exception):
    """No such thing was shown by us, or it is more than 24 hours ago."""


def sign(placement: Placement, *, door: str, now: datetime) -> str:
    """Mint a uuid, and sign it together with who gets it, by when, and who takes over.

    What one door has shown cannot be sent at another: a walk-in's receipt is shown only once.
    """
    return sign_words(
        PURPOSE,
        _salt(door),
        uuid4().hex,
        placement.organization.id.hex,
        placement.contact.id.hex,
        placement.fallback.id.hex,
        placement.promised_on.isoformat(),
        CONSENT_TEXT,
        str(int(now.timestamp())),
    )


def read_shown(token: str, *, door: str, now: datetime) -> Shown:
    """Return what was shown; raises `NotShownError`. Time is the portal's own clock."""
    try:
        words = read_words(PURPOSE, _salt(door), token)
        # An older version of the portal may have signed other words.
        uuid, owner, contact, fallback, day, text_version, at = words
        shown = Shown(
            client_uuid=UUID(uuid),
            owner=UUID(owner),
            contact=UUID(contact),
            fallback=UUID(fallback),
            promised_on=date.fromisoformat(day),
            text_version=text_version,
        )
        since = now.timestamp() - int(at)
    except ValueError as error:
        raise NotShownError from error
    if not -60 <= since < VALID.total_seconds():
        raise NotShownError
    return shown


def _salt(door: str) -> str:
    return f"{PURPOSE} {door}"
