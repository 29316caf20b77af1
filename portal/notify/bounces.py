"""Mail that comes back. A report is read as RFC 3464 writes it; what people write is not one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message
from uuid import UUID

from sqlalchemy.orm import Session

from portal.notify.models import OutboxMessage
from portal.notify.post import Flag
from portal.notify.silence import silence
from portal.privacy.encryption import unseal

MESSAGE_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^>\s]+>")
# What our Message-ID may stand in: the mail that came back, or only its head.
HEADS = ("message/rfc822", "text/rfc822-headers")


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail of ours came back. `permanent`: the address does not work, and will not."""

    message_id: UUID
    permanent: bool


def read_bounce(raw: bytes) -> Bounce | None:
    """Read a delivery report; None when it is something else, or not about a mail of ours."""
    report = message_from_bytes(raw, policy=policy.default)
    if report.get_content_type() != "multipart/report":
        return None
    found = next(_our_ids(report), None)
    if found is None:
        return None
    return Bounce(found, permanent=any(status.startswith("5.") for status in _statuses(report)))


def record_bounce(db: Session, bounce: Bounce, flag: Flag, now: datetime) -> bool:
    """Record that a mail came back; return whether we know it.

    A lasting failure makes it undelivered, flags the case, and no more mail goes to that address.
    A passing one is left to the mail servers, which go on trying.
    """
    message = db.get(OutboxMessage, bounce.message_id, with_for_update=True)
    if message is None:
        return False
    if bounce.permanent and message.state == "sent":
        message.state, message.undelivered_at, message.trouble = "undelivered", now, "bounced"
        silence(db, unseal(db, message, "recipient") or "", "bounce", now)
        flag(db, message, now)
    return True


def _our_ids(report: Message) -> Iterator[UUID]:
    for part in report.walk():
        if part.get_content_type() in HEADS:
            head = next(iter(_inside(part)), None) or message_from_bytes(_text(part))
            if found := MESSAGE_ID.search(str(head["Message-ID"])):
                yield UUID(found[1])


def _statuses(report: Message) -> Iterator[str]:
    """Yield the status of every recipient whose delivery failed, such as "5.1.1"."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in _inside(part):
                if str(block["Action"]).strip().lower() == "failed":
                    yield str(block["Status"]).strip()


def _inside(part: Message) -> list[Message]:
    inner = part.get_payload()
    return [each for each in inner if isinstance(each, Message)] if isinstance(inner, list) else []


def _text(part: Message) -> bytes:
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""
