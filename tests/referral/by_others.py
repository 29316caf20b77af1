"""Who stops, who steps in, and time: switching off and on, taking over, the clock, keeping."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import func, select

from portal.catalogue.models import Contact, Organization
from portal.followup import affected, switch_contact, switch_organization, taking_over
from portal.followup.retention import keep_to_rules
from portal.notify.models import OutboxMessage
from portal.referral.models import ReferralEvent
from portal.registration.models import Registration, RegistrationEvent
from tests.referral.acting import Acting, some
from tests.support.tick import tick

TABLES = (RegistrationEvent, ReferralEvent, OutboxMessage)


class ByOthers(Acting):
    """Coordinators, whoever was named to take over, and the worker."""

    @rule(hours=st.sampled_from((1, 20, 24, 72, 120, 170, 800)))
    def time_passes(self, hours: int) -> None:
        """The clock ticks, and a second tick at the same moment changes nothing."""
        self.world.contact_allowed = False
        self.changed = True
        self.now += timedelta(hours=hours)
        assert not tick(self.db, self.now).failed
        before = [self.db.scalar(select(func.count()).select_from(each)) for each in TABLES]
        again = tick(self.db, self.now)
        assert not any(again.did.values()), again
        after = [self.db.scalar(select(func.count()).select_from(each)) for each in TABLES]
        assert after == before

    @rule(months=st.sampled_from((1, 4, 13)))
    def long_ago_is_forgotten(self, months: int) -> None:
        """Much time passes, and what was kept long enough goes: only who was closed, and wholly."""
        self.time_passes(months * 31 * 24)
        gone, was = self.everything_about(), self.registration.state
        keep_to_rules(self.db, self.now)
        if self.db.scalar(select(Registration.id).where(Registration.id.in_(gone))) is None:
            assert was == "closed"
            self.db.expunge(self.registration)
            self.begin_again(gone)

    @rule(which=some)
    def a_contact_is_switched(self, which: int) -> None:
        """The first contact of an organisation stops, or comes back."""
        office = self.town.offices[which]
        row, heir = self.db.get_one(Contact, office.contact_id), self.colleague(office)
        by, now = office.coordinator, self.now
        if not row.active:
            self.attempt(lambda: switch_contact.switch_on(self.db, row, by=by, now=now))
            return
        seen = affected.by_contact(self.db, row).seal
        self.attempt(
            lambda: switch_contact.switch_off(self.db, row, heir.id, seen=seen, by=by, now=now)
        )

    @rule(which=some)
    def an_organization_is_switched(self, which: int) -> None:
        """An organisation stops, or comes back; not one that a programme falls back on."""
        office = self.town.offices[which]
        row = self.db.get_one(Organization, office.id)
        by, now = office.coordinator, self.now
        if not row.active:
            self.attempt(lambda: switch_organization.switch_on(self.db, row, by=by, now=now))
            return
        seen = affected.by_organization(self.db, row).seal
        self.attempt(
            lambda: switch_organization.switch_off(self.db, row, seen=seen, by=by, now=now)
        )

    @rule()
    def whoever_was_named_takes_over(self) -> None:
        """Where the owner is silent, whoever was named may become the owner."""
        by, of = self.town.neighbours.handler, self.registration
        query = taking_over.silent_for(by, now=self.now).where(Registration.id == of.id)
        if self.db.scalar(query):
            assert of.owner_id != self.town.neighbours.id
            self.attempt(lambda: taking_over.take_over(self.db, of, by, now=self.now))
