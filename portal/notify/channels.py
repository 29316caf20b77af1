"""What carries a message. A channel sends one envelope, or says why not.

An installation that has no channel for a way (mail, SMS) uses the null channel: it sends nothing,
and the message stays in the outbox as "kept".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message ready to leave. `id` is the same on every try; the person stays out of `repr`."""

    id: UUID
    recipient: str
    locale: str
    subject: str
    text: str

    def __repr__(self) -> str:
        return f"<Envelope {self.id}>"


class ChannelError(Exception):
    """It was not sent. `code` says why, in at most 20 characters, without a person."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TryAgainError(ChannelError):
    """It may go well later: nobody answers, or the answer makes no sense."""


class RefusedError(ChannelError):
    """It never will: the other side refuses this message for good."""


class Channel(Protocol):
    """Carries messages one way."""

    def send(self, envelope: Envelope) -> None:
        """Send it, or raise `TryAgainError` or `RefusedError`."""


Channels = Mapping[str, Channel]


@dataclass(frozen=True)
class Console:
    """Writes messages where a developer sees them."""

    write: Callable[[str], object]

    def send(self, envelope: Envelope) -> None:
        """Show it."""
        head = [f"-- {envelope.id}", f"To: {envelope.recipient}", f"Subject: {envelope.subject}"]
        self.write("\n".join([*head, "", envelope.text, ""]))
