"""The catalogue as doors read it: frozen, complete, and without a database behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

Words = Mapping[str, Mapping[str, str]]

# A language that is not complete is never on the menu, so this is only for words of old packs.
FALLBACK_LOCALES = ("nl", "en")


def in_locale(words: Words, field: str, locale: str) -> str:
    """Return `field` in `locale`, else in Dutch or English, else as whoever wrote it wrote it."""
    for spoken in (locale, *FALLBACK_LOCALES, *words):
        if found := words.get(spoken, {}).get(field):
            return found
    return ""


@dataclass(frozen=True)
class Opening:
    """Open once a week: ISO weekday 1 (Monday) to 7, local times "HH:MM"."""

    weekday: int
    opens: str
    closes: str


@dataclass(frozen=True)
class KnownProgramme:
    """A front door. `members` are ids of organisations; norms and retention are complete."""

    id: UUID
    slug: str
    name: str
    municipality: str
    municipality_role: str
    phone: str
    words: Words
    norms: Mapping[str, int]
    retention: Mapping[str, int]
    is_default: bool
    fallback_contact_id: UUID
    alternative_contact_id: UUID
    last_resort_contact_id: UUID
    members: frozenset[UUID]

    def sentence(self, locale: str) -> str:
        """Return what the municipality does and sees."""
        return in_locale(self.words, "sentence", locale)

    def phone_hours(self, locale: str) -> str:
        """Return when somebody answers the programme's number."""
        return in_locale(self.words, "phone_hours", locale)


@dataclass(frozen=True)
class KnownOrganization:
    """An organisation; `homes_in` are digits, `extra_holidays` days on which it is closed.

    `norms` are only its own, which beat those of a programme.
    """

    id: UUID
    slug: str
    name: str
    kind: str
    website: str | None
    active: bool
    homes_in: frozenset[str]
    extra_holidays: frozenset[date] = frozenset()
    norms: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_landlord(self) -> bool:
        """Whether it can be the landlord who need not know."""
        return self.kind == "corporation"


@dataclass(frozen=True)
class KnownContact:
    """A named human who calls."""

    id: UUID
    slug: str
    organization_id: UUID
    first_name: str
    words: Words
    phone: str
    languages: tuple[str, ...]
    interpreter: bool
    handles_rent: bool
    accepts_referrals: bool
    capacity: int
    active: bool
    deputy_id: UUID | None
    absent_from: date | None
    absent_until: date | None

    def role(self, locale: str) -> str:
        """Return what they are called at work: a free label, no right."""
        return in_locale(self.words, "role", locale)

    def hours(self, locale: str) -> str:
        """Return when they can be called back."""
        return in_locale(self.words, "hours", locale)


class MayBeAway(Protocol):
    """A contact, wherever it was read: the first and the last day away; None: open."""

    @property
    def absent_from(self) -> date | None:
        """The first day."""

    @property
    def absent_until(self) -> date | None:
        """The last day."""


def is_away(contact: MayBeAway, today: date) -> bool:
    """Whether a contact is away on this day (Europe/Amsterdam); both ends are away."""
    if contact.absent_from is None and contact.absent_until is None:
        return False
    begun = contact.absent_from is None or contact.absent_from <= today
    return begun and (contact.absent_until is None or today <= contact.absent_until)


@dataclass(frozen=True)
class KnownService:
    """A tile under "what do you like doing?"; `places` are digits, empty: the whole programme."""

    id: UUID
    slug: str
    organization_id: UUID
    programme_id: UUID
    pictogram: str
    wishes: frozenset[str]
    places: frozenset[str]
    words: Words
    active: bool

    def name(self, locale: str) -> str:
        """Return at most four words for the tile."""
        return in_locale(self.words, "name", locale)

    def description(self, locale: str) -> str:
        """Return one sentence."""
        return in_locale(self.words, "description", locale)


@dataclass(frozen=True)
class KnownLocation:
    """A place to walk in."""

    id: UUID
    slug: str
    organization_id: UUID
    name: str
    address: str
    digits: str | None
    active: bool
    openings: tuple[Opening, ...]


@dataclass(frozen=True)
class KnownEntryLink:
    """What a poster or QR code brings along."""

    slug: str
    programme_id: UUID
    digits: str | None
    organization_id: UUID | None
