"""What exists in a neighbourhood: a subset of HSDS 3.0, and our extensions.

HSDS names: organization, location, service, contact, phone (a field here), schedule, language.
Ours: programme, area, holding, capacity, entry link. `words` holds translations as
`{locale: {field: text}}`; a pack is refused when a tenant's language is missing.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db.base import Base, HasId, one_of

ORGANIZATION_KINDS = ("corporation", "partner", "neighbourhood", "last_resort")
MUNICIPALITY_ROLES = ("none", "totals", "named", "executor")
WISHES = (
    "paid_work",
    "learning",
    "learn_and_work",
    "volunteering",
    "together",
    "own_trade",
    "help_first",
    "dont_know",
)


class Organization(HasId, Base):
    """A corporation, partner, neighbourhood organisation or desk of last resort."""

    __tablename__ = "organization"
    __table_args__ = (CheckConstraint(one_of("kind", ORGANIZATION_KINDS), name="kind"),)

    slug: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(20))
    website: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    caseload: Mapped[int] = mapped_column(default=40)
    extra_holidays: Mapped[list[str]] = mapped_column(default=list)  # ISO dates
    norms: Mapped[dict[str, Any]] = mapped_column(default=dict)  # beats those of the programme
    kept: Mapped[list[str]] = mapped_column(default=list)  # columns the desk has set: no pack does

    contacts: Mapped[list[Contact]] = relationship(back_populates="organization")

    @property
    def is_landlord(self) -> bool:
        """Whether it rents out homes, and so can be the landlord who need not know."""
        return self.kind == "corporation"


class Programme(HasId, Base):
    """One front door: its promise, its phone number, its fallback, its norms."""

    __tablename__ = "programme"
    __table_args__ = (
        CheckConstraint(one_of("municipality_role", MUNICIPALITY_ROLES), name="municipality_role"),
    )

    slug: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    municipality: Mapped[str] = mapped_column(String(80))
    municipality_role: Mapped[str] = mapped_column(String(10), default="totals")
    phone: Mapped[str] = mapped_column(String(20))  # E.164
    words: Mapped[dict[str, Any]]  # sentence, phone_hours per locale
    norms: Mapped[dict[str, Any]] = mapped_column(default=dict)
    retention: Mapped[dict[str, Any]] = mapped_column(default=dict)
    is_default: Mapped[bool] = mapped_column(default=False)
    kept: Mapped[list[str]] = mapped_column(default=list)  # as of an organisation
    fallback_contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))
    alternative_contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))
    last_resort_contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))


class ProgrammeMember(Base):
    """An organisation takes part in a programme."""

    __tablename__ = "programme_member"

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)


class Area(HasId, Base):
    """A neighbourhood of a programme, with the four digits of its postcodes."""

    __tablename__ = "area"

    slug: Mapped[str] = mapped_column(String(64), unique=True)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(300))  # where the list of postcodes comes from


class AreaPostcode(Base):
    """Four digits lie in one area of one programme."""

    __tablename__ = "area_postcode"

    digits: Mapped[str] = mapped_column(String(4), primary_key=True)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("area.id"))


class Holding(Base):
    """A corporation has homes in a postcode."""

    __tablename__ = "holding"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    digits: Mapped[str] = mapped_column(String(4), primary_key=True)


class Location(HasId, Base):
    """A place where people can walk in."""

    __tablename__ = "location"

    slug: Mapped[str] = mapped_column(String(64), unique=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(200))
    digits: Mapped[str | None] = mapped_column(String(4))
    active: Mapped[bool] = mapped_column(default=True)


class Schedule(HasId, Base):
    """Weekly opening of a location: ISO weekday 1 (Monday) to 7, local times "HH:MM"."""

    __tablename__ = "schedule"
    __table_args__ = (CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday"),)

    location_id: Mapped[UUID] = mapped_column(ForeignKey("location.id"))
    weekday: Mapped[int]
    opens: Mapped[str] = mapped_column(String(5))
    closes: Mapped[str] = mapped_column(String(5))


class Service(HasId, Base):
    """An activity, course, workplace or kind of help; a tile under "what do you like doing?"."""

    __tablename__ = "service"

    slug: Mapped[str] = mapped_column(String(64), unique=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    pictogram: Mapped[str] = mapped_column(String(40))
    wishes: Mapped[list[str]]
    words: Mapped[dict[str, Any]]  # name, description per locale
    areas: Mapped[list[str]] = mapped_column(default=list)  # area slugs; empty: whole programme
    active: Mapped[bool] = mapped_column(default=True)
    kept: Mapped[list[str]] = mapped_column(default=list)  # as of an organisation


class Contact(HasId, Base):
    """A named human who calls. `handles_rent` is never a candidate."""

    __tablename__ = "contact"
    __table_args__ = (CheckConstraint("capacity >= 0", name="capacity"),)

    slug: Mapped[str] = mapped_column(String(64), unique=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    first_name: Mapped[str] = mapped_column(String(60))
    words: Mapped[dict[str, Any]]  # role, hours per locale
    phone: Mapped[str] = mapped_column(String(20))  # E.164, the number they call from
    email: Mapped[str | None] = mapped_column(String(254))  # where a partner gets its links
    languages: Mapped[list[str]]
    interpreter: Mapped[bool] = mapped_column(default=False)
    handles_rent: Mapped[bool] = mapped_column(default=False)
    accepts_referrals: Mapped[bool] = mapped_column(default=True)
    capacity: Mapped[int] = mapped_column(default=40)
    active: Mapped[bool] = mapped_column(default=True)
    deputy_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"))
    absent_from: Mapped[date | None]
    absent_until: Mapped[date | None]  # last day of absence
    kept: Mapped[list[str]] = mapped_column(default=list)  # as of an organisation

    organization: Mapped[Organization] = relationship(back_populates="contacts")


class EntryLink(HasId, Base):
    """A link or QR code on a poster: brings a programme, and perhaps a place or organisation."""

    __tablename__ = "entry_link"
    __table_args__ = (UniqueConstraint("slug"),)

    slug: Mapped[str] = mapped_column(String(64))
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"))
    digits: Mapped[str | None] = mapped_column(String(4))
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))


class CatalogueVersion(Base):
    """One row. Its number rises with every change, so that caches know when to look again."""

    __tablename__ = "catalogue_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
