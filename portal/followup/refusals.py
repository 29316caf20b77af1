"""Why an act on a case does not go through. Doors turn each into a sentence."""

from __future__ import annotations


class RefusedError(Exception):
    """The base of every refusal by a room of this folder. `code` is what a door looks up."""

    code = "refused"


class CaseIsClosedError(RefusedError):
    """Nothing happens to a closed case but opening it again."""

    code = "closed"


class TriedTooLittleError(RefusedError):
    """To say "not reached" takes 3 attempts, on 2 days and in 2 parts of them, 1 in writing."""

    code = "not_tried_enough"


class OpenReferralError(RefusedError):
    """Another organisation has this person's case in hand."""

    code = "open_referral"


class NoConsentError(RefusedError):
    """The person has not agreed, or not any more, that this organisation calls them."""

    code = "no_consent"


class NotAColleagueError(RefusedError):
    """The contact works elsewhere, is switched off, or handles rent."""

    code = "not_a_colleague"


class NoSeatError(RefusedError):
    """Whoever wants to take it over is not one of the contacts of this organisation."""

    code = "no_seat"


class AlreadyTheirsError(RefusedError):
    """This contact has the case already."""

    code = "already_theirs"


class WrongDayError(RefusedError):
    """A wait ends on a day after today, and within three months."""

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
