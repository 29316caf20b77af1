"""Why an act on a case does not go through. Doors turn each into a sentence."""

from __future__ import annotations

from portal.registration.refusals import RefusedError


class OpenReferralError(RefusedError):
    """Another organisation has this person's case in hand."""

    code = "open_referral"


class NoSeatError(RefusedError):
    """Whoever wants to take it over is not one of the contacts of this organisation."""

    code = "no_seat"


class AlreadyTheirsError(RefusedError):
    """This contact has the case already."""

    code = "already_theirs"
