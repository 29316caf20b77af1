"""What only the private link shows: answers, words that were written down, who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.catalogue.known import KnownOrganization
from portal.catalogue.snapshot import Snapshot
from portal.followup.timeline import timeline_of
from portal.i18n.formats import phone_shown
from portal.registration.consent import agreements
from portal.registration.models import Registration
from portal.registration.summary import Line, summarize
from portal.registration.told import answers_of


@dataclass(frozen=True)
class Words:
    """A note on the case; `who` wrote it, "" for the person themselves."""

    at: datetime
    who: str
    words: str


@dataclass(frozen=True)
class Agreement:
    """An organisation that was named, and whether it may still call."""

    organization: KnownOrganization
    given: bool
    since: datetime


@dataclass(frozen=True)
class Own:
    """Everything about a person that is theirs to read; stays out of `repr`."""

    name: str
    phone: str
    lines: Sequence[Line]
    notes: Sequence[Words]
    agreements: Sequence[Agreement]

    def __repr__(self) -> str:
        return "<Own>"


def own_of(db: Session, registration: Registration, known: Snapshot) -> Own:
    """Read what the private link shows."""
    answers = answers_of(db, registration, known)
    timeline = timeline_of(db, registration.id)
    return Own(
        name=answers.first_name,
        phone=phone_shown(answers.phone) if answers.phone else "",
        lines=[line for line in summarize(answers, known) if line.pieces],
        notes=[Words(each.at, each.who, each.words) for each in timeline if each.kind == "note"],
        agreements=[
            Agreement(known.organizations[each.organization_id], each.given, each.since)
            for each in agreements(db, registration)
        ],
    )
