"""Store a registration once: everything it consists of in one transaction, or nothing (rules 5, 6).

Both doors call `submit` inside their transaction. The same `client_uuid` with the same answers
gives the first receipt again, also when ten requests come at the same moment.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from portal.catalogue.known import KnownContact
from portal.catalogue.snapshot import Snapshot
from portal.db.plain import Statements
from portal.privacy.encryption import vault_of
from portal.registration.answers import Answers
from portal.registration.intake import Draft, Intake, Shown, Stored
from portal.registration.models import Registration
from portal.registration.placing import Placement, place
from portal.registration.reference import Reference, code_digests, refer_to
from portal.registration.rows import ANSWERS, registration_row, rows_beside
from portal.registration.sent import Sent, find_sent, is_erased
from portal.registration.store import insert_beside, insert_once

# The text that asks for consent, at "check" and aloud at a walk-in. A new text is a new version.
CONSENT_TEXT = "2026-11"
MOST_TURNS = 20


class RoutingChangedError(Exception):
    """Somebody else would get it than was shown. Nothing is stored; `placement` says who."""

    def __init__(self, placement: Placement) -> None:
        super().__init__("who gets it, who takes over or the text has changed since it was shown")
        self.placement = placement


class OtherAnswersError(Exception):
    """This uuid was used before, with other answers."""


class ErasedError(Exception):
    """This registration was erased: a late repeat stores nothing."""


def submit(
    db: Statements,
    catalogue: Snapshot,
    answers: Answers,
    shown: Shown,
    intake: Intake,
    *,
    now: datetime,
) -> Stored:
    """Store the answers with owner, consent, search words and the first message.

    The day that was shown is the day that is promised. Another contact of the same organisation
    may turn out to be the one who calls; whoever compares `Stored.contact` can say so.

    Raises:
        RoutingChangedError, OtherAnswersError, ErasedError: nothing was stored.
    """
    if is_erased(db, shown.client_uuid):
        raise ErasedError
    placement = place(db, catalogue, answers, now)
    if not _is_as_shown(placement, catalogue, shown):
        # A repeat is answered as the first time, whoever would get it now.
        if earlier := find_sent(db, shown.client_uuid):
            return _repeat(db, earlier, answers)
        raise RoutingChangedError(placement)
    location = catalogue.location(answers.drop_by) if answers.drop_by else None
    draft = Draft(
        id=uuid4(),
        answers=answers,
        placement=placement,
        contact=_caller(placement, catalogue, shown),
        shown=shown,
        intake=intake,
        drop_by=location.id if location else None,
        now=now,
    )
    return _store(db, draft)


def _store(db: Statements, draft: Draft) -> Stored:
    """Write the rows with the first code that is free."""
    vault, uuid = vault_of(db), draft.shown.client_uuid
    for turn in range(MOST_TURNS):
        reference = refer_to(vault, uuid, version=vault.version, turn=turn)
        if _is_taken(db, reference):
            continue
        if insert_once(db, registration_row(vault, draft, reference, turn)):
            insert_beside(db, rows_beside(vault, draft))
            return Stored(draft.id, uuid, draft.contact.id, repeat=False)
        # Somebody was first, with this uuid or with this code.
        if earlier := find_sent(db, uuid):
            return _repeat(db, earlier, draft.answers)
    raise RuntimeError("no code is free")


def _repeat(db: Statements, earlier: Sent, answers: Answers) -> Stored:
    vault = vault_of(db)
    digests = vault.digests(ANSWERS, answers.canonical())
    if not any(hmac.compare_digest(digest, earlier.answers_digest) for digest in digests):
        raise OtherAnswersError
    return Stored(earlier.id, earlier.client_uuid, earlier.contact_id, repeat=True)


def _is_taken(db: Statements, reference: Reference) -> bool:
    """Whether the code is in use under an older key; under the current one the database knows."""
    older = code_digests(vault_of(db), reference.code)[1:]
    if not older:
        return False
    query = select(Registration.id).where(Registration.code_digest.in_(older))
    return db.connection().scalar(query.limit(1)) is not None


def _is_as_shown(placement: Placement, catalogue: Snapshot, shown: Shown) -> bool:
    """Whether the organisations that were named, and the text, are still the same."""
    fallback = catalogue.contacts.get(shown.fallback)
    return (
        shown.text_version == CONSENT_TEXT
        and placement.organization.id == shown.owner
        and fallback is not None
        and placement.fallback_organization.id == fallback.organization_id
    )


def _caller(placement: Placement, catalogue: Snapshot, shown: Shown) -> KnownContact:
    """Whoever was shown, unless they are out by now, or full while a colleague has room."""
    stays = shown.contact in placement.advice.candidates and (
        shown.contact not in placement.full or placement.contact.id in placement.full
    )
    return catalogue.contacts[shown.contact] if stays else placement.contact
