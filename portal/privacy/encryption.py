"""Sealed columns, keyed digests and derived tokens.

A sealed value is AES-GCM ciphertext whose associated data is `table.column.id`, so that it cannot
be moved to another row. Its key version stands in front: `length, version, nonce, ciphertext`.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy.orm import Session

from portal.db.plain import Statements

NONCE_BYTES = 12


class SealBrokenError(Exception):
    """The ciphertext does not belong to this row and column, or its key is gone."""


class Vault:
    """The keys of one installation. Never printed, never logged."""

    def __init__(self, secret: Mapping[str, bytes], encryption: Mapping[str, bytes]) -> None:
        self._secret = dict(secret)
        self._ciphers = {version: AESGCM(key) for version, key in encryption.items()}
        self.version = next(iter(self._secret))
        self.cipher_version = next(iter(self._ciphers))
        self._purpose_key = lru_cache(maxsize=4096)(self._make_purpose_key)

    def __repr__(self) -> str:
        return "<Vault>"

    def seal(self, place: str, row_id: UUID, text: str) -> bytes:
        """Encrypt `text` for `place` ("table.column") in the row `row_id`."""
        version = self.cipher_version
        nonce = os.urandom(NONCE_BYTES)
        body = self._ciphers[version].encrypt(nonce, text.encode(), _bound(place, row_id))
        return bytes([len(version)]) + version.encode() + nonce + body

    def open(self, place: str, row_id: UUID, blob: bytes) -> str:
        """Decrypt what `seal` made.

        Raises:
            SealBrokenError: it was made for another row or column, or with a key that is gone.
        """
        version, rest = sealed_with(blob), blob[1 + blob[0] :]
        try:
            cipher = self._ciphers[version]
            clear = cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], _bound(place, row_id))
        except (KeyError, InvalidTag) as error:
            raise SealBrokenError(place) from error
        return clear.decode()

    def digest(self, purpose: str, text: str, version: str | None = None) -> bytes:
        """Return a keyed digest of 32 bytes; the same text under another purpose differs."""
        key = self._purpose_key(version or self.version, purpose)
        return hmac.digest(key, text.encode(), "sha256")

    def digests(self, purpose: str, text: str) -> list[bytes]:
        """Return the digest under every version of the secret, for lookups."""
        return [self.digest(purpose, text, version) for version in self._secret]

    def signing_keys(self, purpose: str) -> list[bytes]:
        """Return one key per version for itsdangerous, oldest first as it expects."""
        return [self._purpose_key(version, purpose) for version in reversed(self._secret)]

    def _make_purpose_key(self, version: str, purpose: str) -> bytes:
        if version not in self._secret:
            raise SealBrokenError(purpose)
        return hmac.digest(self._secret[version], purpose.encode(), sha256)


def sealed_with(blob: bytes) -> str:
    """Return the version of the key that made `blob`."""
    return blob[1 : 1 + blob[0]].decode()


def vault_of(db: Statements) -> Vault:
    """Return the keys that this session carries."""
    vault: Vault = db.info["vault"]
    return vault


def seal(db: Session, row: Any, column: str, text: str | None) -> None:
    """Write `text` into a sealed column; `None` and an empty text both leave it empty."""
    blob = vault_of(db).seal(_place(row, column), row.id, text) if text else None
    setattr(row, column, blob)


def unseal(db: Session, row: Any, column: str) -> str | None:
    """Read a sealed column."""
    blob: bytes | None = getattr(row, column)
    return vault_of(db).open(_place(row, column), row.id, blob) if blob else None


def _place(row: Any, column: str) -> str:
    return f"{row.__tablename__}.{column}"


def _bound(place: str, row_id: UUID) -> bytes:
    return f"{place}.{row_id}".encode()
