"""People who stand anywhere that their own page can say, each in the language of the pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.followup import end, handle
from portal.followup.record import add_note, record_attempt
from portal.referral.consent import SHARES, ask_consent
from portal.referral.contacted import ask_contacted
from portal.referral.models import Referral
from portal.registration.models import Registration
from portal.registration.queries import reference_of
from portal.registration.reference import code_shown
from tests.desk.world import SANNE, organization_id
from tests.reply.asking import rest_until
from tests.shots.demo import Stage

NAMES = {"nl": "Voorbeeld-Sam", "en": "Example-Sam", "tr": "Örnek-Çiğdem", "ar": "سميرة المثال"}
ASKED = "springplank040"


@dataclass(frozen=True)
class Person:
    """Somebody who registered at Trudo."""

    stage: Stage
    id: UUID
    locale: str

    @property
    def mine(self) -> str:
        """The address of their private page."""
        with self.stage.world.looking() as db:
            reference = reference_of(db, db.get_one(Registration, self.id))
            return f"/{self.locale}/mine/{reference.link}"

    @property
    def by_code(self) -> str:
        """The address of the page that whoever has their code sees."""
        with self.stage.world.looking() as db:
            reference = reference_of(db, db.get_one(Registration, self.id))
            return f"/{self.locale}/status/{code_shown(reference.code)}"

    def act(self, deed: Callable[..., object]) -> None:
        """Let Sanne do something."""
        world = self.stage.world
        by, now = world.identity(SANNE), world.clock()
        with world.writing() as db:
            deed(db, db.get_one(Registration, self.id), by=by, now=now)
        self.stage.clock.advance(minutes=1)

    def refer(self, state: str) -> UUID:
        """Let Sanne ask a partner, and bring that as far as this."""
        asking = self.stage.asking
        referral = asking.refer(registration=self.id, to=ASKED, words="Graag in de ochtend.")
        asking.bring(referral, state)
        return referral

    def is_asked_whether_they_called(self) -> None:
        """Let the clock ask it."""
        now = self.stage.clock()
        self.stage.asking.act(
            self.refer("requested"), lambda db, row: _ask_contacted(db, row, now=now)
        )


def somebody(stage: Stage, locale: str, **said: object) -> Person:
    """Let somebody register who speaks the language of the pictures."""
    name = NAMES[locale]
    more: dict[str, Any] = {
        "language": locale,
        "likes": ("eindhoven-koken", "eindhoven-fietsen"),
        "practical": ("dutch",),
        "times": ("morning",),
        **said,
    }
    who = stage.world.register(name, **more)
    with stage.world.writing() as db:
        db.get_one(Registration, who).locale = locale
    stage.clock.advance(minutes=1)
    return Person(stage, who, locale)


def _ask_contacted(db: Any, row: Referral, *, now: datetime) -> None:
    ask_contacted(db, row, now=now)


def _ask(db: Any, row: Registration, **how: Any) -> None:
    ask_consent(db, row, organization_id(db, ASKED), shares=SHARES, **how)


def _attempt(result: str) -> Callable[..., object]:
    return lambda db, row, **how: record_attempt(db, row, result, **how)


def _wait(db: Any, row: Registration, *, by: Any, now: datetime) -> None:
    handle.wait(db, row, rest_until(now), by=by, now=now)


_spoken = _attempt("reached")
# Everything Sanne does herself, by what the pictures are called.
DONE: Mapping[str, tuple[Callable[..., object], ...]] = {
    "new": (),
    "tried": (_attempt("no_answer"),),
    "wrong-number": (_attempt("wrong_number"),),
    "spoken": (_spoken, lambda db, row, **how: add_note(db, row, "Kookt graag voor velen.", **how)),
    "question": (_spoken, _ask),
    "started": (_spoken, handle.start),
    "resting": (_spoken, _wait),
    "aftercare": (_spoken, lambda db, row, **how: end.settle(db, row, "activity", **how)),
    "closed": (_spoken, lambda db, row, **how: end.close(db, row, "moved", **how)),
}
PARTNERS: Mapping[str, str] = {
    "partner-asked": "requested",
    "partner-helps": "accepted",
    "partner-begun": "in_progress",
    "partner-rests": "on_hold",
    "partner-done": "completed",
    "partner-came-back": "rejected",
}
