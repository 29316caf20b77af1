"""What the worker does beside sending, every so often."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.db.engine import Database
from portal.notify.chores import Chore, Rounds
from portal.notify.models import SilentAddress
from portal.notify.silence import silence
from portal.notify.worker import work
from portal.web.logs import JsonLine
from tests.notify.town import MAIL, Town
from tests.support.smtp import MailHost

MINUTE = timedelta(minutes=1)


def test_a_chore_is_done_at_the_start_and_then_as_often_as_it_says(town: Town) -> None:
    done: list[datetime] = []

    def count(_db: Session, now: datetime) -> int:
        done.append(now)
        return 1

    rounds = Rounds((Chore("count", MINUTE, count),))
    for _ in range(5):
        rounds.make(town.post)
        town.clock.advance(minutes=0.5)
    start = done[0]
    assert done == [start, start + MINUTE, start + 2 * MINUTE]


def test_what_a_chore_does_is_kept_and_a_mistake_in_one_undoes_nothing_else(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(db: Session, now: datetime) -> int:
        silence(db, "undone@voorbeeld.example", "stop", now)
        raise RuntimeError(MAIL)

    def works(db: Session, now: datetime) -> int:
        silence(db, "kept@voorbeeld.example", "stop", now)
        return 1

    Rounds((Chore("breaks", MINUTE, breaks), Chore("works", MINUTE, works))).make(town.post)
    with town.database.reading() as db:
        assert len(db.scalars(select(SilentAddress)).all()) == 1
    [line] = [json.loads(JsonLine().format(record)) for record in caplog.records]
    assert (line["what"], line["kind"], line["cause"]) == ("chore failed", "breaks", "RuntimeError")
    assert breaks.__qualname__ in line["place"]


def test_a_worker_goes_on_sending_when_a_chore_breaks(town: Town, mail_host: MailHost) -> None:
    stop = Event()

    def breaks(_db: Session, _now: datetime) -> int:
        # Whoever stops the worker now still gets the messages that were due.
        raise RuntimeError

    def ends(_db: Session, _now: datetime) -> int:
        if mail_host.mails:
            stop.set()
        return 0

    town.register(email=MAIL)
    rounds = Rounds((Chore("breaks", MINUTE, breaks), Chore("ends", timedelta(0), ends)))
    work(town.post, stop, rounds, idle=timedelta(0))
    assert len(mail_host.mails) == 1


def test_what_follows_a_chore_comes_after_its_transaction_also_when_nothing_was_done(
    town: Town,
) -> None:
    found: list[int] = []

    def look(database: Database) -> None:
        with database.reading() as db:
            found.append(len(db.scalars(select(SilentAddress)).all()))

    def works(db: Session, now: datetime) -> int:
        silence(db, "kept@voorbeeld.example", "stop", now)
        return 0

    Rounds((Chore("works", MINUTE, works, after=look),)).make(town.post)
    assert found == [1]
