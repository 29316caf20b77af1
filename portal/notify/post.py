"""What a worker works with, and what came of one try."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.clock import utc_now
from portal.db.engine import Database
from portal.notify.backoff import Chance
from portal.notify.channels import Channels
from portal.notify.kinds import Gather
from portal.notify.models import OutboxMessage
from portal.notify.quiet import Hours

# Longer than any channel may take, so that nobody sends what somebody else is sending; and not
# much longer: a worker that is killed holds its message up for this long.
LEASE = timedelta(minutes=3)

Flag = Callable[[Session, OutboxMessage, datetime], None]


@dataclass(frozen=True)
class Post:
    """A post office: where messages lie, what carries them, who knows what they say.

    A way without a channel goes to the null channel. `flag` is told of every message that is given
    up, in the same transaction.
    """

    database: Database
    channels: Channels
    gather: Gather
    flag: Flag
    hours: Hours = field(default_factory=Hours)
    clock: Callable[[], datetime] = utc_now
    # Not for secrets: it keeps a thousand messages from coming back at the same second.
    chance: Chance = field(default=random.random)
    lease: timedelta = LEASE


@dataclass(frozen=True, slots=True)
class Sent:
    """The other side took it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Not now; to be tried again."""

    code: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Never; a human must tell it."""

    code: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """Not before `until`; it counts as no try."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """There is no channel that leads there."""

    code: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Nobody is there to read it, or it is no longer true."""

    code: str


Outcome = Sent | Failed | GivenUp | Postponed | Kept | Dropped
