"""Who would get it today: every postcode × landlord × wish × language of a programme.

Routing must not fail silently. Here it is asked about everybody who could come, and whatever has
the same answer becomes one row, so that a whole town fits on a page. For people who tell no more
than this; what they like, choose or came by is looked at in `coverage_ways`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.catalogue.known import KnownContact, KnownOrganization, KnownProgramme
from portal.catalogue.models import WISHES
from portal.catalogue.snapshot import Snapshot
from portal.i18n.locales import LOCALES, SPOKEN
from portal.registration.models import Registration
from portal.registration.queries import IN_CASELOAD
from portal.routing.catalogue import Catalogue
from portal.routing.decide import Advice, route
from portal.routing.facts import Facts, Id
from portal.routing.reasons import Reason
from portal.routing.weighing import Caseloads

Speech: TypeAlias = Literal["speaks", "interpreter", "neither"]
Digits: TypeAlias = str | None
# Whom they rent from, what routing says by language, and what they wish.
Key: TypeAlias = tuple[UUID | None, tuple[Advice, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """A programme as it is today. `loads` are open cases by contact; `languages` are codes."""

    snapshot: Snapshot
    programme: KnownProgramme
    today: date
    languages: tuple[str, ...]
    loads: Caseloads = field(default_factory=dict, repr=False)

    @property
    def digits(self) -> tuple[str, ...]:
        """Every postcode of the programme, in order."""
        served = self.snapshot.places.items()
        return tuple(sorted(each for each, owner in served if owner == self.programme.id))

    def is_outside(self, digits: Digits) -> bool:
        """Whether people from there come from outside every area.

        Who says no place comes to the default programme so; to another one they came by its link.
        """
        return digits is None and self.programme.id == self.snapshot.default_programme.id

    def routes(self, digits: Digits = "") -> Catalogue:
        """What routing decides with; raises `routing.catalogue.CatalogueError`."""
        outside = self.is_outside(digits)
        return self.snapshot.routing_catalogue(self.programme, self.today, outside=outside)

    def advise(self, facts: Facts) -> Advice:
        """Ask routing."""
        return route(facts, self.routes(facts.digits), self.loads)

    def contact(self, identity: Id) -> KnownContact:
        """Return a contact by id."""
        return self.snapshot.contacts[identity]


@dataclass(frozen=True)
class Caller:
    """Who calls those who speak these languages. `stands_in_for` is away; `deputy` would step in.

    `queued`: everybody there is full, so this waits in their queue.
    """

    contact: KnownContact
    languages: tuple[str, ...]
    speech: Speech
    queued: bool
    stands_in_for: KnownContact | None
    deputy: KnownContact | None


@dataclass(frozen=True)
class Landing:
    """Where some people land, and why. `landlord` None: they do not say who they rent from.

    No digits: they live elsewhere, or do not say where.
    """

    digits: tuple[str, ...]
    landlord: KnownOrganization | None
    wishes: tuple[str, ...]
    reason: Reason
    organization: KnownOrganization
    callers: tuple[Caller, ...]
    takes_over: KnownContact


def ask(db: Session, snapshot: Snapshot, programme: KnownProgramme, *, today: date) -> Asked:
    """Return a programme with its caseloads of this moment."""
    open_cases = select(Registration.contact_id, func.count()).where(
        Registration.state.in_(IN_CASELOAD), Registration.owner_id.in_(programme.members)
    )
    loads = dict[Id, int](db.execute(open_cases.group_by(Registration.contact_id)).all())
    return Asked(snapshot, programme, today, _languages(snapshot, programme), loads)


def _languages(snapshot: Snapshot, programme: KnownProgramme) -> tuple[str, ...]:
    """Those the portal is written in, and those that somebody in the programme speaks."""
    spoken = {
        language
        for contact in snapshot.contacts.values()
        if contact.active and contact.organization_id in programme.members
        for language in contact.languages
    }
    return tuple(code for code in SPOKEN if code in LOCALES or code in spoken)


def landings(
    asked: Asked,
    digits: Iterable[Digits],
    *,
    wishes: Sequence[str] = WISHES,
    languages: Sequence[str] = (),
) -> list[Landing]:
    """Return who gets what from these places, with everything that lands alike in one row."""
    spoken = tuple(languages) or asked.languages
    # Routing is asked once for all postcodes that look the same to it.
    merged: dict[Key, set[Digits]] = defaultdict(set)
    for alike in _alike(asked, digits):
        for landlord in (None, *_landlords(asked, alike[0])):
            found: dict[tuple[Advice, ...], list[str]] = defaultdict(list)
            for wish in wishes:
                found[_answers(asked, alike[0], landlord, wish, spoken)].append(wish)
            for answers, these in found.items():
                merged[landlord.id if landlord else None, answers, tuple(these)].update(alike)
    rows = (_landing(asked, key, here, spoken) for key, here in merged.items())
    return sorted(rows, key=lambda row: (row.digits, row.landlord is not None))


def _alike(asked: Asked, digits: Iterable[Digits]) -> Iterator[list[Digits]]:
    """Put postcodes together of which routing knows nothing that differs: landlords and offers."""
    snapshot, alike = asked.snapshot, defaultdict[object, list[Digits]](list)
    for each in digits:
        near = tuple(row.id for row in snapshot.services_at(asked.programme, each))
        here = tuple(row.id for row in _landlords(asked, each))
        alike[each is None, here, near].append(each)
    yield from alike.values()


def _landlords(asked: Asked, digits: Digits) -> tuple[KnownOrganization, ...]:
    return asked.snapshot.landlords_at(digits) if digits else ()


def _answers(
    asked: Asked,
    digits: Digits,
    landlord: KnownOrganization | None,
    wish: str,
    languages: Sequence[str],
) -> tuple[Advice, ...]:
    """What routing says to people from here with this wish, by language."""
    here = frozenset(row.id for row in _landlords(asked, digits))
    return tuple(
        asked.advise(
            Facts(
                landlord=landlord.id if landlord else None,
                landlords_here=here,
                wishes=frozenset({wish}),
                digits=digits,
                language=language,
            )
        )
        for language in languages
    )


def _landing(asked: Asked, key: Key, here: set[Digits], languages: Sequence[str]) -> Landing:
    landlord, answers, wishes = key
    # The language picks the contact, never the organisation, the reason or who takes over.
    first = answers[0]
    return Landing(
        digits=tuple(sorted(each for each in here if each)),
        landlord=asked.snapshot.organizations[landlord] if landlord else None,
        wishes=wishes,
        reason=first.reason,
        organization=asked.snapshot.organizations[first.organization],
        callers=tuple(_callers(asked, answers, languages)),
        takes_over=asked.contact(first.fallback),
    )


def _callers(asked: Asked, answers: Sequence[Advice], languages: Sequence[str]) -> Iterator[Caller]:
    """Name each contact once for the languages in which they are met alike."""
    met: dict[tuple[Id, Speech, bool], list[str]] = defaultdict(list)
    for advice, language in zip(answers, languages, strict=True):
        met[advice.contact, _speech(advice), advice.queued].append(language)
    for (identity, speech, queued), spoken in met.items():
        contact = asked.contact(identity)
        deputy = asked.snapshot.contacts.get(contact.deputy_id or UUID(int=0))
        away = _stands_in_for(asked, contact)
        yield Caller(contact, tuple(spoken), speech, queued, away, deputy)


def _stands_in_for(asked: Asked, contact: KnownContact) -> KnownContact | None:
    for seat in asked.routes().seats(contact.organization_id):
        if seat.caller.id == contact.id and seat.contact.id != contact.id:
            return asked.contact(seat.contact.id)
    return None


def _speech(advice: Advice) -> Speech:
    if advice.language_met:
        return "speaks"
    return "interpreter" if advice.interpreter else "neither"
