"""What can be filled in at the counter, and what should not break it."""

from __future__ import annotations

from portal.registration.answers import FIELD_OF

FIELDS = [*FIELD_OF.values(), "interpreter", "counter", "open"]
ODD: tuple[str | list[str], ...] = (
    "",
    "   ",
    "a" * 2000,
    "🙂👩‍👩‍👧",
    "\u202eabc\u200f",
    "a\x00b\x07c",
    "<script src=x></script><b id=planted>",
    "'; DROP TABLE registration; --",
    "{{ 7 * 7 }} %(name)s %s",
    "../../etc",
    "123456782",
    ["yes", "no"],
    ["a", "b", "c"] * 100,
)
