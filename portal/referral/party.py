"""Who does something to a referral: one of the four sides of its table, and by which way.

Whoever makes a `Party` looks first whether somebody belongs to that side; the rooms trust it, and
ask the table of states whether that side may.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.accounts.identity import Identity, Right
from portal.referral.models import Referral
from portal.referral.refusals import NotYoursError
from portal.registration.happen import SYSTEM as THE_SYSTEM
from portal.registration.happen import Actor
from portal.registration.models import Registration

OWNER, RECEIVER = "owner", "receiver"


@dataclass(frozen=True, slots=True)
class Party:
    """A side, by a way (codes of the models), and the account that wrote it down."""

    side: str
    way: str
    account_id: UUID | None = None

    @property
    def actor(self) -> Actor:
        """The same as the registration's events name it: a receiver is a partner.

        What the portal does in somebody's name is the portal's doing.
        """
        if self.way == "clock":
            return THE_SYSTEM
        match self.side:
            case "owner":
                return Actor("account", self.account_id)
            case "receiver":
                return Actor("partner", self.account_id)
            case "person":
                return Actor("person", self.account_id)
            case _:
                return THE_SYSTEM


PERSON = Party("person", "self")
CLOCK = Party("system", "clock")
# Whoever was asked is switched off: the portal ends it in the name of who could have.
FOR_OWNER, FOR_RECEIVER = Party(OWNER, "clock"), Party(RECEIVER, "clock")
BY_LINK = Party(RECEIVER, "link")


def as_owner(identity: Identity, registration: Registration) -> Party:
    """Somebody who follows people up for the owner; raises `NotYoursError` for anybody else."""
    _belongs(identity, registration.owner_id)
    return Party(OWNER, "account", identity.account_id)


def as_receiver(identity: Identity, referral: Referral) -> Party:
    """Somebody who follows people up for the receiver; raises `NotYoursError` for anybody else."""
    _belongs(identity, referral.receiver_id)
    return Party(RECEIVER, "account", identity.account_id)


def as_told(identity: Identity, registration: Registration) -> Party:
    """The receiver, whose words somebody of the owner writes down: "said by … on …".

    Raises `NotYoursError`.
    """
    _belongs(identity, registration.owner_id)
    return Party(RECEIVER, "told", identity.account_id)


def as_person_said(identity: Identity, registration: Registration) -> Party:
    """The person, whose words on the phone somebody of the owner writes down.

    Raises `NotYoursError`.
    """
    _belongs(identity, registration.owner_id)
    return Party("person", "told", identity.account_id)


def _belongs(identity: Identity, organization_id: UUID) -> None:
    if organization_id not in identity.organizations(Right.FOLLOW_UP):
        raise NotYoursError
