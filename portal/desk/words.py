"""Codes in the words of the desk. `N_` marks a sentence; whoever shows it translates it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from portal.desk.event_words import (
    CHOICE_WORDS,
    EVENT_WORDS,
    MESSAGE_STATES,
    MESSAGE_WORDS,
    OTHER_EVENT,
    OTHER_MESSAGE,
    REFERRAL_EVENT_WORDS,
    SAID_BY_PERSON,
)
from portal.desk.referral_words import REFERRAL_REFUSED_WORDS
from portal.i18n import gettext as _
from portal.i18n.formats import short_date
from portal.referral.reasons import CHOSEN_OUTCOMES
from portal.web.staff_words import (
    N_,
    OUTCOME_WORDS,
    PRACTICAL_WORDS,
    REFERRAL_OUTCOME_WORDS,
    RESULT_DONE,
    RESULT_ICONS,
    RESULT_WORDS,
    TIME_WORDS,
    WISH_WORDS,
    in_words,
    labelled,
)

# The desk finds all its words here, also those that partners read too.
__all__ = [
    "CHOICE_WORDS",
    "EVENT_WORDS",
    "MESSAGE_STATES",
    "MESSAGE_WORDS",
    "N_",
    "OTHER_EVENT",
    "OTHER_MESSAGE",
    "OUTCOME_WORDS",
    "PRACTICAL_WORDS",
    "REFERRAL_EVENT_WORDS",
    "REFERRAL_OUTCOME_WORDS",
    "RESULT_DONE",
    "RESULT_ICONS",
    "RESULT_WORDS",
    "SAID_BY_PERSON",
    "TIME_WORDS",
    "WISH_WORDS",
    "in_words",
    "labelled",
]

# Settling is settled in something; how else it can end is a reason to close.
SETTLED_IN = CHOSEN_OUTCOMES
CLOSE_WORDS: Mapping[str, str] = {
    "settled_well": N_("Settled, and it goes well"),
    "found_self": N_("Found something without us"),
    "stopped": N_("Does not want to go on"),
    "not_reached": N_("Not reached"),
    "moved": N_("Moved away"),
    "nothing_fitting": N_("Nothing fitting on offer"),
    "double": N_("Registered twice"),
    "withdrawn": N_("Stopped by the person"),
}
CLOSE_ORDER = (
    "settled_well",
    "found_self",
    "stopped",
    "moved",
    "nothing_fitting",
    "not_reached",
    "double",
)
REFUSED_WORDS: Mapping[str, str] = {
    "closed": N_("This is closed. Open it again first."),
    "not_tried_enough": N_(
        "“Not reached” is possible after %(attempts)s attempts within "
        "%(attempts_within_working_days)s working days, on %(attempt_days)s days and at different "
        "hours, 1 of them a message or through who registered them."
    ),
    "open_referral": N_("A partner still has this in hand. Ask them to finish or stop first."),
    "no_consent": N_(
        "They have not agreed, or not any more, that you call. They can register again themselves."
    ),
    "not_a_colleague": N_("This person does not take calls in your organisation any more."),
    "no_seat": N_("You are not one of the people who call here. Hand it to somebody who is."),
    "already_theirs": N_("They have this already."),
    "wrong_day": N_("Choose a day after today, at most 3 months from now."),
    "attempt_stays": N_(
        "This cannot be undone any more. Write down what really happened: then that counts."
    ),
    "sent_already": N_(
        "The message has left already, so this stays. Write down what really happened: then that "
        "counts."
    ),
    "not_spoken_yet": N_(
        "You agree on such a day together. Note first that you spoke to each other."
    ),
    "nobody_registered": N_("They registered on their own, so nobody can pass it on."),
    "day_out_of_reach": N_(
        "Choose a day from today to %(last)s. Later is not possible now, so that nobody waits too "
        "long."
    ),
    "bsn": N_(
        "Some digits look like a BSN. We never keep one. Is it a case number? "
        "Put a letter in front. A phone number? Begin with 0 or +31."
    ),
    "empty_note": N_("Write something first."),
    "long_note": N_("This note is too long. Use at most 2000 signs."),
    "moved": N_("This is not possible any more. Look at what happened."),
    "open_place": N_("Choose a day first: this message names one."),
    "no_message": N_("Choose a message first."),
    "no_way": N_(
        "There is no number or address to send it to. Call, or tell it when they come by."
    ),
    "promise_too_late": N_(
        "The message names a day that is after the next step. Choose an earlier day."
    ),
    "nothing_undelivered": N_("Somebody has seen to this already."),
    **REFERRAL_REFUSED_WORDS,
}
STATE_WORDS: Mapping[str, str] = {
    "new": N_("not picked up yet"),
    "picked_up": N_("picked up"),
    "referred": N_("with a partner"),
    "active": N_("has started"),
    "waiting": N_("waiting"),
    "aftercare": N_("aftercare"),
    "closed": N_("closed"),
}
ROLE_WORDS: Mapping[str, str] = {
    "handler": N_("handler"),
    "coordinator": N_("coordinator"),
    "registrar": N_("registrar"),
    "viewer": N_("viewer"),
    "administrator": N_("administrator"),
}
METHOD_WORDS: Mapping[str, str] = {
    "screen": N_("on the screen"),
    "spoken": N_("in conversation"),
    "phone": N_("on the phone"),
    "paper": N_("on paper"),
}
REASON_WORDS: Mapping[str, str] = {
    "chosen_by_person": N_("%(contact)s of %(organization)s, because they chose %(organization)s."),
    "entry_link": N_(
        "%(contact)s of %(organization)s, because they came by a link of %(organization)s."
    ),
    "own_landlord": N_("%(contact)s of %(organization)s, because they rent from %(organization)s."),
    "only_landlord_here": N_(
        "%(contact)s of %(organization)s, because only %(organization)s rents out homes there."
    ),
    "fits_interest": N_(
        "%(contact)s of %(organization)s, because %(organization)s offers what they like."
    ),
    "programme_fallback": N_(
        "%(contact)s of %(organization)s, because nobody else fitted and they are for everybody."
    ),
    "last_resort": N_(
        "%(contact)s of %(organization)s, because nobody else could and nobody is left out."
    ),
}
# What to do, when it is for today or should have been done; and when there is still time.
STEP_WORDS: Mapping[str, tuple[str, str]] = {
    "call": (N_("Call today"), N_("Call by %(day)s")),
    "call_again": (N_("Call again today"), N_("Call again by %(day)s")),
    "find_number": (N_("Find the right number today"), N_("Find the right number by %(day)s")),
    "plan": (N_("Make a plan today"), N_("Make a plan by %(day)s")),
    "choose_partner": (N_("Choose another partner today"), N_("Choose another partner by %(day)s")),
    "await_answer": (N_("Ask the partner for an answer"), N_("The partner answers by %(day)s")),
    "await_contact": (N_("Ask if the partner called"), N_("The partner calls by %(day)s")),
    "ask_partner": (N_("Ask the partner how it goes"), N_("Ask the partner by %(day)s")),
    "await_partner": (N_("Ask if the partner goes on"), N_("The partner goes on by %(day)s")),
    "resume": (N_("Take it up again today"), N_("Wait until %(day)s")),
    "call_partner": (N_("Call the partner today"), N_("Call the partner by %(day)s")),
    "find_interpreter": (N_("Find an interpreter today"), N_("Find an interpreter by %(day)s")),
    "explain_more": (
        N_("Explain more to the partner today"),
        N_("Explain more to the partner by %(day)s"),
    ),
    "settle": (
        N_("Ask how it went, and round it off today"),
        N_("Ask how it went, and round it off by %(day)s"),
    ),
    "check": (N_("Ask today how it goes"), N_("Ask by %(day)s how it goes")),
    "round_off": (N_("Round it off today"), N_("Round it off by %(day)s")),
    "keep": (N_("Ask today: keep this?"), N_("Ask by %(day)s: keep this?")),
}
# Steps that are a partner's to take, as long as there is time.
AT_PARTNER = frozenset({"await_answer", "await_contact", "ask_partner", "await_partner"})
# Somebody without a phone is not called, so the same step says something else.
CALLS = ("call", "call_again")
CALL_WORDS: Mapping[str, tuple[str, str]] = {
    "email": (N_("Write today"), N_("Write by %(day)s")),
    "drop_by": (N_("Look out today: comes by"), N_("Comes by, until %(day)s")),
}
OTHER_STEP = (N_("Look at it today"), N_("Look at it by %(day)s"))


def step_words(code: str, due: date, today: date, reach: str = "phone") -> str:
    """Say what the next step is and when: "Call today", "Call by Tue 24 Nov"."""
    soon, later = STEP_WORDS.get(code, OTHER_STEP)
    if code in CALLS:
        soon, later = CALL_WORDS.get(reach, (soon, later))
    if due <= today:
        return _(soon)
    return _(later) % {"day": short_date(due)}
