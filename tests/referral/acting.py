"""Somebody acts on a case as a door lets them: what is refused leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from portal.db.engine import Database
from portal.referral.models import Referral
from portal.referral.party import BY_LINK, CLOCK, PERSON, Party, as_owner, as_receiver, as_told
from portal.referral.queries import referrals_of
from portal.registration.change import NotNowError
from portal.registration.refusals import RefusedError
from portal.registration.states import MoveError
from tests.referral.rules import World
from tests.referral.town import WEDNESDAY, Office, Town, a_registration

REFUSED = (RefusedError, MoveError, NotNowError)


class Acting:
    """A person whom the owner has picked up, a clock, and everybody of the town."""

    database: ClassVar[Database]
    town: ClassVar[Town]

    def __init__(self) -> None:
        super().__init__()
        self.db: Session = self.database.writing()
        self.now = WEDNESDAY
        self.changed = True
        self.registration = a_registration(self.db, self.town)
        named = {self.town.owner.id, self.town.neighbours.id}
        self.world = World(self.db, self.town, self.registration, agreed=named)

    def teardown(self) -> None:
        """Nothing is kept."""
        self.db.rollback()
        self.db.close()

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Do it as a door does: what is refused leaves nothing behind."""
        self.world.contact_allowed = False
        try:
            with self.db.begin_nested():
                act()
        except REFUSED:
            return False
        finally:
            # No two things happen at the same moment, so their order is never a matter of chance.
            self.now += timedelta(seconds=1)
        self.changed = True
        return True

    @property
    def owner(self) -> Office:
        """Whoever is the owner now."""
        return next(each for each in self.town.offices if each.id == self.registration.owner_id)

    def referral(self, which: int) -> Referral:
        """One of the referrals: those that are open before those that are over."""
        found = referrals_of(self.db, self.registration.id)
        found = sorted(found, key=lambda each: each.ended_at is not None)
        return found[which % len(found)]

    def party(self, side: str, referral: Referral) -> Party:
        """Somebody of this side."""
        receiver = next(each for each in self.town.offices if each.id == referral.receiver_id)
        return {
            "owner": as_owner(self.owner.handler, self.registration),
            "receiver": as_receiver(receiver.handler, referral),
            "told": as_told(self.owner.handler, self.registration),
            "link": BY_LINK,
            "person": PERSON,
            "system": CLOCK,
        }[side]

    def to(
        self, which: int, side: str, act: Callable[[Referral, Party], Any], usual: str = "link"
    ) -> bool:
        """Let this side do something to a referral."""
        referral = self.referral(which)
        by = self.party(usual if side == "usual" else side, referral)
        return self.attempt(lambda: act(referral, by))
