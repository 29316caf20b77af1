"""Why somebody is not switched off, or on. Doors turn each into a sentence."""

from __future__ import annotations

from portal.registration.refusals import RefusedError


class NobodyNamedError(RefusedError):
    """Nobody was named who takes over, and there is somebody to take over."""

    code = "nobody_named"


class AwayError(RefusedError):
    """Whoever should take over or stand in is away in that time."""

    code = "away"


class LastOneError(RefusedError):
    """Nobody else calls for this organisation: it is switched off as a whole, or not at all."""

    code = "last_one"


class StillNeededError(RefusedError):
    """A programme falls back on this organisation: another one is named first."""

    code = "still_needed"


class DoesNotFitError(RefusedError):
    """Whoever was named may not do that for the programme: off, about rent, or a landlord."""

    code = "does_not_fit"


class OffAlreadyError(RefusedError):
    """Somebody else was first: it is switched off, or on, already."""

    code = "off_already"


class ChangedMeanwhileError(RefusedError):
    """It is about other people than were shown: somebody came or went."""

    code = "changed_meanwhile"
