"""A form that came too late: its token was stale or its session over. What was typed is kept.

The text is never stored here. It travels in the page, sealed, so that nobody else at the same
screen can read it, and only what came from one of our own pages a moment ago can be sent again, by
the same person and by a press on a button.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from portal.desk import bp
from portal.desk.forms import SignInForm
from portal.i18n.translate import set_locale
from portal.privacy.encryption import SealBrokenError
from portal.web.errors import error_page
from portal.web.login import SignInFirstError, is_own_path, sat_idle, staff_locale
from portal.web.state import now, portal

KEPT_SECONDS = 3600
# What travels in a page stands in no row.
PLACE, NOWHERE = "page.kept", UUID(int=0)
# Never carried along: the old token, a password, and what was carried along before.
NOT_KEPT = frozenset({"csrf_token", "password", "kept"})
# Words that people write themselves; the rest are codes, which nobody needs to read again.
WRITTEN = ("text", "note", "words", "said_by", "first_name", "q")


@dataclass(frozen=True)
class Kept:
    """A form to be sent again: where to, and every field with its value."""

    path: str
    fields: tuple[tuple[str, str], ...]
    account: str = ""

    def __repr__(self) -> str:
        return "<Kept>"

    @property
    def written(self) -> list[str]:
        """Return the text somebody wrote, to be shown to whoever sends it."""
        return [value for name, value in self.fields if name in WRITTEN and value]


def keep_form() -> Kept | None:
    """Return the form of this request; None when another site may have sent it."""
    if not _came_from_us():
        return None
    fields = [pair for pair in request.form.items(multi=True) if pair[0] not in NOT_KEPT]
    return Kept(request.path, tuple(fields))


def _came_from_us() -> bool:
    # Unlike `web.origin`, silence is not enough: this page hands out a fresh token.
    ours = (request.host_url.rstrip("/"), portal().settings.base_url)
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    return site == "same-origin" if site else origin in ours


def pack_kept(kept: Kept) -> str:
    """Return the form as text for a hidden field."""
    content = [now().timestamp(), kept.account, kept.path, kept.fields]
    sealed = portal().vault.seal(PLACE, NOWHERE, json.dumps(content))
    return urlsafe_b64encode(sealed).decode()


def unpack_kept(text: str | None) -> Kept | None:
    """Read what `pack_kept` wrote within the last hour; None for anything else."""
    try:
        content = portal().vault.open(PLACE, NOWHERE, urlsafe_b64decode(text or ""))
    except (ValueError, IndexError, SealBrokenError):
        return None
    at, account, path, fields = json.loads(content)
    if now().timestamp() - at > KEPT_SECONDS or not is_own_path(path):
        return None
    return Kept(path, tuple((name, value) for name, value in fields), account)


def send_again(kept: Kept, status: int = 200) -> ResponseReturnValue:
    """Show what was kept, with one button that sends it with a fresh token."""
    return render_template("staff/again.html", kept=kept), status


@bp.app_errorhandler(CSRFError)
def stale_token(_error: CSRFError) -> ResponseReturnValue:
    """Give whoever sent a form with a stale token one button to go on."""
    kept = keep_form()
    if kept is None:
        return error_page(403)
    if request.endpoint == "desk.sign_in_now":
        set_locale(staff_locale())
        return render_template("staff/sign_in.html", form=SignInForm(), stale=True), 400
    if not current_user.is_authenticated:
        return _sign_in_first(kept)
    return send_again(kept, 400)


@bp.app_errorhandler(SignInFirstError)
def signed_out(_error: SignInFirstError) -> ResponseReturnValue:
    """Ask whoever sent a form after their session ended to sign in, and keep the form."""
    kept = keep_form()
    return _sign_in_first(kept) if kept else error_page(403)


def _sign_in_first(form_sent: Kept) -> ResponseReturnValue:
    set_locale(staff_locale())
    account = sat_idle()
    # Whose form it was is known only while their session is on record; nobody else may see it.
    kept = replace(form_sent, account=str(account)) if account else None
    form = SignInForm(formdata=None, kept=pack_kept(kept) if kept else "")
    lost = bool(form_sent.written) and kept is None
    return render_template("staff/sign_in.html", form=form, kept=kept, lost=lost), 403
