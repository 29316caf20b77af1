"""Codes of a team in the words of the desk."""

from __future__ import annotations

from collections.abc import Mapping

from portal.desk.words import N_
from portal.web.staff_words import TWO_ANSWERS

REFUSED_WORDS: Mapping[str, str] = {
    "nobody_named": N_("Choose a colleague who takes over."),
    "not_a_colleague": N_("Choose a colleague who calls people at your organisation."),
    "away": N_("This colleague is away in that time. Choose another."),
    "wrong_day": N_("Choose a last day that is not before the first, nor before today."),
    "wrong_number": N_("Write a number from 1 to 200."),
    "checks_out_of_order": N_(
        "Each check comes later than the one before it. Where you write nothing, the usual number "
        "counts."
    ),
    "last_one": N_(
        "Nobody else calls people here. Let somebody else call first, or switch off the whole "
        "organisation."
    ),
    "still_needed": N_(
        "Everybody falls back on this organisation. The administrator names another one first."
    ),
    "does_not_fit": N_("Everybody falls back on this organisation: it cannot be switched off."),
    "two_answers": TWO_ANSWERS,
    "off_already": N_("This has changed in the meantime. Look at how it is now."),
    "changed_meanwhile": N_(
        "Somebody came or went meanwhile. Below you see how it is now; press again if it is right."
    ),
}
NORM_WORDS: Mapping[str, str] = {
    "first_contact_working_days": N_("First call: working days"),
    "attempts": N_("Attempts before “not reached”"),
    "attempt_days": N_("On how many different days"),
    "attempts_within_working_days": N_("Within how many working days"),
    "partner_answer_working_days": N_("Answer to a question: working days"),
    "partner_lapse_working_days": N_("And then it lapses: working days"),
    "partner_contact_working_days": N_("First contact as a partner: working days"),
    "partner_report_days": N_("How does it go? Days"),
    "fallback_working_days": N_("Who takes over hears of it: working days"),
    "plan_days": N_("Plan after the first talk: days"),
    "ask_contacted_days": N_("“Did somebody contact you?”: days"),
    "first_check_weeks": N_("First check after somebody has settled: weeks"),
    "second_check_months": N_("Second check: months"),
    "third_check_months": N_("Third check: months"),
    "fourth_check_months": N_("Fourth check: months"),
    "round_off_days": N_("Round off after the last check: days"),
}
