"""Codes of a referral in the words of whoever was asked. Tables hold sentences to translate."""

from __future__ import annotations

from collections.abc import Mapping

from portal.web.staff_words import (
    N_,
    OUTCOME_WORDS,
    REFERRAL_OUTCOME_WORDS,
    RESULT_DONE,
    RESULT_ICONS,
    RESULT_WORDS,
    TWO_ANSWERS,
)

__all__ = [
    "OUTCOME_WORDS",
    "REFERRAL_OUTCOME_WORDS",
    "RESULT_DONE",
    "RESULT_ICONS",
    "RESULT_WORDS",
]

STATE_WORDS: Mapping[str, str] = {
    "requested": N_("waits for your answer"),
    "accepted": N_("taken up"),
    "in_progress": N_("in progress"),
    "on_hold": N_("rests"),
    "completed": N_("completed"),
    "rejected": N_("not with you"),
    "failed": N_("could not go on"),
    "cancelled": N_("ended"),
}
DECLINE_WORDS: Mapping[str, str] = {
    "full": N_("We have no place right now"),
    "not_our_work": N_("This is not what we do"),
    "elsewhere": N_("Another organisation fits better"),
    "language": N_("We do not speak the language"),
    "unclear": N_("It is not clear to us what is asked"),
    "stopped_offering": N_("We do not offer this any more"),
    "other": N_("Something else: please call us"),
}
FAIL_WORDS: Mapping[str, str] = {
    "not_reached": N_("We could not reach them"),
    "stopped": N_("They do not want to go on"),
    "moved": N_("They moved away"),
    "help_first": N_("They need other help first"),
    "nothing_fitting": N_("We have nothing that fits"),
    "language": N_("We do not speak the language"),
    "full": N_("We have no place right now"),
    "stopped_offering": N_("We do not offer this any more"),
    "other": N_("Something else: please call us"),
}
RETRACT_WORDS: Mapping[str, str] = {
    "by_mistake": N_("It was sent to you by mistake"),
    "other_partner": N_("Another organisation does it"),
    "said_no": N_("They would rather not"),
    "no_answer": N_("There was no answer"),
    "switched_off": N_("You take nobody up at the moment"),
    "other_wish": N_("They want something else now"),
}
# What the owner does after a "no", so that whoever says it knows that it helps.
NEXT_WORDS: Mapping[str, str] = {
    "choose_partner": N_("%(owner)s looks for another place for %(name)s."),
    "call": N_("%(owner)s calls %(name)s."),
    "call_partner": N_("%(owner)s calls you about it."),
    "find_number": N_("%(owner)s looks for another way to reach %(name)s."),
    "find_interpreter": N_("%(owner)s looks for somebody who speaks the language."),
    "explain_more": N_("%(owner)s finds out more, and may ask you again."),
}
DONE_WORDS: Mapping[str, str] = {
    "accept": N_("Thank you! Below you see how to reach %(name)s."),
    "taken_over": N_("Thank you! %(name)s is with you from now on."),
    "decline": N_("Thank you for telling us. You need not do anything more."),
    "undo": N_("It is undone. %(owner)s waits for your answer again."),
    "contact_made": N_("Good! %(owner)s sees that you have met."),
    "hold": N_("It rests. Nobody asks you about it until then."),
    "resume": N_("Good, you go on with it."),
    "complete": N_("Well done, and thank you! %(owner)s rounds it off with %(name)s."),
    "fail": N_("Thank you for telling us. %(name)s is with %(owner)s again."),
    "report": N_("Your line is kept. %(owner)s and %(name)s can read it."),
    "all": N_("A mail with the link is on its way to the address that we have of you."),
    "already": N_("That was said already. Nothing changed."),
}
REFUSED_WORDS: Mapping[str, str] = {
    "wrong_reason": N_("Choose why. Then %(owner)s knows what to do next."),
    "wrong_outcome": N_("Choose what came of it."),
    "too_late_to_undo": N_("That was more than 24 hours ago. Was it a mistake? Call %(owner)s."),
    "undone_too_often": N_("It was undone twice already. Was it a mistake? Call %(owner)s."),
    "no_contact_yet": N_("First note below that you spoke to each other."),
    "not_met_yet": N_("Choose the day on which you met %(name)s: today, or before."),
    "no_day": N_("Choose a day."),
    "wrong_day": N_("Choose a day after today, at most 3 months from now."),
    "not_a_colleague": N_("Choose somebody who works with you."),
    "nobody_signs_in": N_("First one of you needs an account, to see %(name)s. Call %(owner)s."),
    "no_result": N_("Choose how it went."),
    "two_answers": TWO_ANSWERS,
    "empty_note": N_("Write something first."),
    "long_note": N_("This is too long. Use at most 2000 signs."),
    "bsn": N_(
        "Some digits look like a BSN. We never keep one. Is it a case number? "
        "Put a letter in front. A phone number? Begin with 0 or +31."
    ),
    "moved": N_("That cannot be done any more. Below you see how it stands."),
    "not_tried_enough": N_("It is a little early to say “not reached”. Still needed: %(missing)s."),
}
EVENT_WORDS: Mapping[str, str] = {
    "send": N_("Asked you"),
    "accept": N_("Taken up"),
    "decline": N_("Not us: %(reason)s"),
    "undo": N_("“We take this up” was undone"),
    "contact_made": N_("You have met"),
    "hold": N_("Rests until %(until)s"),
    "resume": N_("Goes on"),
    "complete": N_("Completed: %(outcome)s"),
    "fail": N_("Cannot go on: %(reason)s"),
    "lapse": N_("No answer came in time"),
    "retract": N_("Took it back: %(reason)s"),
    "withdraw": N_("Does not want to go on"),
    "remind": N_("Reminder sent"),
    "introduce": N_("Introduction on %(on)s"),
}
# The portal's own events on the way: they change what is stored, and nothing anybody decided.
SILENT_EVENTS = frozenset(
    {"remind", "ask_contacted", "contacted", "not_contacted", "lead", "lead_passed"}
)


def reason_words(event: str) -> Mapping[str, str]:
    """Return the words for the reasons of an event."""
    return {"decline": DECLINE_WORDS, "fail": FAIL_WORDS, "retract": RETRACT_WORDS}.get(event, {})
