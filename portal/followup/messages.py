"""Short messages that whoever works on a case can choose: what each says, and whether it may go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.followup.refusals import NoWayError, OpenPlaceError
from portal.notify.compose import ComposeError, HiddenLink, Letter, compose
from portal.notify.models import OutboxMessage
from portal.notify.outbox import way_to
from portal.notify.sms import is_mobile
from portal.privacy.encryption import unseal
from portal.registration.letters import about_registrations
from portal.registration.models import Registration

# Every message that can be chosen, and whether it names a day: without one it is not sent.
NAMES_A_DAY: Mapping[str, bool] = {
    "tried_call": True,
    "please_call": False,
    "found_something": True,
}


@dataclass(frozen=True, slots=True)
class Way:
    """How a message goes: "mail" or "sms", and where to. Stays out of `repr`."""

    channel: str
    address: str

    def __repr__(self) -> str:
        return f"<Way {self.channel}>"

    @property
    def arrives(self) -> bool:
        """Whether this can work at all: an SMS to a landline cannot."""
        return self.channel != "sms" or is_mobile(self.address)


@dataclass(frozen=True, slots=True)
class Preview:
    """A message in the language of the person, and in that of whoever sends it."""

    theirs: Letter
    ours: Letter


def way_of_messages(db: Session, registration: Registration) -> Way | None:
    """Return how a message goes to this person: by mail if there is an address, else by SMS."""
    address = unseal(db, registration, "email") or unseal(db, registration, "phone")
    return Way(way_to(address), address) if address else None


def data_of(kind: str, day: date | None) -> dict[str, Any]:
    """Return the codes of this message; raises `OpenPlaceError` when the day is missing."""
    if kind not in NAMES_A_DAY or (NAMES_A_DAY[kind] and day is None):
        raise OpenPlaceError
    return {"by": day.isoformat()} if day and NAMES_A_DAY[kind] else {}


def preview(
    db: Session,
    registration: Registration,
    kind: str,
    day: date | None,
    *,
    base_url: str,
    ours: str,
    now: datetime,
) -> Preview:
    """Write the message as it would leave now; `ours` is the language to read along in.

    The private link opens the person's own page, so nobody else is shown it: it only leaves.

    Raises:
        NoWayError: the person gave no way to send it.
        OpenPlaceError: a place in it is still open.
    """
    way = way_of_messages(db, registration)
    if way is None:
        raise NoWayError
    message = _as_it_would_leave(registration, kind, way, data_of(kind, day))
    told = about_registrations(base_url)(db, message, now)
    if told is None:
        raise NoWayError
    words = {**told.words, "link": HiddenLink()}
    try:
        return Preview(
            compose(kind, way.channel, words, registration.locale),
            compose(kind, way.channel, words, ours),
        )
    except ComposeError as error:
        raise OpenPlaceError from error


def _as_it_would_leave(
    registration: Registration, kind: str, way: Way, data: dict[str, Any]
) -> OutboxMessage:
    """Return the message without putting it out: nobody keeps this one."""
    return OutboxMessage(
        id=uuid4(),
        registration_id=registration.id,
        kind=kind,
        channel=way.channel,
        locale=registration.locale,
        data=data,
    )
