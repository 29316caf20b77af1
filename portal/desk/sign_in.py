"""Sign in and out. Unknown, wrong and switched off get the same words after the same work."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from limits import parse

from portal.accounts.authenticate import find_claim, proven
from portal.accounts.browser import browser_name
from portal.accounts.identity import Identity, load_identity
from portal.accounts.manage import email_digest
from portal.accounts.passwords import BusyError
from portal.accounts.sign_in import revoke_sign_in, start_sign_in
from portal.desk import bp
from portal.desk.again import send_again, unpack_kept
from portal.desk.forms import SignInForm
from portal.desk.words import N_
from portal.i18n.translate import set_locale
from portal.privacy.audit import Action, record
from portal.web.errors import TryLaterError
from portal.web.frame import home_path
from portal.web.limits import SIGN_INS, count_try, forget_tries, refuse_spent
from portal.web.login import begin_session, current_identity, current_sign_in_id, end_session
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import reading, transaction

# By address and account together: nobody can lock somebody else out from another address.
ACCOUNT_SIGN_INS = parse("8/10minutes")
WRONG = N_("This e-mail address and password do not belong together.")
LATER = N_("That was a bit much at once. Wait a few minutes and try again.")


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Ask who is there."""
    if current_user.is_authenticated:
        return redirect(home_path(), code=303)
    return render_template("staff/sign_in.html", form=SignInForm())


@bp.post("/sign-in")
def sign_in_now() -> ResponseReturnValue:
    """Let in who knows the password, to the page they asked for or with what they had typed."""
    form = SignInForm()
    kept = unpack_kept(form.kept.data)
    try:
        identity = _identify(form) if form.validate() else None
    except TryLaterError:
        # Here, not on a page of its own: what they wrote before is still kept.
        form.password.errors = [LATER]
        return render_template("staff/sign_in.html", form=form, kept=kept), 429
    if identity is None:
        return render_template("staff/sign_in.html", form=form, kept=kept), 422
    asked_for = _enter(identity)
    if kept and kept.account == str(identity.account_id):
        return send_again(kept)
    # The start knows who came in by the cookie that this answer sets.
    return redirect(asked_for or url_for(".start"), code=303)


@bp.get("/start")
@needs()
def start() -> ResponseReturnValue:
    """Lead to the page where somebody's work is; whoever has none here reads what they may do."""
    home = home_path()
    if home != url_for(".start"):
        return redirect(home, code=303)
    return render_template("staff/start.html")


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session, here and on record."""
    if current_user.is_authenticated:
        account_id, at = current_identity().account_id, now()
        with transaction() as db:
            revoke_sign_in(db, account_id, current_sign_in_id(), now=at)
            record(db, Action.SIGN_OUT, account_id=account_id, now=at)
    end_session()
    return redirect(url_for(".sign_in"), code=303)


def _identify(form: SignInForm) -> Identity | None:
    """Return who this is; None, with one sentence for every cause, when it is not proven."""
    # Only wrong ones count: a whole office may come in through one address at nine o'clock.
    refuse_spent(SIGN_INS)
    with reading() as db:
        digest, claim = email_digest(db, form.email.data), find_claim(db, form.email.data)
    count_try(ACCOUNT_SIGN_INS, digest.hex())
    try:
        account_id = proven(claim, form.password.data)
    except BusyError as error:
        raise TryLaterError from error
    if account_id is None:
        count_try(SIGN_INS)
        _write_failure(claim.account_id)
        form.password.errors = [WRONG]
        return None
    forget_tries(ACCOUNT_SIGN_INS, digest.hex())
    with reading() as db:
        return load_identity(db, account_id)


def _write_failure(account_id: UUID | None) -> None:
    # Written for somebody unknown too: leaving it out would answer a little sooner.
    with transaction() as db:
        record(db, Action.SIGN_IN_FAILED, account_id=account_id, now=now())


def _enter(identity: Identity) -> str | None:
    """Open a session; return the page that was asked for before."""
    browser, at = browser_name(request.headers.get("User-Agent", "")), now()
    with transaction() as db:
        token = start_sign_in(db, identity.account_id, browser=browser, now=at)
        record(db, Action.SIGN_IN, account_id=identity.account_id, now=at)
    set_locale(identity.locale)
    return begin_session(token)
