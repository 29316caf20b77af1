"""Signers of what travels through somebody's browser: one for each purpose, made once."""

from __future__ import annotations

from functools import lru_cache

from itsdangerous import URLSafeSerializer

from portal.privacy.encryption import Vault
from portal.web.state import portal


def signer(purpose: str, salt: str) -> URLSafeSerializer:
    """Return who signs under the keys of a purpose; what `salt` one signed no other accepts."""
    return _make(portal().vault, purpose, salt)


@lru_cache(maxsize=32)
def _make(vault: Vault, purpose: str, salt: str) -> URLSafeSerializer:
    return URLSafeSerializer(vault.signing_keys(purpose), salt=salt)
