"""Who is signed in, through Flask-Login: a loader, an idle limit, nothing on tenant pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TypeGuard, cast
from uuid import UUID

from flask import Blueprint, Flask, Response, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin
from flask_login import current_user as flask_user

from portal.accounts.identity import Identity, Right, load_identity
from portal.accounts.sign_in import find_sign_in
from portal.i18n import STAFF_LOCALES
from portal.i18n.translate import set_locale
from portal.web.state import now
from portal.web.transaction import reading

IDLE = timedelta(minutes=60)
# A registrar's tablet is shared and stands on a counter.
IDLE_SHARED = timedelta(minutes=10)


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]  # the library ships no types
    """What Flask-Login keeps: the identity, its session, and the token in the cookie."""

    identity: Identity
    sign_in_id: UUID
    token: str

    def get_id(self) -> str:
        """Return what the cookie holds."""
        return self.token


class NoRemembering(LoginManager):  # type: ignore[misc]  # the library ships no types
    """Flask-Login without its remember cookie: looking for it would vary tenants' pages."""

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


def current_identity() -> Identity:
    """Return who is signed in; call it only behind `needs`."""
    return cast(SignedIn, flask_user).identity


def current_sign_in_id() -> UUID:
    """Return the session this request belongs to."""
    return cast(SignedIn, flask_user).sign_in_id


def init_login(app: Flask) -> None:
    """Load the account of a session cookie, only for pages that ask who is there."""
    manager = NoRemembering()
    # An address changes on a phone; the idle limit and the list of sessions do the work.
    manager.session_protection = None
    # The context processor would read the session for tenants too, and so vary their pages.
    manager.init_app(app, add_context_processor=False)
    manager.user_loader(load_signed_in)
    manager.unauthorized_handler(ask_to_sign_in)
    app.jinja_env.globals.update(me=current_identity, Right=Right)


def load_signed_in(token: str) -> SignedIn | None:
    """Find the account behind a token, unless it sat idle too long."""
    with reading() as db:
        sign_in = find_sign_in(db, token, now=now())
        identity = load_identity(db, sign_in.account_id) if sign_in else None
    if sign_in is None or identity is None:
        return None
    if _idle_too_long(identity):
        g.sat_idle = identity.account_id
        return None
    session["seen"] = int(now().timestamp())
    set_locale(identity.locale)
    return SignedIn(identity, sign_in.id, token)


def sat_idle() -> UUID | None:
    """Return whose session this request still carries, though it sat idle too long."""
    found: UUID | None = g.get("sat_idle")
    return found


def _idle_too_long(identity: Identity) -> bool:
    # The time is kept in the signed cookie, so that looking at a page writes nothing.
    limit = IDLE_SHARED if identity.may(Right.REGISTER) else IDLE
    idle = now().timestamp() - session.get("seen", 0)
    return bool(idle > limit.total_seconds())


class SignInFirstError(Exception):
    """Somebody sent a form whose session had ended; the desk keeps what they typed."""


def ask_to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page, and afterwards back to the page that was asked for.

    Raises:
        SignInFirstError: a form was sent, and its text must not be lost.
    """
    if request.method == "POST":
        raise SignInFirstError
    session["next"] = request.path
    return redirect(url_for("desk.sign_in"), code=303)


def begin_session(token: str) -> str | None:
    """Make this browser the one that holds `token`; return the page that was asked for before.

    Everything the cookie held is dropped, so that nobody can have planted a session in it.
    """
    asked_for = session.get("next")
    session.clear()
    g.pop("csrf_token", None)  # Flask-WTF keeps the one of the session that is gone.
    session["_user_id"] = token  # Where Flask-Login looks for it.
    session["seen"] = int(now().timestamp())
    return asked_for if is_own_path(asked_for) else None


def end_session() -> None:
    """Let this browser hold nothing any more."""
    session.clear()


def is_own_path(path: object) -> TypeGuard[str]:
    """Whether this is a path on this portal, so that nobody is led elsewhere after signing in."""
    if not isinstance(path, str) or not path.startswith("/") or path.startswith(("//", "/\\")):
        return False
    return all(each.isprintable() for each in path)


def speak_to_staff(bp: Blueprint) -> None:
    """Write the pages of `bp` in a language staff work in; the account's own once it is known."""

    @bp.before_request
    def choose() -> None:
        set_locale(staff_locale())


def staff_locale() -> str:
    """Return the language of staff that this browser likes best, Dutch if neither."""
    return request.accept_languages.best_match(STAFF_LOCALES) or "nl"
