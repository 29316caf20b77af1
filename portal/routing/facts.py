"""What a person told us, as far as it decides who they meet first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

Id: TypeAlias = UUID | str


@dataclass(frozen=True, slots=True)
class Facts:
    """Codes and ids only; never a name or a number of the person.

    `chosen` is the organisation picked under "rather someone else"; `entry` the one of the link
    or QR code; `landlord` the declared landlord, None when not known or nobody; `landlord_hidden`
    "my landlord need not know"; `landlords_here` the organisations with homes in the postcode;
    `rents_from_nobody` keeps us from guessing a landlord for somebody who has none; `likes` slugs
    of services; `digits` the four digits of the postcode; `language` a code, None: any will do.
    """

    chosen: Id | None = None
    entry: Id | None = None
    landlord: Id | None = None
    landlord_hidden: bool = False
    rents_from_nobody: bool = False
    landlords_here: frozenset[Id] = frozenset()
    wishes: frozenset[str] = frozenset()
    likes: frozenset[Id] = frozenset()
    digits: str | None = None
    language: str | None = None
