"""Somebody acts on a case as a door lets them: what is refused leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Role
from portal.catalogue.models import Contact, Organization
from portal.db.engine import Database
from portal.followup import partner
from portal.referral import answer, consent, work
from portal.referral.ask import Ask
from portal.referral.models import Referral
from portal.referral.party import BY_LINK, CLOCK, PERSON, Party, as_owner, as_receiver, as_told
from portal.referral.queries import referrals_of
from portal.referral.refer import refer
from portal.registration.change import NotNowError
from portal.registration.refusals import RefusedError
from portal.registration.states import MoveError
from tests.followup.leaving import a_colleague
from tests.referral.rules import World, still_there
from tests.referral.town import WEDNESDAY, Office, Town, a_registration

REFUSED = (RefusedError, MoveError, NotNowError)

some = st.integers(0, 3)
days = st.sampled_from((3, 1, 9, 20, 0, -1))
# Mostly whoever may; otherwise anybody else.
sides = st.sampled_from(("usual",) * 6 + ("owner", "receiver", "link", "told", "person", "system"))
results = st.sampled_from(("reached", "no_answer", "voicemail", "message", "came_by"))


class Acting:
    """A person whom the owner has picked up, a clock, and everybody of the town."""

    database: ClassVar[Database]
    town: ClassVar[Town]

    def __init__(self) -> None:
        super().__init__()
        self.db: Session = self.database.writing()
        self.now = WEDNESDAY
        self.changed = True
        for office in self.town.offices:
            a_colleague(self.db, office)
        self._begin()

    def _begin(self) -> None:
        """Somebody was registered at the counter of the neighbours, and picked up by the owner."""
        self.registration = a_registration(self.db, self.town, at=self.now)
        registrar = self.town.neighbours.coordinator
        self.registration.registered_by_id = registrar.account_id
        self.world = World(self.db, self.town, self.registration)

    def begin_again(self, gone: Sequence[UUID]) -> None:
        """Whoever is erased is gone everywhere; then somebody else comes to the same town."""
        assert list(still_there(self.db, gone)) == []
        for table in (Organization, Contact):
            self.db.execute(update(table).values(active=True))
        self._begin()
        self.ask_and_bring(1, 0)
        self.changed = True

    def everything_about(self) -> list[UUID]:
        """The keys of the person and of whatever was asked for them."""
        asked = referrals_of(self.db, self.registration.id)
        return [self.registration.id, *(each.id for each in asked)]

    def ask_and_bring(self, which: int, far: int) -> None:
        """Ask an organisation, and let it come as far as this: asked, taken up, begun, at rest."""
        self.agree(which, consent.SHARES)
        self.refer(Ask(self.town.offices[which].id))
        day = self.now.date() + timedelta(days=3)
        newest = referrals_of(self.db, self.registration.id)[-1]
        if far > 0:
            answer.accept(self.db, newest, by=BY_LINK, now=self.now)
        if far > 1:
            partner.log_attempt(self.db, newest, "reached", by=BY_LINK, now=self.now)
            partner.contact_made(self.db, newest, by=BY_LINK, now=self.now)
        if far > 2:
            work.hold(self.db, newest, day, by=BY_LINK, now=self.now)

    def agree(self, which: int, shares: tuple[str, ...]) -> None:
        """The owner writes down what the person agreed to."""
        who, by = self.town.offices[which].id, self.owner.handler
        said: dict[str, Any] = {"method": "phone", "locale": "ar", "by": by, "now": self.now}
        if self.attempt(
            lambda: consent.record_consent(self.db, self.registration, who, shares=shares, **said)
        ):
            self.world.agreed[who] = frozenset(shares)

    def refer(self, ask: Ask) -> None:
        """The owner asks; whoever was asked was agreed with."""
        by = as_owner(self.owner.handler, self.registration)
        if self.attempt(lambda: refer(self.db, self.registration, ask, by=by, now=self.now)):
            assert ask.receiver_id in self.world.agreed

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

    def colleague(self, office: Office) -> Contact:
        """Whoever else calls for this organisation."""
        theirs = (Contact.organization_id == office.id) & (Contact.id != office.contact_id)
        return self.db.scalars(select(Contact).where(theirs)).one()

    def as_contact(self, office: Office, contact: Contact) -> Identity:
        """Somebody who follows up there, as this contact."""
        return replace(office.coordinator, roles=(Role(office.id, "handler", None, contact.id),))

    def states(self) -> list[str]:
        """How it stands with whoever was asked."""
        return [each.state for each in referrals_of(self.db, self.registration.id)]

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
        if not self.states():
            return False
        referral = self.referral(which)
        by = self.party(usual if side == "usual" else side, referral)
        return self.attempt(lambda: act(referral, by))
