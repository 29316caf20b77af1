"""How fast and how long: the norms and retention of a programme, with their defaults.

Source: "Norms" and rule 9 in docs/product.md (deleted means deleted). A pack
names only what differs; `norms_of` and `retention_of` fill in the rest. An organisation may have
norms of its own, which beat those of its programme.
"""

from __future__ import annotations

from collections.abc import Mapping

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
}

# What a norm may be, both ends allowed. Whoever was not reached was looked for in earnest: an
# organisation may try more often than is usual, and never only once or on a single day. The window
# is wide enough for as many days as anybody may ask for.
LIMITS: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(NORMS, (1, 365)),
    "attempts": (2, 20),
    "attempt_days": (2, 5),
    "attempts_within_working_days": (5, 60),
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


def retention_of(stored: Mapping[str, int]) -> dict[str, int]:
    """Return every keeping time: what the programme set up to `LONGEST`, else the default."""
    return {norm: min(time, LONGEST[norm]) for norm, time in {**RETENTION, **stored}.items()}
