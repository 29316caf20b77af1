"""Links that lead nowhere any more: each a page of its own, with what to do and a phone number."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.i18n import gettext as _
from portal.referral.refusals import (
    LinkCutOffError,
    LinkError,
    LinkExpiredError,
    LinkOverError,
    LinkRevokedError,
)
from portal.reply import bp
from portal.web.errors import TryLaterError


@dataclass(frozen=True, slots=True)
class Lost:
    """What such a page says. `fresh`: a fresh link can be asked for here."""

    status: int
    heading: str
    text: str
    todo: str
    fresh: bool = False


@bp.get("/")
def nothing() -> ResponseReturnValue:
    """Say that a link stops here: a mail program cut it off."""
    return _page(_lost(LinkCutOffError()))


@bp.errorhandler(LinkError)
def lost(error: LinkError) -> ResponseReturnValue:
    """Say what is wrong with a link."""
    return _page(_lost(error))


@bp.errorhandler(TryLaterError)
def too_often(_error: TryLaterError) -> ResponseReturnValue:
    """Say that it was a bit much."""
    text = _("There were many tries from your address in a short time.")
    return _page(Lost(429, _("Please wait a moment"), text, _("Try again in an hour. Or call us.")))


@bp.errorhandler(403)
def from_elsewhere(_error: Exception) -> ResponseReturnValue:
    """Say that a form came from another site."""
    text = _("Nothing was changed.")
    todo = _("Open the link in the mail again, and press the button there.")
    return _page(Lost(403, _("This did not come from our page"), text, todo))


def _page(what: Lost) -> ResponseReturnValue:
    token = (request.view_args or {}).get("token", "")
    on_its_way = what.fresh and request.args.get("done") == "fresh"
    page = render_template("reply/lost.html", lost=what, token=token, on_its_way=on_its_way)
    return page, what.status


def _lost(error: LinkError) -> Lost:
    match error:
        case LinkCutOffError():
            return Lost(
                404,
                _("This link is not whole"),
                _("Mail programs sometimes cut a link in two."),
                _("Open the mail again and copy the whole link, up to the last sign."),
            )
        case LinkExpiredError():
            return Lost(
                410,
                _("This link is too old"),
                _("A link works for 30 days. Nothing is lost."),
                _("We can mail you a fresh one, to the address that we have of you."),
                fresh=True,
            )
        case LinkRevokedError():
            return Lost(
                410,
                _("This person no longer wants you to be told about them"),
                _("So we show you nothing any more. That is no judgement of you."),
                _("Please do not call them, and throw away what you wrote down."),
            )
        case LinkOverError():
            return Lost(
                410,
                _("This was rounded off more than 30 days ago"),
                _("You do not see anything about the person any more."),
                _("You need not do anything. Thank you for your work."),
            )
    return Lost(
        404,
        _("We do not know this link"),
        _("Perhaps it changed on the way."),
        _("Open the newest mail from us and follow the link in it."),
    )
