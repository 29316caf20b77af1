"""What goes into a registration beside the answers, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.catalogue.known import KnownContact
from portal.registration.answers import Answers
from portal.registration.placing import Placement


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody saw when they agreed: signed at "check", compared at "send"."""

    client_uuid: UUID
    owner: UUID
    contact: UUID
    fallback: UUID
    promised_on: date
    text_version: str


@dataclass(frozen=True, slots=True)
class Intake:
    """How it came in, and how consent was given. A walk-in names who registered, and where.

    `method` and `interpreter` are codes of the model; `recorded_by` is who wrote consent down.
    """

    locale: str
    channel: str = "self"
    registered_by: UUID | None = None
    registered_at: UUID | None = None
    method: str = "screen"
    interpreter: str = "nobody"
    recorded_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything about a registration, just before its rows are written."""

    id: UUID
    answers: Answers
    placement: Placement
    contact: KnownContact
    shown: Shown
    intake: Intake
    drop_by: UUID | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """What a receipt needs to know. `contact` may be a colleague of the one who was shown."""

    id: UUID
    client_uuid: UUID
    contact: UUID
    repeat: bool
