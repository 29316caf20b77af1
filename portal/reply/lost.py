"""Links that lead nowhere any more: each a page of its own, with what to do and a phone number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.referral.refusals import (
    LinkCutOffError,
    LinkError,
    LinkExpiredError,
    LinkOverError,
    LinkRevokedError,
)
from portal.reply import bp
from portal.web.errors import TryLaterError
from portal.web.staff_words import N_


@dataclass(frozen=True, slots=True)
class Lost:
    """What such a page says, in sentences to translate. `fresh`: a fresh link can be asked for."""

    status: int
    heading: str
    text: str
    todo: str
    fresh: bool = False


UNKNOWN = Lost(
    404,
    N_("We do not know this link"),
    N_("Perhaps it changed on the way."),
    N_("Open the newest mail from us and follow the link in it."),
)
LOST: Mapping[type[LinkError], Lost] = {
    LinkCutOffError: Lost(
        404,
        N_("This link is not whole"),
        N_("Mail programs sometimes cut a link in two."),
        N_("Open the mail again and copy the whole link, up to the last sign."),
    ),
    LinkExpiredError: Lost(
        410,
        N_("This link is too old"),
        N_("A link works for 30 days. Nothing is lost."),
        N_("We can mail you a fresh one, to the address that we have of you."),
        fresh=True,
    ),
    LinkRevokedError: Lost(
        410,
        N_("This person no longer wants you to be told about them"),
        N_("So we show you nothing any more. That is no judgement of you."),
        N_("Please do not call them, and throw away what you wrote down."),
    ),
    LinkOverError: Lost(
        410,
        N_("This was rounded off more than 30 days ago"),
        N_("You do not see anything about the person any more."),
        N_("You need not do anything. Thank you for your work."),
    ),
}
TOO_OFTEN = Lost(
    429,
    N_("Please wait a moment"),
    N_("There were many tries from your address in a short time."),
    N_("Try again in an hour. Or call us."),
)
ELSEWHERE = Lost(
    403,
    N_("This did not come from our page"),
    N_("Nothing was changed."),
    N_("Open the link in the mail again, and press the button there."),
)


@bp.get("/")
def nothing() -> ResponseReturnValue:
    """Say that a link stops here: a mail program cut it off."""
    return _page(LOST[LinkCutOffError])


@bp.errorhandler(LinkError)
def lost(error: LinkError) -> ResponseReturnValue:
    """Say what is wrong with a link."""
    return _page(LOST.get(type(error), UNKNOWN))


@bp.errorhandler(TryLaterError)
def too_often(_error: TryLaterError) -> ResponseReturnValue:
    """Say that it was a bit much."""
    return _page(TOO_OFTEN)


@bp.errorhandler(403)
def from_elsewhere(_error: Exception) -> ResponseReturnValue:
    """Say that a form came from another site."""
    return _page(ELSEWHERE)


def _page(what: Lost) -> ResponseReturnValue:
    token = (request.view_args or {}).get("token", "")
    on_its_way = what.fresh and request.args.get("done") == "fresh"
    page = render_template("reply/lost.html", lost=what, token=token, on_its_way=on_its_way)
    return page, what.status
