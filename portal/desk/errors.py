"""Errors as the desk says them, with the way back to the list."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.desk import bp
from portal.i18n import gettext as _


@bp.errorhandler(403)
def not_yours(_error: Exception) -> ResponseReturnValue:
    """Say that somebody's roles do not reach this page."""
    heading = _("This page is not part of your work")
    return _page(heading, _("Do you need it? Ask your coordinator."), 403)


@bp.errorhandler(404)
def not_here(_error: Exception) -> ResponseReturnValue:
    """Say that it does not exist, which is also what somebody else's case looks like."""
    heading = _("We cannot find this")
    return _page(heading, _("It is not there, or it is with another organisation."), 404)


def _page(heading: str, text: str, status: int) -> ResponseReturnValue:
    return render_template("staff/error.html", heading=heading, text=text), status
