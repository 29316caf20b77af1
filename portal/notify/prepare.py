"""Look at a message that is due, before it is sent: must it go, may it go, and what does it say?"""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.notify.backoff import is_too_late
from portal.notify.channels import Envelope
from portal.notify.compose import compose
from portal.notify.kinds import Told
from portal.notify.models import OutboxMessage
from portal.notify.post import Dropped, GivenUp, Kept, Outcome, Post, Postponed
from portal.notify.quiet import next_open
from portal.notify.silence import silence_of
from portal.notify.sms import is_mobile
from portal.privacy.encryption import seal

log = logging.getLogger("portal.notify")


def prepare(db: Session, post: Post, message: OutboxMessage) -> Envelope | Outcome:
    """Return the message ready to leave, or what becomes of it without a try.

    A mistake of ours in one message gives that one up, and somebody calls: it must not hold up
    the others. An error of the database is about all of them, and is raised.
    """
    if message.channel not in post.channels:
        return Kept()
    try:
        return _judge(db, post, message)
    except DBAPIError:
        raise
    except Exception:
        log.exception("mistake", extra={"kind": message.kind, "way": message.channel})
        return GivenUp("words")


def _judge(db: Session, post: Post, message: OutboxMessage) -> Envelope | Outcome:
    """The order is the policy: what nobody waits for any more is neither sent nor flagged."""
    now = post.clock()
    told = post.gather(db, message, now)
    if told is None or not told.address:
        return Dropped("erased")
    if not told.is_true:
        return Dropped("over")
    if is_too_late(message.due_at, message.first_try_at, now):
        return GivenUp(message.trouble or "too_late")
    if reason := silence_of(db, told.address):
        return GivenUp(reason)
    return _hold_back(post, message, told, now) or _write(db, message, told)


def _hold_back(post: Post, message: OutboxMessage, told: Told, now: datetime) -> Outcome | None:
    """Why an SMS may not leave, or not yet."""
    if message.channel != "sms":
        return None
    if not is_mobile(told.address):
        return Kept("landline")
    opens = next_open(now, post.hours)
    return Postponed(opens) if opens > now else None


def _write(db: Session, message: OutboxMessage, told: Told) -> Envelope:
    letter = compose(message.kind, message.channel, told.words, message.locale)
    # It goes where the person can be reached now, and the outbox says where it went.
    seal(db, message, "recipient", told.address)
    return Envelope(message.id, told.address, letter.locale, letter.subject, letter.text)
