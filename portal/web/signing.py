"""What travels through somebody's browser, signed: a few words, without a secret among them."""

from __future__ import annotations

from functools import lru_cache

from itsdangerous import BadData, Signer

from portal.privacy.encryption import Vault
from portal.web.state import portal

# Neither a uuid, a day nor a number holds it, and an address may.
BETWEEN = "_"


class NotSignedError(ValueError):
    """This was not signed here, for this purpose."""


def sign_words(purpose: str, salt: str, *words: str) -> str:
    """Sign `words` under the keys of a purpose; what one `salt` signed no other accepts.

    They can be read by whoever holds them, and none may hold an underscore.
    """
    return _signer(portal().vault, purpose, salt).sign(BETWEEN.join(words)).decode()


def read_words(purpose: str, salt: str, token: str) -> list[str]:
    """Return the words of a token; raises `NotSignedError`."""
    try:
        return _signer(portal().vault, purpose, salt).unsign(token).decode().split(BETWEEN)
    except (BadData, ValueError) as error:
        raise NotSignedError from error


@lru_cache(maxsize=32)
def _signer(vault: Vault, purpose: str, salt: str) -> Signer:
    return Signer(vault.signing_keys(purpose), salt=salt)
