"""What happens to a referral in any order, by either side, also by the one who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from portal.followup import partner
from portal.referral import answer, end, withdraw, words, work
from portal.referral.models import Referral
from portal.referral.party import Party
from portal.referral.reasons import DECLINE
from tests.referral.acting import Acting, days, results, sides, some

WORK = ("meet", "hold", "resume", "complete", "fail", "not_reached", "undo", "report")


class ByPartner(Acting):
    """A receiver by account or by link, told on the phone, and whoever pretends to be one."""

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
        before = self.states()
        self.to(which, side, acts[how])
        assert how != "report" or self.states() == before

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
