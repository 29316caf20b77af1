"""What people answer to an SMS. Only "stop" is heard, and nothing that was said is kept."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from portal.notify.silence import heed
from portal.registration.ways import BsnError, WrongPhoneError, read_phone
from portal.web.state import now, portal
from portal.web.transaction import transaction

bp = Blueprint("sms_inbox", __name__)


@bp.post("/sms/<token>")
def hear(token: str) -> ResponseReturnValue:
    """Take what a gateway posts, as a form or as JSON; the token in the address is its password.

    It exists only where SMS_INBOX_TOKEN is set. What cannot be read is 422, so that the gateway's
    own log shows it.
    """
    settings = portal().settings
    if not hmac.compare_digest(token.encode(), settings.sms_inbox_token.encode()):
        abort(404)
    said = request.get_json(silent=True)
    fields = said if isinstance(said, dict) else request.form
    number, text = (str(fields.get(name, "")) for name in settings.sms_inbox_fields)
    try:
        sender = read_phone(_international(number))
    except (WrongPhoneError, BsnError):
        return Response(status=422, mimetype="text/plain")
    with transaction() as db:
        heed(db, sender, text, now())
    return Response(status=204, mimetype="text/plain")


def _international(number: str) -> str:
    """Gateways write "31612345678" as well as "+31612345678"."""
    number = number.strip()
    return number if number.startswith(("+", "0")) else f"+{number}"
