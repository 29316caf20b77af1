"""The outbox as a demonstration shows it: what would have gone out, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.notify.compose import Letter, compose
from portal.notify.kinds import Gather
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message as it would arrive. `letter` is None when its words cannot be made any more."""

    at: datetime
    kind: str
    way: str
    state: str
    recipient: str
    letter: Letter | None

    def __repr__(self) -> str:
        return f"<ShownMessage {self.kind}>"


def shown_outbox(db: Session, gather: Gather, *, now: datetime) -> list[ShownMessage]:
    """Return the newest messages, the last one first. Only for demonstrations: it shows people."""
    query = select(OutboxMessage).order_by(OutboxMessage.created_at.desc(), OutboxMessage.id)
    return list(_shown(db, gather, now, db.scalars(query.limit(MOST_SHOWN)).all()))


def _shown(
    db: Session, gather: Gather, now: datetime, messages: Sequence[OutboxMessage]
) -> Iterator[ShownMessage]:
    for message in messages:
        yield ShownMessage(
            at=message.created_at,
            kind=message.kind,
            way=message.channel,
            state=message.state,
            recipient=unseal(db, message, "recipient") or "",
            letter=_letter(db, gather, now, message),
        )


def _letter(db: Session, gather: Gather, now: datetime, message: OutboxMessage) -> Letter | None:
    try:
        told = gather(db, message, now)
        if told is None:
            return None
        return compose(message.kind, message.channel, told.words, message.locale)
    except DBAPIError:
        raise
    except Exception:  # noqa: BLE001  # what cannot be written any more is shown without words
        return None
