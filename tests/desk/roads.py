"""How somebody comes to stand anywhere a registration can, through the rooms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.followup import end, handle
from portal.followup.record import record_attempt
from portal.referral.withdraw import stop
from portal.registration.models import Registration, RegistrationEvent
from portal.registration.states import EVENTS
from tests.desk.world import SANNE
from tests.reply.asking import Asking, rest_until

OTHER = "springplank040"
# A state, and after the comma what else matters there: how far a partner is, or who closed it.
ROADS: Mapping[str, tuple[str, ...]] = {
    "new": (),
    "picked_up": ("speak",),
    "referred": ("refer",),
    "active": ("refer", "in_progress"),
    "active, ours": ("speak", "start"),
    "active, done": ("refer", "completed"),
    "active, asked": ("guided", "refer"),
    "waiting": ("speak", "wait"),
    "waiting, asked": ("refer", "wait"),
    "waiting, begun": ("refer", "in_progress", "wait"),
    "aftercare": ("speak", "settle"),
    "closed": ("speak", "close"),
    "closed, stopped": ("speak", "stop"),
}
STANDINGS = tuple(ROADS)
# Where those who wait, or stopped, would go back to.
CAME_FROM: Mapping[str, str] = {
    "waiting": "picked_up",
    "waiting, asked": "referred",
    "waiting, begun": "active",
    "closed, stopped": "picked_up",
}
STEPS: Mapping[str, Callable[..., object]] = {
    "speak": lambda db, row, by, now: record_attempt(db, row, "reached", by=by, now=now),
    "start": lambda db, row, by, now: handle.start(db, row, by=by, now=now),
    "wait": lambda db, row, by, now: handle.wait(db, row, rest_until(now), by=by, now=now),
    "settle": lambda db, row, by, now: end.settle(db, row, "activity", by=by, now=now),
    "close": lambda db, row, by, now: end.close(db, row, "moved", by=by, now=now),
    "stop": lambda db, row, by, now: stop(db, row, now=now),  # noqa: ARG005  # the person does it
}
# Event, state before, state after, actor.
Moved = tuple[Any, ...]


def state_at(standing: str) -> str:
    """The state of who stands there."""
    return standing.partition(",")[0]


@dataclass(frozen=True)
class Traveller:
    """One person, whom Sanne of Trudo follows up, and what happens to them."""

    asking: Asking
    id: UUID

    def bring(self, standing: str) -> None:
        """Lead them there; the last step was some minutes ago."""
        for step in ROADS[standing]:
            if step in STEPS:
                self._take(STEPS[step])
            elif step == "refer":
                self.asking.refer(registration=self.id)
            elif step == "guided":
                guide = self.asking.refer(registration=self.id, to=OTHER)
                self.asking.bring(guide, "completed")
            else:
                self.asking.bring(self.asking.only(), step)
        self.asking.world.clock.advance(minutes=5)
        assert self.load().state == state_at(standing)

    def _take(self, step: Callable[..., object]) -> None:
        world = self.asking.world
        by, now = world.identity(SANNE), world.clock()
        with world.writing() as db:
            step(db, db.get_one(Registration, self.id), by=by, now=now)

    def load(self) -> Registration:
        """The person as they are stored now."""
        return self.asking.world.load(self.id)

    def moves(self) -> list[Moved]:
        """What happened to them, as far as the table knows it, the oldest first."""
        seen = RegistrationEvent
        told = select(seen.event, seen.from_state, seen.to_state, seen.actor).where(
            seen.registration_id == self.id, seen.event.in_(EVENTS)
        )
        with self.asking.world.looking() as db:
            return [tuple(each) for each in db.execute(told.order_by(seen.at))]
