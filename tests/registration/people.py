"""People who register: what they fill in, what they were shown, and sending it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.catalogue.snapshot import Snapshot
from portal.registration.answers import Answers, Offered, Parsed, parse
from portal.registration.intake import Intake, Shown, Stored
from portal.registration.models import Registration
from portal.registration.placing import Placement, offered_to, place
from portal.registration.submit import CONSENT_TEXT, submit
from tests.support.clock import amsterdam

NOW = amsterdam("2026-11-18T10:00")  # a Wednesday; the promise is Friday 20 November
OFFERED = Offered(
    organizations={"trudo", "springplank040"},
    landlords={"trudo", "woonbedrijf"},
    services={"koken", "groen"},
    locations={"de-hoek"},
)


def filled_in(**changes: Any) -> dict[str, list[str]]:
    """The form of a tenant of Trudo who would like to work; an empty list leaves a field out."""
    fields: dict[str, list[str]] = {
        "wish": ["paid_work"],
        "age16": ["yes"],
        "postcode": ["5616 AB"],
        "landlord": ["trudo"],
        "phone": ["06 12345678"],
        "first_name": ["Voorbeeld-Sam"],
        "language": ["nl"],
    }
    for name, value in changes.items():
        fields[name] = [value] if isinstance(value, str) else value
    return fields


def read(**changes: Any) -> Parsed:
    """Read that form, where `OFFERED` is what there is."""
    return parse(filled_in(**changes), OFFERED, language="nl")


def problems(**changes: Any) -> dict[str, str]:
    """What is wrong with that form: `{field: code}`."""
    return dict(read(**changes).problems)


def answers_in(known: Snapshot, **changes: Any) -> Answers:
    """The answers of that form, where `known` is what there is."""
    fields = filled_in(**changes)
    parsed = parse(fields, offered_to(known, fields), language="nl")
    assert parsed.answers, parsed.problems
    return parsed.answers


def placed(db: Session, known: Snapshot, *, now: datetime = NOW, **changes: Any) -> Placement:
    """Who gets that form."""
    return place(db, known, answers_in(known, **changes), now)


def show(placement: Placement, **changes: Any) -> Shown:
    """What the check page showed."""
    return replace(
        Shown(
            client_uuid=uuid4(),
            owner=placement.organization.id,
            contact=placement.contact.id,
            fallback=placement.fallback.id,
            promised_on=placement.promised_on,
            text_version=CONSENT_TEXT,
        ),
        **changes,
    )


def send(
    db: Session,
    known: Snapshot,
    shown: Shown | None = None,
    *,
    now: datetime = NOW,
    intake: Intake | None = None,
    **changes: Any,
) -> Stored:
    """Send that form as it was shown."""
    answers = answers_in(known, **changes)
    seen = shown or show(place(db, known, answers, now))
    return submit(db, known, answers, seen, intake or Intake("nl"), now=now)


def registered(
    db: Session, known: Snapshot, *, now: datetime = NOW, **changes: Any
) -> Registration:
    """Somebody who sent that form."""
    return db.get_one(Registration, send(db, known, now=now, **changes).id)
