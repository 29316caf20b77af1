"""Anybody does anything in any order, and time passes; after each step the rules must hold.

What somebody does may be refused; then it is undone as a door undoes it. Who does what stands in
`by_person`, `by_owner`, `by_partner` and `by_others`; the rules stand in `rules` and `eyes`, told
apart from the code.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from tests.referral.by_others import ByOthers
from tests.referral.by_owner import ByOwner
from tests.referral.by_partner import ByPartner
from tests.referral.by_person import ByPerson
from tests.referral.eyes import seen_wrongly
from tests.referral.rules import broken_rules


class AnyOrder(ByPerson, ByOwner, ByPartner, ByOthers, RuleBasedStateMachine):
    """One person, an owner, three partners, who else has an account, and the clock."""

    @initialize(coach=st.integers(0, 3), guide=st.integers(-1, 3))
    def some_partners_were_asked(self, coach: int, guide: int) -> None:
        """They begin as far as this: nobody agreed, asked, taken up, in progress, at rest."""
        for which, far in ((1, coach), (2, guide)):
            if far >= 0:
                self.ask_and_bring(which, far)
        self.world.waiting_since = self.registration.waiting_since

    @invariant()
    def the_rules_hold(self) -> None:
        """Look at every rule after every step that did something."""
        if self.changed:
            self.db.flush()
            wrong = [*broken_rules(self.world, self.now), *seen_wrongly(self.world, self.now)]
            assert not wrong, wrong
        self.changed = False
