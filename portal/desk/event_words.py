"""What happened to somebody, and what was sent, in the words of the desk.

`N_` marks a sentence; whoever shows it translates it.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.web.staff_words import N_

EVENT_WORDS: Mapping[str, str] = {
    "submit": N_("Registered"),
    "pick_up": N_("Picked up"),
    "put_back": N_("Not picked up after all"),
    "attempt_undone": N_("“%(result)s” was a mistake, and is undone"),
    "refer": N_("Asked %(organization)s"),
    "start": N_("Has started"),
    "wait": N_("Waits until %(until)s"),
    "resume": N_("Taken up again"),
    "came_back": N_("Came back: no partner has it in hand"),
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
    "other_fallback": N_("If nobody calls, %(to)s takes over instead of %(from)s"),
    "link_shown": N_("Got the slip with the code and the link"),
    "undelivered_seen": N_("Saw to a message that could not be delivered"),
    "fallback_told": N_("Too late: we passed it on to whoever takes over"),
    "keep_asked": N_("No contact for a year: somebody asks if we keep this"),
    "words_erased": N_("Notes and answers were erased, as promised"),
}
# Said by the person, whoever wrote it down.
SAID_BY_PERSON = frozenset({"consent_given", "consent_refused", "consent_revoked"})
# A reason, an outcome or a day is added by whoever tells it.
REFERRAL_EVENT_WORDS: Mapping[str, str] = {
    "send": N_("Asked %(organization)s"),
    "accept": N_("%(organization)s takes it up"),
    "decline": N_("%(organization)s said no: %(reason)s"),
    "lapse": N_("%(organization)s did not answer in time"),
    "retract": N_("Taken back from %(organization)s: %(reason)s"),
    "withdraw": N_("Does not want %(organization)s any more"),
    "contact_made": N_("%(organization)s has met them"),
    "hold": N_("Rests at %(organization)s until %(until)s"),
    "resume": N_("%(organization)s goes on with it"),
    "complete": N_("%(organization)s is done: %(outcome)s"),
    "fail": N_("%(organization)s could not go on: %(reason)s"),
    "undo": N_("%(organization)s took its yes back"),
    "attempt": N_("%(organization)s: %(result)s"),
    "introduce": N_("Introduction at %(organization)s on %(on)s"),
    "lead": N_("%(organization)s keeps it together"),
    "lead_passed": N_("%(organization)s does not keep it together any more"),
    "report": N_("%(organization)s told how it goes"),
    "told": N_("%(organization)s said on the phone"),
    "remind": N_("%(organization)s was reminded"),
    "ask_contacted": N_("Was asked if %(organization)s made contact"),
    "contacted": N_("Says: %(organization)s made contact"),
    "not_contacted": N_("Says: %(organization)s did not make contact"),
    "other_contact": N_("At %(organization)s, %(to)s has it now instead of %(from)s"),
}
OTHER_EVENT = N_("Something changed")
MESSAGE_WORDS: Mapping[str, str] = {
    "receipt": N_("Message: “we have your registration”"),
    "other_contact": N_("Message: “somebody else calls you”"),
    "other_owner": N_("Message: “another organisation calls you”"),
    "settled": N_("Message: “we will ask how it goes”"),
    "closed": N_("Message: “it is closed”"),
    "reopened": N_("Message: “we will call you again”"),
    "nobody_called": N_("Message to who takes over: “nobody called”"),
    "phone_changed": N_("Message to the old number: “there is a new one”"),
    "tried_call": N_("Message: “we could not reach you”"),
    "please_call": N_("Message: “please call”"),
    "found_something": N_("Message: “we found something”"),
    "consent_asked": N_("Message: “a question about %(organization)s”"),
    "consent_noted": N_("Message: “we wrote down your yes to %(organization)s”"),
    "partner_accepted": N_("Message: “%(organization)s will make contact”"),
    "partner_ended": N_("Message: “at %(organization)s it does not go on”"),
    "ask_contacted": N_("Message: “did %(organization)s make contact?”"),
    "referral_sent": N_("Message to %(organization)s: “a question for you”"),
    "referral_reminder": N_("Message to %(organization)s: “please answer”"),
    "referral_link": N_("Message to %(organization)s: “a fresh link”"),
    "referral_list": N_("Message to %(organization)s: “everything that waits”"),
    "referral_retracted": N_("Message to %(organization)s: “taken back”"),
    "referral_lapsed": N_("Message to %(organization)s: “too late to answer”"),
    "referral_withdrawn": N_("Message to %(organization)s: “the person said no”"),
    "referral_done": N_("Message to us: “%(organization)s is done”"),
    "referral_back": N_("Message to us: “it ended at %(organization)s”"),
    "referral_taken_over": N_("Message to us: “%(organization)s takes over”"),
    "not_contacted": N_("Message to us: “%(organization)s did not make contact”"),
    "fallback_overdue": N_("Message to who takes over: “nobody called in time”"),
    "silence_ended": N_("Message to who had it before: “somebody else calls”"),
    "overdue_digest": N_("Message to the coordinator: “who waits too long”"),
    "all_full": N_("Message to the coordinator: “everybody was full”"),
    "people_came": N_("Message to a colleague: “people came to them”"),
}
# What can be chosen to send, as whoever chooses it reads it.
CHOICE_WORDS: Mapping[str, str] = {
    "tried_call": N_("I could not reach you. I try again on … (day)"),
    "please_call": N_("Please call me on my number"),
    "found_something": N_("I found something. I call you on … (day)"),
}
# What has been sent needs no word.
MESSAGE_STATES: Mapping[str, str] = {
    "waiting": N_("not sent yet"),
    "kept": N_("not sent: messages are off"),
    "undelivered": N_("could not be delivered"),
    "dropped": N_("not sent: not true any more"),
    "seen_to": N_("could not be delivered; somebody saw to it"),
}
OTHER_MESSAGE = N_("Message to the person")
