"""Why an act on somebody's case does not go through: the base, and what several rooms refuse.

Doors turn each into a sentence.
"""

from __future__ import annotations


class RefusedError(Exception):
    """The base of every refusal by a room. `code` is what a door looks up."""

    code = "refused"


class NoConsentError(RefusedError):
    """The person has not agreed, or not any more, that this organisation calls them."""

    code = "no_consent"


class WrongDayError(RefusedError):
    """The day lies in the past, or further away than three months."""

    code = "wrong_day"


class HoldsBsnError(RefusedError):
    """Some digits in a note may be a BSN, which we never keep (rule 1)."""

    code = "bsn"


class EmptyNoteError(RefusedError):
    """There is nothing to read in this note."""

    code = "empty_note"


class LongNoteError(RefusedError):
    """The note is longer than a note may be."""

    code = "long_note"


class CaseIsClosedError(RefusedError):
    """Nothing happens to a closed case but opening it again."""

    code = "closed"


class NotAColleagueError(RefusedError):
    """The contact works elsewhere, is switched off, or handles rent."""

    code = "not_a_colleague"


class TriedTooLittleError(RefusedError):
    """To say "not reached" takes more attempts (`followup.due.missing_tries`)."""

    code = "not_tried_enough"
