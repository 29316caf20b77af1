"""Anybody is switched off and on in any order, with people anywhere: nobody is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization
from portal.db.engine import Database, open_database
from portal.followup import affected, switch_contact, switch_organization
from portal.followup.handle import colleagues
from portal.privacy.encryption import Vault
from portal.referral.consent import answer_ask
from portal.referral.models import ConsentAsk
from portal.registration.consent import revoke
from portal.registration.models import Registration
from portal.registration.refusals import RefusedError
from tests.followup.leaving import a_colleague, asked, belongs_to, lost
from tests.referral.town import WEDNESDAY, Office, Town, build_town
from tests.support.templates import Templates
from tests.support.tick import tick

PLENTY = settings(max_examples=40, stateful_step_count=12)
STATES = ("new", "picked_up", "active", "waiting", "aftercare")
FAR = ("requested", "accepted", "in_progress", "on_hold")

offices = st.integers(0, 2)
which = st.integers(0, 9)


class Switching(RuleBasedStateMachine):
    """Three organisations with two contacts each, and a desk of last resort."""

    database: ClassVar[Database]
    town: ClassVar[Town]

    def __init__(self) -> None:
        super().__init__()
        self.db: Session = self.database.writing()
        self.now = WEDNESDAY
        for office in self.town.offices:
            a_colleague(self.db, office)

    def teardown(self) -> None:
        """Nothing is kept."""
        self.db.rollback()
        self.db.close()

    def attempt(self, act: Callable[[], object]) -> None:
        """Do it as a door does: what is refused leaves nothing behind."""
        self.now += timedelta(seconds=1)
        try:
            with self.db.begin_nested():
                act()
        except RefusedError:
            return

    def office(self, number: int) -> Office:
        """One that people ask for; the neighbours are everybody's last resort."""
        return self.town.offices[number]

    @initialize(
        own=st.lists(st.tuples(offices, st.sampled_from(STATES), st.booleans()), max_size=4),
        with_partners=st.lists(
            st.tuples(st.sampled_from((1, 2)), st.sampled_from(FAR)), max_size=4
        ),
    )
    def people_are_anywhere(
        self, own: list[tuple[int, str, bool]], with_partners: list[tuple[int, str]]
    ) -> None:
        """Some agreed that the neighbours take over, some took that back."""
        for number, state, agreed in own:
            row = belongs_to(self.db, self.town, self.office(number), state=state)
            if not agreed:
                revoke(self.db, row, self.town.neighbours.id, now=self.now)
        for number, far in with_partners:
            asked(self.db, self.town, far, to=self.office(number))

    @rule(number=st.integers(0, 3), person=which, heir=which)
    def a_contact_goes(self, number: int, person: int, heir: int) -> None:
        """Somebody is switched off; one of the others, or nobody, takes over."""
        found = colleagues(self.db, self.town.offices[number].id)
        contact, named = found[person % len(found)], [*found, None][heir % (len(found) + 1)]
        by = self.town.offices[number].coordinator
        seen = affected.by_contact(self.db, contact).seal
        takes_over = named.id if named else None
        self.attempt(
            lambda: switch_contact.switch_off(
                self.db, contact, takes_over, seen=seen, by=by, now=self.now
            )
        )

    @rule(number=offices)
    def an_organisation_goes(self, number: int) -> None:
        """All of it is switched off."""
        row = self.db.get_one(Organization, self.office(number).id)
        seen, by = affected.by_organization(self.db, row).seal, self.office(number).coordinator
        self.attempt(
            lambda: switch_organization.switch_off(self.db, row, seen=seen, by=by, now=self.now)
        )

    @rule(number=offices)
    def they_come_back(self, number: int) -> None:
        """An organisation and everybody in it is switched on again."""
        office = self.office(number)
        for contact in self.db.scalars(
            select(Contact).where(Contact.organization_id == office.id, ~Contact.active)
        ):
            switch_contact.switch_on(self.db, contact, by=office.coordinator, now=self.now)
        row = self.db.get_one(Organization, office.id)
        self.attempt(lambda: switch_organization.switch_on(self.db, row, by=None, now=self.now))

    @rule(one=which, agreed=st.booleans())
    def somebody_answers(self, one: int, *, agreed: bool) -> None:
        """A person says whether somebody else may take over."""
        asks = self.db.scalars(select(ConsentAsk).where(ConsentAsk.answered_at.is_(None))).all()
        if asks:
            ask = asks[one % len(asks)]
            row = self.db.get_one(Registration, ask.registration_id)
            self.attempt(
                lambda: answer_ask(self.db, row, ask, agreed=agreed, locale="ar", now=self.now)
            )

    @rule(hours=st.sampled_from((0, 30, 200)))
    def time_passes(self, hours: int) -> None:
        """The clock ticks; again at the same moment it finds nothing to do."""
        self.now += timedelta(hours=hours)
        assert not tick(self.db, self.now).failed
        assert not any(tick(self.db, self.now).did.values())

    @invariant()
    def nobody_is_lost(self) -> None:
        """Whoever is open has somebody who calls, a dated step, and is seen by no stranger."""
        self.db.flush()
        assert lost(self.db, self.town) == []


def test_whoever_is_switched_off_in_any_order_nobody_is_lost(
    templates: Templates, vault: Vault
) -> None:
    with templates.copied("sqlite") as url:
        database = open_database(url, vault=vault)
        with database.writing.begin() as db:
            town = build_town(db)
        here = type("Here", (Switching,), {"database": database, "town": town})
        run_state_machine_as_test(here, settings=PLENTY)
        database.engine.dispose()
