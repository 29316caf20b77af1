"""How the people of a programme can be told something: accounts, addresses, what came back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.following import following_at
from portal.catalogue.known import KnownProgramme
from portal.catalogue.models import Contact
from portal.notify.silence import silent_among
from portal.privacy.encryption import unseal
from portal.reports.coverage_lost import NotTold, not_told, takeovers_not_told


@dataclass(frozen=True)
class Reached:
    """Ids of contacts and organisations. `silent` contacts have an address that takes no mail.

    `coordinated` organisations have a coordinator who can sign in, `bouncing` ones have one whose
    address takes no mail; `not_told` are the messages that were given up there.
    `takeovers_not_told` are contacts who do not know that somebody waits for them to take over.
    """

    signing_in: frozenset[UUID]
    with_mail: frozenset[UUID]
    silent: frozenset[UUID]
    organizations: frozenset[UUID]
    coordinated: frozenset[UUID]
    bouncing: frozenset[UUID]
    not_told: Mapping[UUID, NotTold]
    takeovers_not_told: frozenset[UUID]


def reached(db: Session, programme: KnownProgramme, today: date) -> Reached:
    """Look at every contact of a programme, and at the accounts of its organisations."""
    addresses: dict[UUID, set[str]] = defaultdict(set)
    coordinators: dict[UUID, set[str]] = defaultdict(set)
    signing_in, organizations = set[UUID](), set[UUID]()
    for account, membership in db.execute(following_at(programme.members)):
        email = unseal(db, account, "email") or ""
        organizations.add(membership.organization_id)
        if membership.role == "coordinator":
            coordinators[membership.organization_id].add(email)
        if membership.contact_id:
            signing_in.add(membership.contact_id)
            addresses[membership.contact_id].add(email)
    own = select(Contact.id, Contact.email).where(Contact.organization_id.in_(programme.members))
    for identity, own_mail in db.execute(own.where(Contact.email.is_not(None))):
        addresses[identity].add(own_mail or "")
    everybody = chain(addresses.values(), coordinators.values())
    silent = silent_among(db, set().union(*everybody))
    return Reached(
        frozenset(signing_in),
        frozenset(addresses),
        frozenset(each for each, found in addresses.items() if found & silent),
        frozenset(organizations),
        frozenset(coordinators),
        frozenset(each for each, found in coordinators.items() if found & silent),
        not_told(db),
        takeovers_not_told(db, programme, today),
    )
