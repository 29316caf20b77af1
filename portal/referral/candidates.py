"""Whom an owner may ask for a person: partners who take people up, the most fitting first. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.catalogue.known import KnownContact, KnownOrganization, KnownService
from portal.catalogue.snapshot import Snapshot
from portal.registration.models import Registration


@dataclass(frozen=True, slots=True)
class Candidate:
    """A partner; `fitting` are the services that the person likes or that answer a wish."""

    organization: KnownOrganization
    contacts: Sequence[KnownContact]
    services: Sequence[KnownService]
    fitting: Sequence[KnownService]

    @property
    def fits(self) -> bool:
        """Whether anything there answers what the person told us."""
        return bool(self.fitting)


def candidates(catalogue: Snapshot, registration: Registration) -> list[Candidate]:
    """Return the partners of the programme who take people up.

    Left out are the owner, and a landlord who need not know: the declared one, or every landlord
    when we cannot tell which. What the person likes weighs more than what fits a wish.
    """
    programme = catalogue.programmes[registration.programme_id]
    found = [
        _candidate(catalogue, registration, each)
        for each in catalogue.members_of(programme)
        if each.id != registration.owner_id and not _need_not_know(catalogue, registration, each)
    ]
    ready = [each for each in found if each.contacts]
    return sorted(ready, key=lambda each: _rank(each, registration))


def by_id(found: Sequence[Candidate]) -> Mapping[UUID, Candidate]:
    """Return the candidates by organisation."""
    return {each.organization.id: each for each in found}


def _need_not_know(
    catalogue: Snapshot, registration: Registration, organization: KnownOrganization
) -> bool:
    if not (registration.landlord_hidden and organization.is_landlord):
        return False
    declared = catalogue.organizations.get(registration.landlord_id or UUID(int=0))
    return declared is None or not declared.is_landlord or declared.id == organization.id


def _candidate(
    catalogue: Snapshot, registration: Registration, organization: KnownOrganization
) -> Candidate:
    offered = [
        each
        for each in catalogue.services_at(
            catalogue.programmes[registration.programme_id], registration.digits
        )
        if each.organization_id == organization.id
    ]
    said = registration.answers
    likes, wishes = set(said.get("likes", ())), set(said.get("wishes", ()))
    liked = [each for each in offered if each.slug in likes]
    wished = [each for each in offered if each.slug not in likes and each.wishes & wishes]
    fitting = [*liked, *wished]
    rest = [each for each in offered if each not in fitting]
    people = [each for each in catalogue.contacts_of(organization.id) if each.accepts_referrals]
    return Candidate(organization, people, [*fitting, *rest], fitting)


def _rank(candidate: Candidate, registration: Registration) -> tuple[int, int, str]:
    likes = set(registration.answers.get("likes", ()))
    liked = sum(each.slug in likes for each in candidate.fitting)
    return -liked, -len(candidate.fitting), candidate.organization.name.casefold()
