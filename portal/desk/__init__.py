"""The desk: who waits on me today, and everything about one person."""

from flask import Blueprint

from portal.web.login import speak_to_staff

bp = Blueprint("desk", __name__)
speak_to_staff(bp)

# The views hang themselves on the blueprint, so they are imported once it is there.
from portal.desk import (  # noqa: E402
    again,
    case,
    consents,
    coverage,
    ending,
    errors,
    find,
    following,
    handling,
    home,
    receiving,
    referring,
    referring_acts,
    sessions,
    sign_in,
    silences,
    team,
    team_member,
    team_switch,
    undelivered,
)

__all__ = [
    "again",
    "bp",
    "case",
    "consents",
    "coverage",
    "ending",
    "errors",
    "find",
    "following",
    "handling",
    "home",
    "receiving",
    "referring",
    "referring_acts",
    "sessions",
    "sign_in",
    "silences",
    "team",
    "team_member",
    "team_switch",
    "undelivered",
]
