"""Two people switch the same at the same moment: one does it, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

from sqlalchemy import func, select

from portal.catalogue.models import Contact
from portal.followup import affected, switch_contact
from portal.followup.switch_refusals import OffAlreadyError
from portal.notify.models import OutboxMessage
from portal.registration.models import RegistrationEvent
from tests.desk.world import COORDINATOR, World, contact_id


def test_at_the_same_moment_it_is_done_once(world: World) -> None:
    sam = world.register()
    by, start = world.identity(COORDINATOR), Barrier(2)
    with world.looking() as db:
        who = world.load(sam).contact_id
        heir = next(each for each in _both(world) if each != who)
        seen = affected.by_contact(db, db.get_one(Contact, who)).seal

    def press(_number: int) -> str:
        start.wait()
        try:
            with world.writing() as db:
                row = db.get_one(Contact, who)
                switch_contact.switch_off(db, row, heir, seen=seen, by=by, now=world.clock())
        except OffAlreadyError as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(press, range(2))) == ["done", "off_already"]
    with world.looking() as db:
        handed = RegistrationEvent.event == "hand_over"
        assert db.scalar(select(func.count()).where(handed)) == 1
        told = OutboxMessage.kind == "other_contact"
        assert db.scalar(select(func.count()).where(told)) == 1


def _both(world: World) -> list[UUID]:
    with world.looking() as db:
        return [contact_id(db, slug) for slug in ("trudo-sanne", "trudo-mo")]
