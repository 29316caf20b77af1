"""The desk: who waits on me today, and everything about one person."""

from flask import Blueprint

from portal.clock import amsterdam_day
from portal.web.frame import frame_here, home_path
from portal.web.login import speak_to_staff

bp = Blueprint("desk", __name__)
speak_to_staff(bp)
bp.record_once(
    lambda setup: setup.app.jinja_env.globals.update(frame_here=frame_here, home_path=home_path)
)
bp.add_app_template_filter(amsterdam_day, "local_day")

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
    "team",
    "team_member",
    "team_switch",
    "undelivered",
]
