"""How fast and how long: the norms and retention of a programme, with their defaults.

Source: "Norms" and rule 9 in docs/product.md (deleted means deleted). A pack
names only what differs; `norms_of` and `retention_of` fill in the rest. An organisation may have
norms of its own, which beat those of its programme.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

# Whole numbers; the unit is in the name. `days` are calendar days.
NORMS: Mapping[str, int] = {
    "first_contact_working_days": 2,
    "attempts": 3,
    "attempt_days": 2,
    "attempts_within_working_days": 10,
    "partner_answer_working_days": 2,
    "partner_lapse_working_days": 2,
    "partner_contact_working_days": 5,
    "partner_report_days": 28,
    "fallback_working_days": 2,
    "plan_days": 14,
    "ask_contacted_days": 7,
    "first_check_weeks": 4,
    "second_check_months": 3,
    "third_check_months": 6,
    "fourth_check_months": 12,
    "round_off_days": 14,
}

# After somebody has settled they are asked how it goes, in this order.
CHECKS = ("first_check_weeks", "second_check_months", "third_check_months", "fourth_check_months")
# A month counts as 30 days: enough to say which of two checks comes first.
UNIT_DAYS: Mapping[str, int] = {"weeks": 7, "months": 30}

# What a norm may be, both ends allowed. Whoever was not reached was looked for in earnest: an
# organisation may try more often than is usual, and never only once or on a single day. The window
# is wide enough for as many days as anybody may ask for. Nobody is followed for longer than two
# years, as long as a closed registration may be kept.
LIMITS: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(NORMS, (1, 365)),
    "attempts": (2, 20),
    "attempt_days": (2, 5),
    "attempts_within_working_days": (5, 60),
    "first_check_weeks": (1, 52),
    **dict.fromkeys(CHECKS[1:], (1, 24)),
}

RETENTION: Mapping[str, int] = {
    "not_reached_weeks": 4,
    "aftercare_notes_months": 3,
    "closed_months": 12,
    "silent_months": 12,
}

# Rule 9 allows a programme to keep closed registrations longer, but never beyond this.
LONGEST: Mapping[str, int] = {
    "not_reached_weeks": 4,
    "aftercare_notes_months": 3,
    "closed_months": 24,
    "silent_months": 12,
}


def norms_of(stored: Mapping[str, int], own: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return every norm: what the organisation set, else the programme, else the default.

    What was stored before there were `LIMITS` is brought within them.
    """
    wanted = {**NORMS, **stored, **(own or {})}
    return {norm: min(max(wanted[norm], low), high) for norm, (low, high) in LIMITS.items()}


def checks_in_order(norms: Mapping[str, int]) -> bool:
    """Whether each check comes later than the one before; `norms` holds every one of them."""
    days = [norms[check] * UNIT_DAYS[check.rpartition("_")[2]] for check in CHECKS]
    return all(one < other for one, other in pairwise(days))


def retention_of(stored: Mapping[str, int]) -> dict[str, int]:
    """Return every keeping time: what the programme set up to `LONGEST`, else the default."""
    return {norm: min(time, LONGEST[norm]) for norm, time in {**RETENTION, **stored}.items()}
