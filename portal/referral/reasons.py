"""Why a referral ends, what came of it, and what the owner does next. Codes; pure.

Every reason carries its next step. The words for both belong to the doors. No reason judges a
person: there is no "not eligible".
"""

from __future__ import annotations

from collections.abc import Mapping

NOT_REACHED = "not_reached"
TAKEN_OVER = "taken_over"
LAPSED, WITHDRAWN = "lapsed", "withdrawn"

CHOOSE_PARTNER = "choose_partner"
CALL, CALL_PARTNER, FIND_NUMBER = "call", "call_partner", "find_number"
FIND_INTERPRETER, EXPLAIN_MORE, SETTLE = "find_interpreter", "explain_more", "settle"

# What a receiver says instead of "we take this up".
DECLINE: Mapping[str, str] = {
    "full": CHOOSE_PARTNER,
    "not_our_work": CHOOSE_PARTNER,
    "elsewhere": CHOOSE_PARTNER,
    "language": FIND_INTERPRETER,
    "unclear": EXPLAIN_MORE,
    "stopped_offering": CHOOSE_PARTNER,
    "other": CALL_PARTNER,
}

# Why a receiver who took it up cannot go on.
FAIL: Mapping[str, str] = {
    NOT_REACHED: FIND_NUMBER,
    "stopped": CALL,
    "moved": CALL,
    "help_first": CALL,
    "nothing_fitting": CHOOSE_PARTNER,
    "language": FIND_INTERPRETER,
    "full": CHOOSE_PARTNER,
    "stopped_offering": CHOOSE_PARTNER,
    "other": CALL_PARTNER,
}

# Why the owner takes it back; the receiver sees it.
RETRACT: Mapping[str, str] = {
    "by_mistake": CHOOSE_PARTNER,
    "other_partner": CHOOSE_PARTNER,
    "said_no": CHOOSE_PARTNER,
    "no_answer": CHOOSE_PARTNER,
    "switched_off": CHOOSE_PARTNER,
    "other_wish": CALL,
}

# What the clock and the person end needs no choosing.
REASONS: Mapping[str, Mapping[str, str]] = {
    "decline": DECLINE,
    "fail": FAIL,
    "retract": RETRACT,
    "lapse": {LAPSED: CHOOSE_PARTNER},
    "withdraw": {WITHDRAWN: CALL},
}

# What came of it (*uitstroom*), as somebody may choose it from a list.
CHOSEN_OUTCOMES = (
    "paid_work",
    "learn_and_work",
    "schooling",
    "volunteering",
    "activity",
    "own_trade",
    "help_first",
    "found_self",
)
# A take-over is not chosen: it happens on acceptance, and the receiver becomes the owner.
OUTCOMES = (*CHOSEN_OUTCOMES, TAKEN_OVER)


def next_step(event: str, reason: str) -> str:
    """The code of the owner's next step after a referral ended so.

    Raises:
        KeyError: this event has no such reason.
    """
    return REASONS[event][reason]
