"""Write down what came of a try. A message ends once; what failed comes back later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.notify.backoff import next_try
from portal.notify.models import OutboxMessage
from portal.notify.post import Dropped, Failed, GivenUp, Kept, Outcome, Post, Postponed, Sent


def settle(db: Session, post: Post, message: OutboxMessage, outcome: Outcome) -> None:
    """Change the message as the outcome says, and let go of it."""
    now = post.clock()
    message.claim = None
    match outcome:
        case Sent():
            message.state, message.sent_at, message.trouble = "sent", now, None
        case Failed(code):
            _fail(db, post, message, code, now)
        case GivenUp(code):
            give_up(db, post, message, code, now)
        case Postponed(until):
            _postpone(message, until, now)
        case Kept(code):
            message.state, message.trouble = "kept", code
        case Dropped(code):
            message.state, message.trouble = "dropped", code


def give_up(db: Session, post: Post, message: OutboxMessage, code: str, now: datetime) -> None:
    """Mark it as undelivered, and flag the case: a human tells the person."""
    message.state, message.undelivered_at, message.trouble = "undelivered", now, code
    post.flag(db, message, now)


def _postpone(message: OutboxMessage, until: datetime, now: datetime) -> None:
    message.due_at = until
    if message.first_try_at is not None:
        # Hours in which nothing may be sent are not part of the hours in which it is tried.
        message.first_try_at += until - now


def _fail(db: Session, post: Post, message: OutboxMessage, code: str, now: datetime) -> None:
    again = next_try(message.tries, message.first_try_at or now, now, post.chance)
    if again is None:
        give_up(db, post, message, code, now)
        return
    message.due_at, message.trouble = again, code
