"""Anybody does anything in any order, and time passes; after each step the rules must hold.

What somebody does may be refused; then it is undone as a door undoes it. The rules are in
`tests/referral/rules.py`, told apart from the code.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select

from portal.followup import end as closing
from portal.followup import handle, partner, record
from portal.followup.tick import tick
from portal.followup.undo import undo_attempt
from portal.notify.models import OutboxMessage
from portal.referral import answer, consent, contacted, end, withdraw, words, work
from portal.referral.ask import Ask
from portal.referral.models import Referral, ReferralEvent
from portal.referral.party import BY_LINK, Party, as_owner
from portal.referral.queries import referrals_of
from portal.referral.reasons import DECLINE
from portal.referral.refer import refer
from portal.registration.models import Consent, RegistrationEvent
from tests.referral.acting import Acting
from tests.referral.rules import broken_rules

TABLES = (RegistrationEvent, ReferralEvent, OutboxMessage)

some = st.integers(0, 3)
days = st.sampled_from((3, 1, 9, 20, 0, -1))
# Mostly whoever may; otherwise anybody else.
sides = st.sampled_from(("usual",) * 6 + ("owner", "receiver", "link", "told", "person", "system"))
WORK = ("meet", "hold", "resume", "complete", "fail", "not_reached", "undo", "report")
OWN_ACTS = ("start", "wait", "resume", "settle", "close", "reopen")
results = st.sampled_from(("reached", "no_answer", "voicemail", "message", "came_by"))


class AnyOrder(Acting, RuleBasedStateMachine):
    """One person, an owner, three partners, and the clock."""

    @initialize(coach=st.integers(0, 3), guide=st.integers(-1, 3))
    def some_partners_were_asked(self, coach: int, guide: int) -> None:
        """They begin as far as this: nobody agreed, asked, taken up, in progress, at rest."""
        for which, far in ((1, coach), (2, guide)):
            if far < 0:
                continue
            self._agree(which, consent.SHARES)
            self._refer(Ask(self.town.offices[which].id))
            for how in ("yes", "meet", "hold")[:far]:
                self._go_on(how)
        self.world.waiting_since = self.registration.waiting_since

    def _go_on(self, how: str) -> None:
        newest = referrals_of(self.db, self.registration.id)[-1]
        day = self.now.date() + timedelta(days=3)
        if how == "yes":
            answer.accept(self.db, newest, by=BY_LINK, now=self.now)
        elif how == "meet":
            partner.log_attempt(self.db, newest, "reached", by=BY_LINK, now=self.now)
            partner.contact_made(self.db, newest, by=BY_LINK, now=self.now)
        else:
            work.hold(self.db, newest, day, by=BY_LINK, now=self.now)

    @invariant()
    def the_rules_hold(self) -> None:
        """Look at every rule after every step that did something."""
        if self.changed:
            self.db.flush()
            assert list(broken_rules(self.world, self.now)) == []
        self.changed = False

    # Time.

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

    # The person.

    @rule(which=some, shares=st.sampled_from((("wishes",), consent.SHARES)))
    def agrees(self, which: int, shares: tuple[str, ...]) -> None:
        """The owner writes down that the person agreed with an organisation."""
        self._agree(which, shares)

    def _agree(self, which: int, shares: tuple[str, ...]) -> None:
        who = self.town.offices[which].id
        if self.attempt(
            lambda: consent.record_consent(
                self.db,
                self.registration,
                who,
                shares=shares,
                method="phone",
                locale="ar",
                by=self.owner.handler,
                now=self.now,
            )
        ):
            self.world.agreed.add(who)

    @rule(which=st.integers(0, 7))
    def says_no(self, which: int) -> None:
        """The person stops, goes on, or takes the consent for one organisation back."""
        if which < 4:
            self._takes_back(which)
        elif which == 4:
            self._stops()
        else:
            self._goes_on()

    def _takes_back(self, which: int) -> None:
        who, of = self.town.offices[which].id, self.registration
        gone = self.world.agreed if who == of.owner_id else {who}
        if self.attempt(lambda: withdraw.withdraw_consent(self.db, of, who, now=self.now)):
            self.world.agreed = self.world.agreed - gone

    def _stops(self) -> None:
        if self.attempt(lambda: withdraw.stop(self.db, self.registration, now=self.now)):
            self.world.agreed = set()

    def _goes_on(self) -> None:
        """What was agreed when they stopped is agreed again."""
        if self.attempt(lambda: withdraw.undo_stop(self.db, self.registration, now=self.now)):
            mine = Consent.registration_id == self.registration.id
            alive = select(Consent.organization_id).where(mine, Consent.revoked_at.is_(None))
            self.world.agreed = set(self.db.scalars(alive))

    @rule(which=some, yes=st.booleans())
    def says_whether_contacted(self, which: int, *, yes: bool) -> None:
        """The person answers the question of the seventh day."""
        self.to(
            which, "person", lambda r, _: contacted.say_contacted(self.db, r, yes=yes, now=self.now)
        )

    # The owner.

    # The guide comes first: it is the one who may not have been agreed to.
    @rule(
        which=st.sampled_from((2, 1, 3, 0)),
        lead=st.booleans(),
        warm=st.booleans(),
        transfers=st.booleans(),
    )
    def refers(self, which: int, *, lead: bool, warm: bool, transfers: bool) -> None:
        """The owner asks somebody; without consent it must be refused."""
        who = self.town.offices[which].id
        self._refer(Ask(who, lead=lead, warm=warm, transfers=transfers))

    def _refer(self, ask: Ask) -> None:
        by = as_owner(self.owner.handler, self.registration)
        if self.attempt(lambda: refer(self.db, self.registration, ask, by=by, now=self.now)):
            assert ask.receiver_id in self.world.agreed

    @rule(result=results)
    def owner_tries(self, result: str) -> None:
        """The owner tries to reach the person."""
        by, of = self.owner.handler, self.registration
        if self.attempt(lambda: record.record_attempt(self.db, of, result, by=by, now=self.now)):
            self.world.contact_allowed = result in ("reached", "came_by")

    @rule(result=results)
    def owner_makes_a_mistake(self, result: str) -> None:
        """The owner writes down an attempt that was none, and takes it back: all is as it was."""
        self.now += timedelta(seconds=1)
        by, of, before = self.owner.handler, self.registration, self._whose_move()
        if self.attempt(lambda: record.record_attempt(self.db, of, result, by=by, now=self.now)):
            assert self.attempt(lambda: undo_attempt(self.db, of, by=by, now=self.now))
            assert self._whose_move() == before

    def _whose_move(self) -> tuple[object, ...]:
        row = self.registration
        return row.state, row.resume_state, row.next_action, row.next_action_at, row.waiting_since

    @rule(ahead=days, what=st.sampled_from(OWN_ACTS))
    def owner_acts(self, ahead: int, what: str) -> None:
        """The owner begins, lets it rest, goes on, settles, closes or opens again."""
        by, of, now = self.owner.handler, self.registration, self.now
        day = now.date() + timedelta(days=ahead)
        acts: dict[str, Callable[[], object]] = {
            "start": lambda: handle.start(self.db, of, by=by, now=now),
            "wait": lambda: handle.wait(self.db, of, day, by=by, now=now),
            "resume": lambda: handle.resume(self.db, of, by=by, now=now),
            "settle": lambda: closing.settle(self.db, of, "paid_work", by=by, now=now),
            "close": lambda: closing.close(self.db, of, "moved", by=by, now=now),
            "reopen": lambda: closing.reopen(self.db, of, by=by, now=now),
        }
        self.attempt(acts[what])

    # Either side of a referral, also the one who may not.

    @rule(which=some, side=sides, reason=st.sampled_from((None, None, *sorted(DECLINE))))
    def answers(self, which: int, side: str, reason: str | None) -> None:
        """Yes, or no for a reason."""

        def act(referral: Referral, by: Party) -> None:
            if reason is None:
                answer.accept(self.db, referral, by=by, now=self.now)
            else:
                answer.decline(self.db, referral, reason, by=by, now=self.now)

        self.to(which, side, act)

    @rule(which=some, side=sides, result=results)
    def tries(self, which: int, side: str, result: str) -> None:
        """The receiver tries to reach the person."""
        if self.to(
            which, side, lambda r, by: partner.log_attempt(self.db, r, result, by=by, now=self.now)
        ):
            self.world.contact_allowed = result in ("reached", "came_by")

    @rule(which=some, side=sides)
    def goes_well(self, which: int, side: str) -> None:
        """Yes, reached, met: as far as it goes from here."""
        self.answers(which, side, None)
        self.tries(which, side, "reached")
        allowed = self.world.contact_allowed
        self.to(which, side, lambda r, by: partner.contact_made(self.db, r, by=by, now=self.now))
        self.world.contact_allowed = allowed

    @rule(which=some, side=sides, how=st.sampled_from(WORK), ahead=days)
    def works(self, which: int, side: str, how: str, ahead: int) -> None:
        """What a receiver does who took it up; a report never closes anything."""
        db, now = self.db, self.now
        day = now.date() + timedelta(days=ahead)
        acts: dict[str, Callable[[Referral, Party], object]] = {
            "meet": lambda r, by: partner.contact_made(db, r, by=by, now=now),
            "hold": lambda r, by: work.hold(db, r, day, by=by, now=now),
            "resume": lambda r, by: work.resume(db, r, by=by, now=now),
            "complete": lambda r, by: work.complete(db, r, "activity", by=by, now=now),
            "fail": lambda r, by: partner.fail(db, r, "full", by=by, now=now),
            "not_reached": lambda r, by: partner.fail(db, r, "not_reached", by=by, now=now),
            "undo": lambda r, by: answer.undo(db, r, by=by, now=now),
            "report": lambda r, by: words.report(db, r, "Goed.", by=by, now=now),
        }
        before = self.referral(which).state
        self.to(which, side, acts[how])
        assert how != "report" or self.referral(which).state == before

    @rule(which=some, side=sides, how=st.sampled_from(("retract", "lapse", "withdraw")))
    def ends(self, which: int, side: str, how: str) -> None:
        """What only the owner may, only the clock, and only the person."""
        db, now = self.db, self.now
        acts: dict[str, tuple[str, Callable[[Referral, Party], object]]] = {
            "retract": ("owner", lambda r, by: end.retract(db, r, "said_no", by=by, now=now)),
            "lapse": ("system", lambda r, by: end.lapse(db, r, by=by, now=now)),
            "withdraw": ("person", lambda r, by: withdraw.withdraw(db, r, by=by, now=now)),
        }
        usual, act = acts[how]
        self.to(which, side, act, usual=usual)
