"""Who gets this: from answers and catalogue to a named contact, a true date and who takes over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.catalogue.known import KnownContact, KnownOrganization, KnownProgramme
from portal.catalogue.norms import norms_of
from portal.catalogue.snapshot import Snapshot
from portal.clock import WorkingWeek, amsterdam_day
from portal.db.plain import Statements
from portal.registration.answers import NO_LANDLORD, Answers, Fields, Offered, digits_of, entry_of
from portal.registration.pace import Pace
from portal.registration.queries import caseloads
from portal.routing.catalogue import Catalogue
from portal.routing.decide import (
    NO_CASELOADS,
    Advice,
    Owner,
    alternatives,
    name_contact,
    name_owner,
)
from portal.routing.facts import Facts
from portal.routing.reasons import Reason
from portal.routing.weighing import room


@dataclass(frozen=True, slots=True)
class Placement:
    """What "check" shows: the contact, the last day of the promise, and who takes over.

    `alternatives` are offered under "rather someone else"; `full` are contacts without room;
    `routes` is what routing decided with.
    """

    facts: Facts
    programme: KnownProgramme
    organization: KnownOrganization
    contact: KnownContact
    fallback_organization: KnownOrganization
    fallback: KnownContact
    promised_on: date
    advice: Advice
    alternatives: tuple[KnownOrganization, ...]
    full: frozenset[UUID]
    routes: Catalogue


def programme_for(catalogue: Snapshot, digits: str | None, entry: str | None) -> KnownProgramme:
    """Return who serves the place somebody lives in; else that of the link; else the default."""
    link = catalogue.entry_link(entry) if entry else None
    if link and not catalogue.serves(digits):
        return catalogue.programmes[link.programme_id]
    return catalogue.programme_at(digits)


def offered_to(catalogue: Snapshot, fields: Fields) -> Offered:
    """Return what whoever filled in these fields can choose from: their programme's offer."""
    programme = programme_for(catalogue, digits_of(fields), entry_of(fields))
    return catalogue.once(("offered", programme.id), lambda: _offer_of(catalogue, programme))


def _offer_of(catalogue: Snapshot, programme: KnownProgramme) -> Offered:
    return Offered(
        organizations={row.slug for row in catalogue.members_of(programme)},
        landlords={row.slug for row in catalogue.landlords_of(programme)},
        services={
            row.slug
            for row in catalogue.services.values()
            if row.programme_id == programme.id and catalogue.service(row.slug)
        },
        locations={row.slug for row in catalogue.locations_of(programme)},
    )


def place(db: Statements, catalogue: Snapshot, answers: Answers, now: datetime) -> Placement:
    """Name who gets these answers at this moment; always somebody (rule 2)."""
    programme = programme_for(catalogue, answers.digits, answers.entry)
    outside = not (catalogue.serves(answers.digits) or answers.entry)
    routes = catalogue.routing_catalogue(programme, amsterdam_day(now), outside=outside)
    facts = facts_of(catalogue, answers)
    # The rule picks the organisation whatever the caseloads are, so only its own are counted.
    owner = name_owner(facts, routes)
    loads = caseloads(db, _uuid(owner.organization))
    advice = name_contact(owner, facts, routes, loads)
    organization = catalogue.organizations[_uuid(advice.organization)]
    fallback = catalogue.contacts[_uuid(advice.fallback)]
    others = (_uuid(each) for each in alternatives(facts, routes, advice))
    callers = (routes.contacts[each] for each in advice.candidates)
    return Placement(
        facts=facts,
        programme=programme,
        organization=organization,
        contact=catalogue.contacts[_uuid(advice.contact)],
        fallback_organization=catalogue.organizations[fallback.organization_id],
        fallback=fallback,
        promised_on=_pace(programme, organization).first_contact(now),
        advice=advice,
        alternatives=tuple(catalogue.organizations[each] for each in others),
        full=frozenset(_uuid(each.id) for each in callers if room(each, loads) <= 0),
        routes=routes,
    )


def callers_elsewhere(
    catalogue: Snapshot, placement: Placement
) -> list[tuple[KnownOrganization, KnownContact]]:
    """Return who would call for each organisation under "rather someone else".

    Nobody's caseload is counted here: who it is stands on "check" once it is chosen.
    """
    found = []
    for each in placement.alternatives:
        owner = Owner(Reason.CHOSEN_BY_PERSON, each.id)
        advice = name_contact(owner, placement.facts, placement.routes, NO_CASELOADS)
        found.append((each, catalogue.contacts[_uuid(advice.contact)]))
    return found


def _pace(programme: KnownProgramme, owner: KnownOrganization) -> Pace:
    """The pace of the owner, as `pace.pace_at` reads it from the database."""
    return Pace(WorkingWeek(owner.extra_holidays), norms_of(programme.norms, owner.norms))


def facts_of(catalogue: Snapshot, answers: Answers) -> Facts:
    """Return what routing looks at; slugs become ids."""
    link = catalogue.entry_link(answers.entry) if answers.entry else None
    declared = answers.landlord if answers.landlord not in NO_LANDLORD else None
    return Facts(
        chosen=_id_of(catalogue, answers.rather),
        entry=link.organization_id if link else None,
        landlord=_id_of(catalogue, declared),
        landlord_hidden=answers.landlord_hidden,
        rents_from_nobody=answers.landlord == "nobody",
        landlords_here=frozenset(row.id for row in catalogue.landlords_at(answers.digits)),
        wishes=frozenset(answers.wishes),
        likes=frozenset(answers.likes),
        digits=answers.digits,
        language=answers.language,
    )


def _id_of(catalogue: Snapshot, slug: str | None) -> UUID | None:
    found = catalogue.organization(slug) if slug else None
    return found.id if found else None


def _uuid(identity: UUID | str) -> UUID:
    """Routing works with any id; those of a snapshot are UUIDs."""
    return identity if isinstance(identity, UUID) else UUID(identity)
