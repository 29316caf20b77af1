"""What the person does in any order: say yes and no, complain, answer, stop, and be forgotten."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from portal.referral import consent, contacted, withdraw
from portal.registration import change
from portal.registration.erase import erase
from tests.referral.acting import Acting, some


class ByPerson(Acting):
    """Somebody on their own page."""

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
        if self.attempt(lambda: withdraw.withdraw_consent(self.db, of, who, now=self.now)):
            self.world.takes_back(who)

    def _stops(self) -> None:
        if self.attempt(lambda: withdraw.stop(self.db, self.registration, now=self.now)):
            self.world.agreed.clear()

    def _goes_on(self) -> None:
        """What was agreed when they stopped is agreed again."""
        if self.attempt(lambda: withdraw.undo_stop(self.db, self.registration, now=self.now)):
            self.world.remember_agreed()

    @rule(which=some, yes=st.booleans())
    def says_whether_contacted(self, which: int, *, yes: bool) -> None:
        """The person answers the question of the seventh day."""
        self.to(
            which, "person", lambda r, _: contacted.say_contacted(self.db, r, yes=yes, now=self.now)
        )

    @rule(which=some, yes=st.booleans(), less=st.booleans())
    def answers_a_question(self, which: int, *, yes: bool, less: bool) -> None:
        """The person is asked whether somebody may be told, and agrees to all, less or nothing."""
        asks = consent.open_asks(self.db, self.registration)
        if not asks:
            return
        ask = asks[which % len(asks)]
        shares = ask.shares[:1] if less else ask.shares
        if (
            self.attempt(
                lambda: consent.answer_ask(
                    self.db,
                    self.registration,
                    ask,
                    agreed=yes,
                    locale="ar",
                    now=self.now,
                    shares=shares,
                )
            )
            and yes
        ):
            self.world.agreed[ask.organization_id] = frozenset(shares)

    @rule(spoken=st.booleans())
    def says_that_nobody_called(self, *, spoken: bool) -> None:
        """The person waits in vain, and says so."""
        of = self.registration
        self.attempt(lambda: change.say_nobody_called(self.db, of, spoken=spoken, now=self.now))

    @rule()
    def erases_everything(self) -> None:
        """The person is forgotten; then somebody else comes in, and all are back at their desks."""
        gone = self.everything_about()
        erase(self.db, self.registration, now=self.now)
        self.begin_again(gone)
