"""Why an act on a case does not go through. Doors turn each into a sentence."""

from __future__ import annotations

from portal.registration.refusals import RefusedError


class OpenReferralError(RefusedError):
    """Another organisation has this person's case in hand."""

    code = "open_referral"


class NoSeatError(RefusedError):
    """Whoever wants to take it over is not one of the contacts of this organisation."""

    code = "no_seat"


class NotSpokenYetError(RefusedError):
    """Nobody has spoken to the person yet, so no day was agreed until which it could rest."""

    code = "not_spoken_yet"


class NobodyRegisteredThemError(RefusedError):
    """The person registered on their own, so nobody can pass anything on."""

    code = "nobody_registered"


class OpenPlaceError(RefusedError):
    """A place in the message is still open, such as the day it names."""

    code = "open_place"


class NoWayError(RefusedError):
    """The person gave no way to send them a message."""

    code = "no_way"


class PromiseTooLateError(RefusedError):
    """The day that the message names comes after the day of the next step."""

    code = "promise_too_late"


class NothingUndeliveredError(RefusedError):
    """There is no message here that could not be delivered, or somebody has seen to it."""

    code = "nothing_undelivered"


class AlreadyTheirsError(RefusedError):
    """This contact has the case already."""

    code = "already_theirs"


class AttemptStaysError(RefusedError):
    """An attempt is taken back by who wrote it down, soon, and before anything else happens."""

    code = "attempt_stays"


class SentAlreadyError(RefusedError):
    """The message that went with an attempt has left, so the attempt stays."""

    code = "sent_already"


class DayOutOfReachError(RefusedError):
    """The day for the next step is behind us, or later than an attempt may move it (rule 3)."""

    code = "day_out_of_reach"
