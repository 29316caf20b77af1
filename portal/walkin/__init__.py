"""The walk-in door: a registrar fills in the same questions with somebody."""

from flask import Blueprint

from portal.web.login import speak_to_staff

bp = Blueprint("walkin", __name__, url_prefix="/walkin")
speak_to_staff(bp)

# The views hang themselves on the blueprint, so they are imported once it is there.
from portal.walkin import asking, checking, mine, receipt, sending  # noqa: E402

__all__ = ["asking", "bp", "checking", "mine", "receipt", "sending"]
