"""What the owner does in any order: call, ask others, let it rest, hand it on, settle and close."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from portal.followup import end as closing
from portal.followup import handle, record
from portal.followup.undo import undo_attempt
from portal.referral import consent
from portal.referral.ask import Ask
from portal.referral.lead import name_lead
from portal.referral.models import Referral
from portal.referral.party import Party
from portal.referral.refer import plan_introduction
from tests.referral.acting import Acting, days, results, sides, some

OWN_ACTS = ("start", "wait", "resume", "settle", "close", "reopen")
agreements = st.sampled_from((("wishes",), ("wishes", "reach", "words"), consent.SHARES))


class ByOwner(Acting):
    """Somebody at the desk of whoever the owner is."""

    @rule(which=some, shares=agreements)
    def agrees(self, which: int, shares: tuple[str, ...]) -> None:
        """The owner writes down that the person agreed with an organisation."""
        self.agree(which, shares)

    # The guide comes first: it is the one who may not have been agreed to.
    @rule(
        which=st.sampled_from((2, 1, 3, 0)),
        lead=st.booleans(),
        warm=st.booleans(),
        transfers=st.booleans(),
        words=st.sampled_from(("", "Kookt graag.")),
    )
    def refers(self, which: int, *, lead: bool, warm: bool, transfers: bool, words: str) -> None:
        """The owner asks somebody; without consent it must be refused."""
        who = self.town.offices[which].id
        self.refer(Ask(who, lead=lead, warm=warm, transfers=transfers, words=words))

    @rule(which=some, shares=agreements)
    def asks_for_consent(self, which: int, shares: tuple[str, ...]) -> None:
        """The owner puts a question on the person's page."""
        who, by = self.town.offices[which].id, self.owner.handler
        self.attempt(
            lambda: consent.ask_consent(
                self.db, self.registration, who, shares=shares, by=by, now=self.now
            )
        )

    @rule(which=some, side=sides, ahead=days, how=st.sampled_from(("lead", "introduce")))
    def arranges(self, which: int, side: str, ahead: int, how: str) -> None:
        """Who keeps it together, and when the owner introduces the person."""
        day = self.now.date() + timedelta(days=ahead)
        acts: dict[str, Callable[[Referral, Party], object]] = {
            "lead": lambda r, by: name_lead(self.db, r, by=by, now=self.now),
            "introduce": lambda r, by: plan_introduction(self.db, r, day, by=by, now=self.now),
        }
        self.to(which, side, acts[how], usual="owner")

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

    @rule(to=some, takes=st.booleans())
    def a_colleague_goes_on(self, to: int, *, takes: bool) -> None:
        """A colleague takes it over, or it is handed to somebody, perhaps elsewhere."""
        db, of, heir = self.db, self.registration, self.colleague(self.town.offices[to])
        if takes:
            by = self.as_contact(self.owner, self.colleague(self.owner))
            self.attempt(lambda: handle.take_over(db, of, by=by, now=self.now))
        elif self.attempt(
            lambda: handle.hand_over(db, of, heir.id, by=self.owner.handler, now=self.now)
        ):
            assert heir.organization_id == of.owner_id
