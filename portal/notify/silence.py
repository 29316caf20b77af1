"""Addresses we no longer write to: their owner said stop, or their mail came back."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.notify.models import SilentAddress
from portal.privacy.encryption import vault_of

PURPOSE = "silent_address"
# What ends SMS when it is the whole answer. Any language counts: somebody may know only "stop".
STOP_WORDS: dict[str, tuple[str, ...]] = {
    "nl": ("stop", "stoppen", "afmelden", "uit"),
    "en": ("stop", "end", "quit", "cancel", "unsubscribe"),
    "tr": ("dur", "durdur", "iptal"),
    "ar": ("توقف", "قف", "إيقاف", "ايقاف", "إلغاء", "الغاء"),
}


def is_stop(text: str) -> bool:
    """Whether a text is a stop word and nothing else; blanks, capitals and a full stop aside."""
    return _bare(text) in _BARE_WORDS


def heed(db: Session, number: str, text: str, now: datetime) -> bool:
    """Record an incoming SMS when it says stop; return whether it did. Nothing else is kept."""
    if not is_stop(text):
        return False
    silence(db, number, "stop", now)
    return True


def silence(db: Session, address: str, reason: str, now: datetime) -> None:
    """Write to this address no more, because of "stop" or "bounce"; the first reason stays."""
    if silence_of(db, address) is None:
        digest = vault_of(db).digest(PURPOSE, _normal(address))
        db.add(SilentAddress(digest=digest, reason=reason, at=now))
        db.flush()


def silence_of(db: Session, address: str) -> str | None:
    """Return why we do not write to this address, or None when we do."""
    query = select(SilentAddress.reason).where(SilentAddress.digest.in_(_digests(db, address)))
    return db.scalar(query.limit(1))


def silent_among(db: Session, addresses: Collection[str]) -> set[str]:
    """Return those of these addresses to which we write no more, in one query."""
    known = {digest: address for address in addresses for digest in _digests(db, address)}
    query = select(SilentAddress.digest).where(SilentAddress.digest.in_(known))
    return {known[digest] for digest in db.scalars(query)}


def speak_again(db: Session, address: str) -> None:
    """Write to this address again: its owner asked for it, or the mailbox is repaired."""
    db.execute(delete(SilentAddress).where(SilentAddress.digest.in_(_digests(db, address))))


def _digests(db: Session, address: str) -> list[bytes]:
    return vault_of(db).digests(PURPOSE, _normal(address))


def _normal(address: str) -> str:
    return address.strip().casefold()


def _bare(text: str) -> str:
    """Without capitals, vowel marks, and what stands around a word: "İptal." is "iptal"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each for each in apart if unicodedata.category(each) not in ("Mn", "Cf"))
    return kept.strip(" \t\r\n.!\"'")


_BARE_WORDS = frozenset(_bare(word) for words in STOP_WORDS.values() for word in words)
