"""Codes in the words of people who work here: those that desk and partners share.

`N_` marks a sentence; whoever shows it translates it.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.i18n import gettext as _


def N_(message: str) -> str:  # noqa: N802  # the name that gettext tools look for
    """Mark `message` as a sentence to translate, and return it as it is."""
    return message


TWO_ANSWERS = N_("We got 2 answers to one question. Give 1 answer.")

WISH_WORDS: Mapping[str, str] = {
    "paid_work": N_("paid work"),
    "learning": N_("learning"),
    "learn_and_work": N_("learning and working"),
    "volunteering": N_("helping others"),
    "together": N_("doing things with others"),
    "own_trade": N_("own trade"),
    "help_first": N_("help first"),
    "dont_know": N_("doesn't know yet"),
}
PRACTICAL_WORDS: Mapping[str, str] = {
    "children": N_("takes care of children"),
    "travel": N_("travelling is hard"),
    "dutch": N_("Dutch is hard"),
    "times": N_("only at some times"),
    "tell": N_("rather tells it in person"),
    "nothing": N_("nothing to take care of"),
}
TIME_WORDS: Mapping[str, str] = {
    "morning": N_("in the morning"),
    "afternoon": N_("in the afternoon"),
    "evening": N_("in the evening"),
}
RESULT_WORDS: Mapping[str, str] = {
    "reached": N_("Spoken to"),
    "no_answer": N_("No answer"),
    "voicemail": N_("Voicemail"),
    "message": N_("Sent a message"),
    "came_by": N_("Came by"),
    "registrar": N_("Through who registered them"),
    "wrong_number": N_("Wrong number"),
}
RESULT_ICONS: Mapping[str, str] = {
    "reached": "phone-call",
    "no_answer": "phone-off",
    "voicemail": "record-mail",
    "message": "message-2",
    "came_by": "door",
    "registrar": "users",
    "wrong_number": "phone-x",
}
RESULT_DONE: Mapping[str, str] = {
    "reached": N_("Noted: you spoke to each other."),
    "no_answer": N_("Noted: no answer."),
    "voicemail": N_("Noted: you left a message on the voicemail."),
    "message": N_("Noted: you sent a message."),
    "came_by": N_("Noted: they came by."),
    "registrar": N_("Noted: who registered them passes it on."),
    "wrong_number": N_("Noted: the number is wrong."),
}
OUTCOME_WORDS: Mapping[str, str] = {
    "paid_work": N_("Paid work"),
    "learn_and_work": N_("Learning and working"),
    "schooling": N_("School or course"),
    "volunteering": N_("Volunteering"),
    "activity": N_("Activity in the neighbourhood"),
    "own_trade": N_("Own trade"),
    "help_first": N_("Help or care first"),
    "found_self": N_("Found something without us"),
    "stopped": N_("Stopped"),
    "not_reached": N_("Not reached"),
    "moved": N_("Moved away"),
    "nothing_fitting": N_("Nothing fitting on offer"),
}
# What came of a referral: one of these, or whoever was asked became the owner.
REFERRAL_OUTCOME_WORDS: Mapping[str, str] = {**OUTCOME_WORDS, "taken_over": N_("Taken over")}


def labelled(words: Mapping[str, str], codes: tuple[str, ...]) -> dict[str, str]:
    """Return `{code: words}` to choose from."""
    return {code: _(words[code]) for code in codes}


def in_words(words: Mapping[str, str], codes: list[str] | tuple[str, ...]) -> list[str]:
    """Return the words of each code that is known."""
    return [_(words[code]) for code in codes if code in words]
