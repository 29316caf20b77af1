"""How the people of a programme can be told something: accounts, mail addresses, what bounces."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.following import following_at
from portal.catalogue.known import KnownProgramme
from portal.catalogue.models import Contact
from portal.notify.silence import silent_among
from portal.privacy.encryption import unseal


@dataclass(frozen=True)
class Reached:
    """Ids of contacts and organisations. `silent` contacts have an address that takes no mail."""

    signing_in: frozenset[UUID]
    with_mail: frozenset[UUID]
    silent: frozenset[UUID]
    organizations: frozenset[UUID]


def reached(db: Session, programme: KnownProgramme) -> Reached:
    """Look at every contact of a programme, and at the accounts of its organisations."""
    addresses: dict[UUID, set[str]] = defaultdict(set)
    signing_in, organizations = set[UUID](), set[UUID]()
    for account, membership in db.execute(following_at(programme.members)):
        organizations.add(membership.organization_id)
        if membership.contact_id:
            signing_in.add(membership.contact_id)
            addresses[membership.contact_id].add(unseal(db, account, "email") or "")
    own = select(Contact.id, Contact.email).where(Contact.organization_id.in_(programme.members))
    for identity, email in db.execute(own.where(Contact.email.is_not(None))):
        addresses[identity].add(email or "")
    silent = silent_among(db, {each for found in addresses.values() for each in found})
    return Reached(
        frozenset(signing_in),
        frozenset(addresses),
        frozenset(each for each, found in addresses.items() if found & silent),
        frozenset(organizations),
    )
