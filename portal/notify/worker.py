"""Send whatever is due, and do what time causes, until told to stop."""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from portal.notify.chores import Rounds
from portal.notify.post import Post
from portal.notify.send import is_due, send_next

# How long a message may lie before anybody looks: a receipt should come while the page is open.
IDLE = timedelta(seconds=2)
# The database is away; it need not be asked every two seconds.
AWAY = timedelta(seconds=15)

log = logging.getLogger("portal.notify")


def work(
    post: Post,
    stop: Event,
    rounds: Rounds | None = None,
    *,
    idle: timedelta = IDLE,
    away: timedelta = AWAY,
) -> None:
    """Send messages one after another; a message that is being sent is finished before the end."""
    rounds = rounds or Rounds()
    while not stop.is_set():
        rounds.make(post)
        try:
            _send_all(post, stop, rounds)
            wait = idle
        except SQLAlchemyError as error:
            log.warning("database", extra={"cause": type(error).__name__})
            wait = away
        stop.wait(wait.total_seconds())


def _send_all(post: Post, stop: Event, rounds: Rounds) -> None:
    more = is_due(post)
    while more and not stop.is_set():
        more = send_next(post)
        # However much there is to send, the clock goes on.
        rounds.make(post)


def drain(post: Post) -> int:
    """Send everything that is due now, and return how many messages were dealt with."""
    dealt = 0
    while send_next(post):
        dealt += 1
    return dealt
