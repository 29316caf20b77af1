"""Referrals in the words of the owner's desk. Reasons are said of the partner, who is named before.

`N_` marks a sentence; whoever shows it translates it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from portal.i18n import gettext as _
from portal.i18n.formats import short_date
from portal.web.staff_words import N_

STATE_WORDS: Mapping[str, str] = {
    "requested": N_("asked"),
    "accepted": N_("takes it up"),
    "rejected": N_("said no"),
    "in_progress": N_("at work with them"),
    "on_hold": N_("rests"),
    "completed": N_("done"),
    "failed": N_("could not go on"),
    "cancelled": N_("taken back"),
}
# How something ended says more than that it did.
ENDED_WORDS: Mapping[str, str] = {
    "lapsed": N_("did not answer"),
    "withdrawn": N_("the person said no"),
    "taken_over": N_("became the owner"),
}
# Whose move it is and by when; the second when that day has passed.
MOVE_WORDS: Mapping[str, tuple[str, str]] = {
    "requested": (N_("They answer by %(day)s."), N_("They should have answered by %(day)s.")),
    "accepted": (
        N_("They speak to %(name)s by %(day)s."),
        N_("They should have spoken to %(name)s by %(day)s."),
    ),
    "in_progress": (
        N_("They tell how it goes by %(day)s."),
        N_("They should have told how it goes by %(day)s."),
    ),
    "on_hold": (N_("They go on after %(day)s."), N_("They should have gone on after %(day)s.")),
}
DECLINE_WORDS: Mapping[str, str] = {
    "full": N_("they are full"),
    "not_our_work": N_("this is not their work"),
    "elsewhere": N_("another organisation fits better"),
    "language": N_("nobody there speaks the language"),
    "unclear": N_("it is not clear what is asked"),
    "stopped_offering": N_("they do not offer this any more"),
    "other": N_("another reason"),
}
FAIL_WORDS: Mapping[str, str] = {
    "not_reached": N_("they could not reach the person"),
    "stopped": N_("the person does not want to go on"),
    "moved": N_("the person moved away"),
    "help_first": N_("something else is needed first"),
    "nothing_fitting": N_("nothing fits there"),
    "language": N_("nobody there speaks the language"),
    "full": N_("they are full"),
    "stopped_offering": N_("they do not offer this any more"),
    "other": N_("another reason"),
}
RETRACT_WORDS: Mapping[str, str] = {
    "by_mistake": N_("it was asked by mistake"),
    "other_partner": N_("another partner takes it up"),
    "said_no": N_("the person said no"),
    "no_answer": N_("no answer came"),
    "other_wish": N_("the person wants something else now"),
    "switched_off": N_("the partner was switched off"),
}
# Switching off gives its own reason; nobody chooses it from a list.
RETRACT_ORDER = tuple(code for code in RETRACT_WORDS if code != "switched_off")
REASON_WORDS_OF: Mapping[str, Mapping[str, str]] = {
    "decline": DECLINE_WORDS,
    "fail": FAIL_WORDS,
    "retract": RETRACT_WORDS,
}
# What a partner can say on the phone, with which the owner acts in its place.
TOLD_WORDS: Mapping[str, str] = {
    "accept": N_("They take it up"),
    "decline": N_("They say no, because"),
    "contact_made": N_("They have met"),
    "hold": N_("It rests until the day below"),
    "resume": N_("They go on with it"),
    "complete": N_("They are done: it became"),
    "fail": N_("They cannot go on, because"),
    "undo": N_("Their yes was a mistake"),
}
SHARE_WORDS: Mapping[str, str] = {
    "wishes": N_("what they would like"),
    "likes": N_("what they like doing"),
    "practical": N_("practical things, such as children or travel"),
    "times": N_("when they have time"),
    "place": N_("the 4 numbers of the postcode"),
    "reach": N_("number or address, after “we take this up”"),
    "words": N_("a few words from you"),
    "case": N_("everything: the partner may become the owner"),
}
INTERPRETER_WORDS: Mapping[str, str] = {
    "nobody": N_("Nobody was needed"),
    "family": N_("Family or a friend"),
    "registrar": N_("I did, or a colleague"),
    "professional": N_("An interpreter"),
    "other": N_("Somebody else"),
}
REFERRAL_REFUSED_WORDS: Mapping[str, str] = {
    "not_yours": N_("This belongs to another organisation now."),
    "unmet_need": N_("Something is still missing. Look at what you filled in."),
    "wrong_reason": N_("Choose a reason."),
    "wrong_outcome": N_("Choose what it became."),
    "too_late_to_undo": N_("A yes can be taken back for 24 hours. Ask why they cannot go on."),
    "undone_too_often": N_("It was undone twice already. Ask why they cannot go on."),
    "no_contact_yet": N_("First they meet. For a warm handover: fill in the day of introduction."),
    "not_passed_yet": N_("The day has not passed yet."),
    "not_taking_referrals": N_("Nobody there takes people up right now. Choose another partner."),
    "own_organization": N_("This is your own organisation. Hand it to a colleague instead."),
    "nobody_signs_in": N_(
        "Nobody there has an account, so nobody would see the case. Ask them to help instead."
    ),
    "wrong_service": N_("They do not offer this any more. Choose something else."),
    "already_asked": N_("You asked them this already, and the answer is still open."),
    "not_agreed": N_("The person agreed to less than this. Ask them again, or leave it out."),
    "unknown_share": N_("Choose again what may be told."),
    "nobody_said_it": N_("Write down who said it."),
    "answered_already": N_("This was answered already."),
    "happened_meanwhile": N_("This has changed in the meantime. Look at what happened."),
    "no_partner_consent": N_(
        "The person has not agreed that this partner is told. Ask them first."
    ),
    "no_day": N_("Choose a day."),
    "not_met_yet": N_("Fill in the day on which you introduced them: today, or before."),
    "no_result": N_("Choose how it went."),
    "not_said": N_("Read it aloud first. Then tick that they said yes."),
}


def move_words(state: str, name: str, day: date, *, late: bool) -> str:
    """Say whose move it is and by when: "They answer by Fri 20 Nov."."""
    return _(MOVE_WORDS[state][late]) % {"name": name, "day": short_date(day)}
