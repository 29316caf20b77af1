"""Codes in the words of the desk. `N_` marks a sentence; whoever shows it translates it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from portal.i18n import gettext as _
from portal.i18n.formats import short_date
from portal.web.staff_words import (
    N_,
    OUTCOME_WORDS,
    PRACTICAL_WORDS,
    RESULT_DONE,
    RESULT_ICONS,
    RESULT_WORDS,
    TIME_WORDS,
    WISH_WORDS,
    in_words,
    labelled,
)

# What partners read too; the desk finds all its words here.
__all__ = [
    "N_",
    "OUTCOME_WORDS",
    "PRACTICAL_WORDS",
    "RESULT_DONE",
    "RESULT_ICONS",
    "RESULT_WORDS",
    "TIME_WORDS",
    "WISH_WORDS",
    "in_words",
    "labelled",
]

# Settling is settled in something; how else it can end is a reason to close.
SETTLED_IN = (
    "paid_work",
    "learn_and_work",
    "schooling",
    "volunteering",
    "activity",
    "own_trade",
    "help_first",
    "found_self",
)
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
        "“Not reached” is possible after 3 attempts, on 2 days and at different hours, "
        "1 of them a message."
    ),
    "open_referral": N_("A partner still has this in hand. Ask them to finish or stop first."),
    "no_consent": N_(
        "They have not agreed, or not any more, that you call. They can register again themselves."
    ),
    "not_a_colleague": N_("This person does not take calls in your organisation any more."),
    "no_seat": N_("You are not one of the people who call here. Hand it to somebody who is."),
    "already_theirs": N_("They have this already."),
    "wrong_day": N_("Choose a day after today, at most 3 months from now."),
    "bsn": N_(
        "Some digits look like a BSN. We never keep one. Is it a case number? "
        "Put a letter in front. A phone number? Begin with 0 or +31."
    ),
    "empty_note": N_("Write something first."),
    "long_note": N_("This note is too long. Use at most 2000 signs."),
    "moved": N_("This is not possible any more. Look at what happened."),
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
EVENT_WORDS: Mapping[str, str] = {
    "submit": N_("Registered"),
    "pick_up": N_("Picked up"),
    "refer": N_("Asked %(organization)s"),
    "start": N_("Has started"),
    "wait": N_("Waits until %(until)s"),
    "resume": N_("Taken up again"),
    "came_back": N_("Came back: the partner could not do it"),
    "hand_over": N_("From %(from)s to %(to)s"),
    "settle": N_("Settled: %(outcome)s"),
    "close": N_("Closed: %(reason)s"),
    "withdraw": N_("Wants to stop"),
    "undo_withdraw": N_("Wants to go on after all"),
    "reopen": N_("Opened again"),
    "transfer": N_("From %(from)s to %(to)s, at another organisation"),
    "taken_over": N_("Taken over"),
    "nobody_called": N_("Says: nobody called me"),
    "note": N_("Note"),
    "consent_asked": N_("Was asked to agree with %(organization)s"),
    "consent_refused": N_("Does not agree with %(organization)s"),
    "consent_given": N_("Agrees with %(organization)s"),
    "consent_revoked": N_("Does not agree any more with %(organization)s"),
    "phone_changed": N_("Gave another phone number"),
}
OTHER_EVENT = N_("Something changed")
MESSAGE_WORDS: Mapping[str, str] = {
    "receipt": N_("Message: we have your registration"),
    "other_contact": N_("Message: somebody else calls you"),
    "other_owner": N_("Message: another organisation calls you"),
    "settled": N_("Message: we will ask how it goes"),
    "closed": N_("Message: it is closed"),
    "reopened": N_("Message: we will call you again"),
    "nobody_called": N_("Message to who takes over: nobody called"),
    "phone_changed": N_("Message to the old number: there is a new one"),
}
# What has been sent needs no word.
MESSAGE_STATES: Mapping[str, str] = {
    "waiting": N_("not sent yet"),
    "kept": N_("not sent: messages are off"),
    "undelivered": N_("could not be delivered"),
}
OTHER_MESSAGE = N_("Message to the person")
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
    "check": (N_("Ask today how it goes"), N_("Ask by %(day)s how it goes")),
    "round_off": (N_("Round it off today"), N_("Round it off by %(day)s")),
}
# Somebody without a phone is not called, so the same step says something else.
CALLS = ("call", "call_again")
CALL_WORDS: Mapping[str, tuple[str, str]] = {
    "mail": (N_("Write today"), N_("Write by %(day)s")),
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
