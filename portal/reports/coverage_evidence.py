"""What is looked at to see whether everybody lands, and what a finding is.

A finding is a code with names; its words, and what to do about it, belong to the doors. `FIX` means
that today somebody could wait for nobody; `LOOK` that it goes well and could go better.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.catalogue.known import KnownContact, KnownOrganization
from portal.notify.sms import is_mobile
from portal.reports.coverage import Asked, Landing
from portal.reports.coverage_mail import Reached
from portal.reports.coverage_ways import Ways

FIX, LOOK = "fix", "look"


@dataclass(frozen=True)
class Finding:
    """Something to look at. `things` are names, `languages`, `messages` and `rule` codes."""

    code: str
    level: str
    organization: str = ""
    people: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True)
class Evidence:
    """What every check looks at."""

    asked: Asked
    rows: tuple[Landing, ...]
    ways: Ways
    reached: Reached

    @property
    def members(self) -> tuple[KnownOrganization, ...]:
        """The organisations that are on."""
        return self.asked.snapshot.members_of(self.asked.programme)

    @property
    def owners(self) -> tuple[KnownOrganization, ...]:
        """Those among them where people land."""
        land = {each.organization.id for each in self.rows}
        return tuple(each for each in self.members if each.id in land)

    def callers(self, organization: KnownOrganization) -> tuple[KnownContact, ...]:
        """The contacts there who may be named to somebody."""
        found = self.asked.snapshot.contacts_of(organization.id)
        return tuple(each for each in found if each.accepts_referrals)

    def has_seats(self, organization: KnownOrganization) -> bool:
        """Whether somebody there takes people up today."""
        return bool(self.asked.routes().seats(organization.id))

    def is_written_to(self, contact: KnownContact) -> bool:
        """Whether somebody has a mail address, as an account or in the catalogue."""
        return contact.id in self.reached.signing_in | self.reached.with_mail

    def is_told(self, contact: KnownContact) -> bool:
        """Whether a message can arrive with them, by mail or SMS."""
        return self.is_written_to(contact) or is_mobile(contact.phone)

    def hears(self, organization: KnownOrganization) -> bool:
        """Whether anybody there can be told anything."""
        by_account = organization.id in self.reached.organizations
        return by_account or any(map(self.is_told, self.callers(organization)))
