"""Let the stories of a demonstration happen, through the same rooms as the real thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.catalogue.snapshot import Snapshot
from portal.cli.demo_accounts import email_of
from portal.cli.demo_partners import PARTNER_DEEDS
from portal.cli.demo_people import STORIES, Done, Story
from portal.cli.demo_scene import Scene, identity_of
from portal.clock import AMSTERDAM, DAY, DUTCH_WEEK, amsterdam_day
from portal.followup import end, handle
from portal.followup.models import RESULTS
from portal.followup.record import add_note, record_attempt
from portal.registration.change import say_nobody_called
from portal.registration.intake import Intake, Shown
from portal.registration.models import Registration
from portal.registration.placing import place
from portal.registration.submit import CONSENT_TEXT, submit

JUST_NOW = timedelta(minutes=20)


def tell_stories(db: Session, catalogue: Snapshot, *, now: datetime) -> int:
    """Let every story happen that has not yet; return how many there are."""
    for story in STORIES:
        registration = _register(db, catalogue, story, now)
        handler = _handler(db, catalogue, registration)
        for done in story.done:
            at = _moment(done.days, done.time, now)
            today = amsterdam_day(now)
            scene = Scene(db, catalogue, registration, handler, done.words, at, today)
            _do(scene, done)
            db.flush()
    return len(STORIES)


def _register(db: Session, catalogue: Snapshot, story: Story, now: datetime) -> Registration:
    at = _moment(story.days, story.time, now)
    placement = place(db, catalogue, story.answers, at)
    contact = next(row for row in catalogue.contacts.values() if row.slug == story.contact)
    shown = Shown(
        uuid4(),
        placement.organization.id,
        contact.id,
        placement.fallback.id,
        placement.promised_on,
        CONSENT_TEXT,
    )
    stored = submit(db, catalogue, story.answers, shown, _intake(db, story), now=at)
    return db.get_one(Registration, stored.id)


def _intake(db: Session, story: Story) -> Intake:
    registrar = identity_of(db, story.registrar) if story.registrar else None
    if registrar is None:
        return Intake(story.locale)
    return Intake(
        story.locale,
        channel="walkin",
        registered_by=registrar.account_id,
        registered_at=registrar.roles[0].organization_id,
        method="spoken",
        recorded_by=registrar.account_id,
    )


def _handler(db: Session, catalogue: Snapshot, registration: Registration) -> Identity:
    owner = catalogue.organizations[registration.owner_id]
    return identity_of(db, email_of("handler", owner))


def _moment(days: int, text: str, now: datetime) -> datetime:
    """This local time so many working days before today, and never in the future."""
    day = amsterdam_day(now)
    for _ in range(days):
        day = DUTCH_WEEK.on_or_before(day - DAY)
    local = datetime.combine(day, time.fromisoformat(text), AMSTERDAM)
    return min(local, now - JUST_NOW)


def _do(scene: Scene, done: Done) -> None:
    if done.what in RESULTS:
        wished = scene.today if done.words == "today" else None
        record_attempt(
            scene.db, scene.registration, done.what, by=scene.by, now=scene.now, wished=wished
        )
    else:
        DEEDS[done.what](scene)


def _note(scene: Scene) -> None:
    add_note(scene.db, scene.registration, scene.words, by=scene.by, now=scene.now)


def _nobody_called(scene: Scene) -> None:
    say_nobody_called(scene.db, scene.registration, spoken=False, now=scene.now)


def _wait(scene: Scene) -> None:
    until = scene.today + timedelta(days=int(scene.words))
    handle.wait(scene.db, scene.registration, until, by=scene.by, now=scene.now)


def _settle(scene: Scene) -> None:
    end.settle(
        scene.db,
        scene.registration,
        scene.words,
        by=scene.by,
        now=scene.now,
        hours_a_week=24,
        fixed=False,
    )


def _close(scene: Scene) -> None:
    end.close(scene.db, scene.registration, scene.words, by=scene.by, now=scene.now)


DEEDS: Mapping[str, Callable[[Scene], None]] = {
    "note": _note,
    "nobody_called": _nobody_called,
    "wait": _wait,
    "settle": _settle,
    "close": _close,
    **PARTNER_DEEDS,
}
