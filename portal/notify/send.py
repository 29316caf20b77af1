"""Send the message that is due first: claim it, send it outside of any transaction, settle it.

One message at a time. Whoever is killed between claim and settle leaves one message that may have
been sent; when its claim has run out it is sent again, under the same Message-ID.
"""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from portal.notify.channels import Channel, Envelope, RefusedError, TryAgainError
from portal.notify.models import OutboxMessage
from portal.notify.post import Failed, GivenUp, Outcome, Post, Sent
from portal.notify.prepare import prepare
from portal.notify.settle import settle

log = logging.getLogger("portal.notify")


def is_due(post: Post) -> bool:
    """Whether there is anything to do. Unlike `send_next`, this takes no write lock."""
    with post.database.reading() as db:
        return bool(db.scalar(select(exists(_due(post.clock())))))


def send_next(post: Post) -> bool:
    """Deal with one message; return False when none is due."""
    with post.database.writing.begin() as db:
        message = _take(db, post.clock())
        if message is None:
            return False
        ready = prepare(db, post, message)
        if not isinstance(ready, Envelope):
            _settle(db, post, message, ready)
            return True
        claim, channel = _claim(message, post), post.channels[message.channel]
    outcome = _try(channel, ready)
    with post.database.writing.begin() as db:
        if found := _claimed(db, ready.id, claim):
            _settle(db, post, found, outcome)
    return True


def _due(now: datetime) -> Select[OutboxMessage]:
    return select(OutboxMessage).where(
        OutboxMessage.state == "waiting", OutboxMessage.due_at <= now
    )


def _take(db: Session, now: datetime) -> OutboxMessage | None:
    """Lock the message that is due first. SQLite has locked everything with BEGIN IMMEDIATE."""
    first = _due(now).order_by(OutboxMessage.due_at, OutboxMessage.id).limit(1)
    return db.scalar(first.with_for_update(skip_locked=True))


def _claim(message: OutboxMessage, post: Post) -> UUID:
    """Mark the message as being sent: for as long as the lease lasts it is not due."""
    now = post.clock()
    message.claim, message.tries = uuid4(), message.tries + 1
    message.first_try_at = message.first_try_at or now
    message.due_at = now + post.lease
    return message.claim


def _try(channel: Channel, envelope: Envelope) -> Outcome:
    try:
        channel.send(envelope)
    except TryAgainError as error:
        return Failed(error.code)
    except RefusedError as error:
        return GivenUp(error.code)
    except Exception:
        # A mistake of ours in one message must not stop the worker, and so hold up all others.
        log.exception("mistake", extra={"way": type(channel).__name__})
        return Failed("mistake")
    return Sent()


def _claimed(db: Session, identity: UUID, claim: UUID) -> OutboxMessage | None:
    """Find the message again, unless it was erased or its claim ran out meanwhile."""
    mine = select(OutboxMessage).where(OutboxMessage.id == identity, OutboxMessage.claim == claim)
    return db.scalar(mine.with_for_update())


def _settle(db: Session, post: Post, message: OutboxMessage, outcome: Outcome) -> None:
    settle(db, post, message, outcome)
    cause = type(outcome).__name__.lower()
    # The code, such as smtp_550, tells an operator what to look for; never to whom it was.
    log.info(cause, extra={"kind": message.kind, "way": message.channel, "cause": message.trouble})
