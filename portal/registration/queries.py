"""Find registrations, and count them."""

from __future__ import annotations

from typing import Literal, TypeAlias
from uuid import UUID

from sqlalchemy import Select, bindparam, func, literal_column, select
from sqlalchemy.orm import Session

from portal.db.plain import Statements
from portal.privacy.encryption import vault_of
from portal.registration.models import Registration, RoutingDecision
from portal.registration.reference import (
    Reference,
    code_digests,
    link_digests,
    literal,
    readings,
    refer_to,
)
from portal.registration.sent import Sent
from portal.routing.facts import Id
from portal.routing.weighing import Caseloads

Reach: TypeAlias = Literal["phone", "email", "drop_by"]

# Aftercare is followed from afar and closed is done: neither fills a caseload.
IN_CASELOAD = ("new", "picked_up", "referred", "active", "waiting")

# Every "check" and "send" counts, so the statement is made once and goes around the mapper.
TABLE = Registration.metadata.tables["registration"]
# The values of an IN would be written into the statement anew at every call; these are our own.
OPEN = TABLE.c.state.in_([literal_column(f"'{state}'") for state in IN_CASELOAD])
CASELOADS = (
    select(TABLE.c.contact_id, func.count())
    .where(TABLE.c.owner_id == bindparam("owner"), OPEN)
    .group_by(TABLE.c.contact_id)
)


def caseloads(db: Statements, organization: UUID) -> Caseloads:
    """Count the open cases of one organisation by contact."""
    counted = db.connection().execute(CASELOADS, {"owner": organization})
    return dict[Id, int](counted.all())


def codes_by_key(db: Session) -> dict[str, int]:
    """Count the codes that people hold, by the version of the secret key they come from."""
    key = Registration.key_version
    counted = select(key, func.count()).group_by(key).order_by(key)
    return dict(db.execute(counted).all())


def by_code(db: Session, typed: str, *, lock: bool = False) -> Registration | None:
    """Return the registration with the code that was typed, literally or nearly.

    What looks alike is tried only when nobody has the literal code, and counts when it leads to
    exactly one person. A sign that no code has is never literal: each reading is as good.
    """
    exact = literal(typed)
    if exact and (found := _with_codes(db, (exact,), lock=lock)):
        return found
    return _with_codes(db, readings(typed), lock=lock)


def by_link(db: Session, link: str, *, lock: bool = False) -> Registration | None:
    """Return the registration of a private link; `lock` it for whoever changes it."""
    digests = link_digests(vault_of(db), link)
    return db.scalar(_select(lock=lock).where(Registration.link_digest.in_(digests)))


def way_of(registration: Registration) -> Reach:
    """How somebody is best reached: by phone, else by mail, else they come by."""
    if registration.phone:
        return "phone"
    return "email" if registration.email else "drop_by"


def first_owner_of(db: Session, registration: Registration) -> UUID | None:
    """Return the organisation that was named to the person before they sent anything."""
    query = select(RoutingDecision.owner_id).where(
        RoutingDecision.registration_id == registration.id
    )
    return db.scalar(query.order_by(RoutingDecision.at).limit(1))


def reference_of(db: Statements, registration: Registration | Sent) -> Reference:
    """Return the code and link of a registration, as they were on its receipt."""
    return refer_to(
        vault_of(db),
        registration.client_uuid,
        version=registration.key_version,
        turn=registration.code_turn,
    )


def _with_codes(db: Session, codes: tuple[str, ...], *, lock: bool) -> Registration | None:
    vault = vault_of(db)
    digests = [digest for code in codes for digest in code_digests(vault, code)]
    found = db.scalars(_select(lock=lock).where(Registration.code_digest.in_(digests))).all()
    return found[0] if len(found) == 1 else None


def _select(*, lock: bool) -> Select[Registration]:
    # Two taps at once must come one after the other. SQLite has a single writer anyway.
    return select(Registration).with_for_update() if lock else select(Registration)
