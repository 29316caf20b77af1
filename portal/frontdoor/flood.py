"""How many registrations come from one address, and how many go to one phone number or mailbox.

Somebody who fills in a stranger's number must not make us call or write them all day. Only what
was really stored counts, and a repeat of it does not.
"""

from __future__ import annotations

from portal.registration.answers import Answers
from portal.web.errors import TryLaterError
from portal.web.limits import (
    SENDS,
    SENDS_TO_ONE,
    refuse_spent,
    refuse_spent_for,
    spend,
    spend_for,
)
from portal.web.state import portal

PURPOSE = "flood"
Recipients = tuple[str, ...]


def recipients_of(answers: Answers) -> Recipients:
    """Return number and mail address as digests, so that no list of people waits in memory."""
    vault = portal().vault
    ways = (answers.phone, answers.email and answers.email.casefold())
    return tuple(vault.digest(PURPOSE, way).hex() for way in ways if way)


def is_busy(recipients: Recipients) -> bool:
    """Whether so much came from this address, or for one of these, that this must wait."""
    try:
        refuse_spent(SENDS)
        for each in recipients:
            refuse_spent_for(SENDS_TO_ONE, each)
    except TryLaterError:
        return True
    return False


def count_sent(recipients: Recipients) -> None:
    """Count one registration that was stored."""
    spend(SENDS)
    for each in recipients:
        spend_for(SENDS_TO_ONE, each)
