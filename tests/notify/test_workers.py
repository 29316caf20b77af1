"""Several workers, and workers that are killed: nothing is lost, nothing is sent twice by two."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from portal.db.engine import Database
from portal.notify.models import OutboxMessage
from portal.notify.outbox import put_out
from portal.notify.worker import drain
from portal.settings import ROOT
from tests.notify.town import MAIL, Town, open_town
from tests.support.clock import SettableClock
from tests.support.smtp import PATIENCE, MailHost

MANY, SOME, KILLS = 1000, 15, 10
COMMAND = (sys.executable, "-m", "portal", "worker")
IMPATIENT = (sys.executable, "-m", "tests.notify.run_worker")


@pytest.fixture
def full_town(database: Database) -> Town:
    """Somebody whom there is much to tell, by the real clock: workers know no other."""
    return open_town(database, SettableClock(datetime.now(UTC)), {})


def fill(town: Town, number: int) -> set[str]:
    """Put so many messages in the outbox; return their Message-IDs."""
    fatma = town.register(email=MAIL)
    drain(town.post)  # The receipt is kept: this town has no channels of its own.
    with town.database.writing.begin() as db:
        made = [
            put_out(
                db,
                "other_contact",
                registration_id=fatma,
                recipient=MAIL,
                locale="nl",
                now=town.clock(),
            )
            for _ in range(number)
        ]
    return {_message_id(message) for message in made}


def _message_id(message: OutboxMessage) -> str:
    return f"<{message.id}@voordeur.example>"


@contextmanager
def running(
    command: tuple[str, ...], env: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker; it is killed at the end if it still runs."""
    with (
        log.open("wb") as out,
        subprocess.Popen(command, env=env, cwd=ROOT, stdout=out) as process,
    ):
        try:
            yield process
        finally:
            process.kill()


def test_two_workers_send_a_thousand_messages_each_of_them_once(
    full_town: Town, mail_host: MailHost, environment: dict[str, str], tmp_path: Path
) -> None:
    wanted, logs = fill(full_town, MANY), [tmp_path / "one", tmp_path / "other"]
    with ExitStack() as stack:
        workers = [stack.enter_context(running(COMMAND, environment, log)) for log in logs]
        mail_host.wait_until(lambda: len(mail_host.mails) >= MANY)
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        assert [worker.wait(PATIENCE) for worker in workers] == [0, 0]
    assert Counter(mail_host.ids()) == Counter(wanted)
    assert full_town.count("sent") == MANY
    # Both took their part, or this test has shown nothing.
    shares = [log.read_bytes().count(b'"sent"') for log in logs]
    assert sum(shares) == MANY
    assert min(shares) > MANY // 10


def _hung(mail_host: MailHost, times: int) -> bool:
    return mail_host.hanging >= times


def test_ten_workers_killed_in_mid_send_repeat_one_message_each_at_most(
    full_town: Town, mail_host: MailHost, environment: dict[str, str], tmp_path: Path
) -> None:
    wanted, log = fill(full_town, SOME), tmp_path / "log"
    for kill in range(1, KILLS + 1):
        # By turns: before the mail is taken, and after it is taken but before that is said.
        mail_host.manners.rcpt = "hang" if kill % 2 else "250 OK"
        mail_host.manners.data = "250 OK" if kill % 2 else "hang"
        with running(IMPATIENT, environment, log) as worker:
            mail_host.wait_until(partial(_hung, mail_host, kill))
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    mail_host.manners.rcpt = mail_host.manners.data = "250 OK"
    with running(IMPATIENT, environment, log):
        mail_host.wait_until(lambda: set(mail_host.ids()) == wanted)
    repeats = Counter(mail_host.ids())
    assert set(repeats) == wanted
    assert len(mail_host.mails) - len(wanted) <= KILLS
    # Half of the workers were killed after their mail was taken, so there is something to see.
    assert len(mail_host.mails) > len(wanted)
