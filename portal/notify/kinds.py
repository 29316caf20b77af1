"""Which messages there are: to whom, and how long they stay true. One row a kind.

A new kind is a row here and a template for each way in `templates/messages/<audience>/`, named
`<kind>.mail.txt` and `<kind>.sms.txt`. What a template may name is gathered by whoever knows the
case (`Gather`), from the codes in `data`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.notify.models import OutboxMessage

PERSON, STAFF = "person", "staff"
# The states of a registration in which somebody is expected to call.
CALLING = frozenset({"new", "picked_up", "referred", "active", "waiting"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message. To a person it is true in `states` of the registration, else not sent.

    No states: it is true in every state. `old_address`: it goes to the address it was written
    for, also when the person has another one now. Messages to staff always do.
    """

    audience: str
    states: frozenset[str] = frozenset()
    old_address: bool = False


KINDS: Mapping[str, Kind] = {
    # About the registration itself.
    "receipt": Kind(PERSON, CALLING),
    "other_contact": Kind(PERSON, CALLING | {"aftercare"}),
    "other_owner": Kind(PERSON, CALLING),
    "reopened": Kind(PERSON, CALLING),
    "settled": Kind(PERSON, frozenset({"aftercare"})),
    "closed": Kind(PERSON, frozenset({"closed"})),
    "phone_changed": Kind(PERSON, old_address=True),
    # Chosen by whoever works on the case.
    "tried_call": Kind(PERSON, CALLING | {"aftercare"}),
    "please_call": Kind(PERSON, CALLING | {"aftercare"}),
    "found_something": Kind(PERSON, CALLING | {"aftercare"}),
    # About a partner who is asked, or was.
    "consent_asked": Kind(PERSON, CALLING),
    "consent_noted": Kind(PERSON, CALLING),
    "partner_accepted": Kind(PERSON, CALLING),
    "partner_ended": Kind(PERSON, CALLING),
    "ask_contacted": Kind(PERSON, CALLING),
    # To the partner: a link, and nothing about anybody.
    "referral_sent": Kind(STAFF),
    "referral_reminder": Kind(STAFF),
    "referral_retracted": Kind(STAFF),
    "referral_lapsed": Kind(STAFF),
    "referral_withdrawn": Kind(STAFF),
    "referral_link": Kind(STAFF),
    "referral_list": Kind(STAFF),
    # To the owner, to whoever takes over, and to coordinators: never a name.
    "referral_done": Kind(STAFF),
    "referral_back": Kind(STAFF),
    "referral_taken_over": Kind(STAFF),
    "not_contacted": Kind(STAFF),
    "nobody_called": Kind(STAFF),
    "fallback_overdue": Kind(STAFF),
    "silence_ended": Kind(STAFF),
    "overdue_digest": Kind(STAFF),
    "people_came": Kind(STAFF),
    "all_full": Kind(STAFF),
}


class UnknownKindError(LookupError):
    """There is no such kind of message."""


def kind_of(name: str) -> Kind:
    """Return a kind; raises `UnknownKindError`."""
    try:
        return KINDS[name]
    except KeyError:
        raise UnknownKindError(name) from None


@dataclass(frozen=True, slots=True)
class Told:
    """What a message says right now: where it goes, and the words a template may name.

    `is_true`: it still is what it says. Stays out of `repr`, and so out of logs.
    """

    address: str
    words: Mapping[str, object]
    is_true: bool = True

    def __repr__(self) -> str:
        return "<Told>"


# Returns None when there is nobody to tell: the person, or that way to reach them, was erased.
Gather = Callable[[Session, OutboxMessage, datetime], Told | None]
