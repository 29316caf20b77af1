"""The code and the private link of a registration. Both derive from its uuid; we store digests.

They are HMACs of the uuid under the key version of the registration, so a repeat shows the same
receipt, while nobody who reads the database can open a status page.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from itertools import product
from math import prod
from uuid import UUID

from portal.privacy.encryption import Vault
from portal.registration.typed import plain_digits

# Signs that are not mixed up when they are read aloud or copied by hand: no 0 O 1 I L U.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
# What somebody may have meant, when what they typed is not a code of ours.
MEANT = {
    "0": "DQ",
    "O": "DQ",
    "1": "7TJ",
    "I": "7TJ",
    "L": "7TJ",
    "U": "V",
    "2": "2Z",
    "Z": "Z2",
    "5": "5S",
    "S": "S5",
    "8": "8B",
    "B": "B8",
    "6": "6G",
    "G": "G6",
}
# Every reading is a guess for whoever guesses, so there are not many.
MOST_READINGS = 32
CODE, CODE_DIGEST, LINK, LINK_DIGEST = "code", "code_digest", "link", "link_digest"
LINK_BYTES = 24


@dataclass(frozen=True, slots=True)
class Reference:
    """What opens a status page. Stays out of `repr`, and so out of logs."""

    code: str
    link: str

    def __repr__(self) -> str:
        return "<Reference>"


def refer_to(vault: Vault, uuid: UUID, *, version: str, turn: int) -> Reference:
    """Derive code and link; `turn` rises when the code is taken by somebody else."""
    number = int.from_bytes(vault.digest(CODE, f"{uuid}/{turn}", version))
    signs = []
    for _ in range(LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    token = vault.digest(LINK, str(uuid), version)[:LINK_BYTES]
    return Reference("".join(signs), base64.urlsafe_b64encode(token).decode())


def code_shown(code: str) -> str:
    """Return "K7P-3XM-92"."""
    return f"{code[:3]}-{code[3:6]}-{code[6:]}"


def code_digests(vault: Vault, code: str) -> list[bytes]:
    """Return the digests under which a code may be stored, of the current key first."""
    return vault.digests(CODE_DIGEST, code)


def link_digests(vault: Vault, link: str) -> list[bytes]:
    """Return the digests under which a private link may be stored, of the current key first."""
    return vault.digests(LINK_DIGEST, link)


def literal(typed: str) -> str | None:
    """Return the code exactly as it was typed; None when it holds signs that no code has."""
    code = "".join(_signs(typed))
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def readings(typed: str) -> tuple[str, ...]:
    """Return the codes that somebody may have meant, the most literal first; () for no code.

    Spaces, dashes and small letters do not matter, and signs that look alike are tried: all of
    them or none, so that it never depends on chance who is found.
    """
    signs = _signs(typed)
    if len(signs) != LENGTH:
        return ()
    options = [MEANT.get(each, each) for each in signs]
    if prod(map(len, options)) > MOST_READINGS:
        options = [each[0] for each in options]
    return tuple("".join(code) for code in product(*options))


def _signs(typed: str) -> list[str]:
    return [each for each in plain_digits(typed).upper() if each.isascii() and each.isalnum()]
