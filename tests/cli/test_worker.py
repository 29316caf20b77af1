"""What a worker does besides sending."""

from __future__ import annotations

from sqlalchemy import Connection, event

from portal.cli.worker import chores_of
from portal.db.engine import Database
from portal.followup.alive import last_alive
from portal.followup.letters import all_letters
from portal.followup.tick import STEPS
from portal.notify.chores import Rounds
from portal.notify.post import Post
from portal.registration.undelivered import flag_undelivered
from portal.settings import Settings
from tests.support.clock import SettableClock


def test_the_worker_takes_each_step_of_the_clock_in_a_transaction_of_its_own(
    database: Database, clock: SettableClock, settings: Settings
) -> None:
    chores = [each for each in chores_of(settings) if each.name in {*STEPS, "alive"}]
    assert [each.name for each in chores] == [*STEPS, "alive"]
    ended: list[Connection] = []

    def note(connection: Connection) -> None:
        ended.append(connection)

    event.listen(Connection, "commit", note)
    try:
        letters = all_letters(settings.base_url)
        Rounds(tuple(chores)).make(Post(database, {}, letters, flag_undelivered, clock=clock))
    finally:
        event.remove(Connection, "commit", note)
    assert len(ended) == len(STEPS) + 1
    with database.reading() as db:
        assert last_alive(db) == clock()
