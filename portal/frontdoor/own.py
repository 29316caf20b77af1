"""What only the private link shows: answers, words that were written down, who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.catalogue.snapshot import Snapshot
from portal.followup.timeline import timeline_of
from portal.frontdoor.agreed import Agreement, agreements_of
from portal.i18n.formats import phone_shown
from portal.privacy.encryption import unseal
from portal.referral.queries import notes_of, referrals_of
from portal.registration.models import Registration
from portal.registration.standing import Partner
from portal.registration.summary import Line, summarize
from portal.registration.told import answers_of


@dataclass(frozen=True)
class Words:
    """A note on the case; `who` wrote or said it, "" for the person themselves."""

    at: datetime
    who: str
    words: str

    def __repr__(self) -> str:
        return "<Words>"


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


def own_of(
    db: Session,
    registration: Registration,
    known: Snapshot,
    partners: Sequence[Partner],
    now: datetime,
) -> Own:
    """Read what the private link shows."""
    answers = answers_of(db, registration, known)
    return Own(
        name=answers.first_name,
        phone=phone_shown(answers.phone) if answers.phone else "",
        lines=[line for line in summarize(answers, known) if line.pieces],
        notes=_notes(db, registration, known),
        agreements=agreements_of(db, registration, known, partners, now),
    )


def _notes(db: Session, registration: Registration, known: Snapshot) -> list[Words]:
    """Every word that was written down, by whomever, the newest first."""
    timeline = timeline_of(db, registration.id)
    found = [Words(each.at, each.who, each.words) for each in timeline if each.kind == "note"]
    for referral in referrals_of(db, registration.id):
        partner = known.organizations[referral.receiver_id].name
        for note in notes_of(db, referral.id):
            said_by = unseal(db, note, "said_by")
            who = f"{said_by}, {partner}" if said_by else partner
            found.append(Words(note.at, who, unseal(db, note, "text") or ""))
    return sorted(found, key=lambda words: words.at, reverse=True)
