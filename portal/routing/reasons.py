"""Why somebody was named. Codes only: their words belong to the doors."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The rule of the policy that named the owner."""

    CHOSEN_BY_PERSON = "chosen_by_person"
    ENTRY_LINK = "entry_link"
    OWN_LANDLORD = "own_landlord"
    ONLY_LANDLORD_HERE = "only_landlord_here"
    FITS_INTEREST = "fits_interest"
    PROGRAMME_FALLBACK = "programme_fallback"
    LAST_RESORT = "last_resort"
