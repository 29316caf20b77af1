"""What could not be delivered, once a human has seen to it: told another way, or sent again."""

from __future__ import annotations

from datetime import datetime

from portal.notify.models import OutboxMessage

# Why a message that was given up is no longer anybody's worry.
SEEN_TO = "seen_to"


def set_aside(message: OutboxMessage) -> None:
    """Nobody has to look at this message any more; when it was given up stays on record."""
    message.state, message.trouble = "dropped", SEEN_TO


def send_again(message: OutboxMessage, *, now: datetime) -> None:
    """Try it once more from the beginning, under the same Message-ID."""
    message.state, message.trouble = "waiting", None
    message.due_at, message.first_try_at, message.undelivered_at = now, None, None
    message.tries = 0
