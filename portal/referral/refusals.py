"""Why an act on a referral does not go through. Doors turn each into a sentence."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from portal.registration.refusals import RefusedError


class NotYoursError(RefusedError):
    """Whoever wants to do this belongs to another organisation."""

    code = "not_yours"


class UnmetNeedError(RefusedError):
    """What the table asks before this event was not there; `need` says what."""

    code = "unmet_need"

    def __init__(self, need: str) -> None:
        super().__init__(need)
        self.need = need


class WrongReasonError(RefusedError):
    """No reason was given, or one that this event does not have."""

    code = "wrong_reason"


class WrongOutcomeError(RefusedError):
    """No outcome was given, or one that there is not."""

    code = "wrong_outcome"


class TooLateToUndoError(RefusedError):
    """More than 24 hours have passed since "we take this up"."""

    code = "too_late_to_undo"


class UndoneTooOftenError(RefusedError):
    """The yes was undone twice before."""

    code = "undone_too_often"


class NoContactYetError(RefusedError):
    """Nobody has reached the person yet, or nobody was introduced."""

    code = "no_contact_yet"


class NotPassedYetError(RefusedError):
    """The day until which it rests, or may be answered, has not passed."""

    code = "not_passed_yet"


class NotTakingReferralsError(RefusedError):
    """The organisation is switched off, or nobody there takes people up."""

    code = "not_taking_referrals"


class OwnOrganizationError(RefusedError):
    """An owner does not refer to itself: that is handing over."""

    code = "own_organization"


class NobodySignsInError(RefusedError):
    """Nobody there can open a list, so whoever they took over would be seen by nobody (rule 3)."""

    code = "nobody_signs_in"


class WrongServiceError(RefusedError):
    """The service is switched off, or another organisation's."""

    code = "wrong_service"


class AlreadyAskedError(RefusedError):
    """The same was asked before, and the answer is still open."""

    code = "already_asked"


class NotAgreedError(RefusedError):
    """The person agreed to less than this would tell."""

    code = "not_agreed"


class UnknownShareError(RefusedError):
    """There is no such thing to share."""

    code = "unknown_share"


class NobodySaidItError(RefusedError):
    """Who of the partner said it is missing."""

    code = "nobody_said_it"


class AnsweredAlreadyError(RefusedError):
    """The person has answered this before, or was never asked."""

    code = "answered_already"


class HappenedMeanwhileError(RefusedError):
    """Somebody else was first: what they saw is no longer so. Carries codes, never a person.

    `event` is what happened last, `state` where it stands now, `at` when.
    """

    code = "happened_meanwhile"

    def __init__(self, event: str, state: str, at: datetime) -> None:
        super().__init__(f"{event} made it {state}")
        self.event, self.state, self.at = event, state, at


class LinkError(RefusedError):
    """The base of everything that can be wrong with a partner's link."""

    code = "link"


class LinkCutOffError(LinkError):
    """The link is not whole: a mail program broke it, or it was copied in part."""

    code = "link_cut_off"


class UnknownLinkError(LinkError):
    """There is no such link."""

    code = "link_unknown"


class LinkExpiredError(LinkError):
    """The link is too old. `link_id` tells which one, so that a fresh one can be sent."""

    code = "link_expired"

    def __init__(self, link_id: UUID) -> None:
        super().__init__(str(link_id))
        self.link_id = link_id


class LinkRevokedError(LinkError):
    """The person took their consent back."""

    code = "link_revoked"


class LinkOverError(LinkError):
    """What it led to ended more than 30 days ago."""

    code = "link_over"
