"""A person's own page, opened by code or by private link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.catalogue.place import place_of
from portal.catalogue.snapshot import Snapshot
from portal.followup.record import attempts_of
from portal.frontdoor import bp
from portal.frontdoor.own import own_of
from portal.i18n import current_locale
from portal.registration.models import Registration
from portal.registration.queries import by_code, by_link, way_of
from portal.registration.standing import standing_of
from portal.web.catalogue import catalogue
from portal.web.limits import CODE_GUESSES, count_try, refuse_spent
from portal.web.state import now


class NotOpenedError(Exception):
    """No registration has this code or link; `typed` is the code that was tried."""

    def __init__(self, typed: str = "") -> None:
        super().__init__("no registration has this code or link")
        self.typed = typed


@dataclass(frozen=True)
class Opened:
    """A registration, the address of its page here, and whether it was opened by private link."""

    registration: Registration
    home: str
    mine: bool


def open_page(db: Session, locale: str, *, code: str = "", token: str = "") -> Opened:
    """Load a registration by code or by private link, for looking only.

    Only wrong codes count as guesses, because many people may look from one address.

    Raises:
        NotOpenedError: there is none.
        TryLaterError: too many wrong codes came from this address.
    """
    return _open(db, locale, code, token, lock=False)


def open_for_change(db: Session, locale: str, *, code: str = "", token: str = "") -> Opened:
    """As `open_page`, for whoever changes it: two at once come one after the other."""
    return _open(db, locale, code, token, lock=True)


def _open(db: Session, locale: str, code: str, token: str, *, lock: bool) -> Opened:
    if token:
        if registration := by_link(db, token, lock=lock):
            return Opened(registration, f"/{locale}/mine/{token}", mine=True)
        raise NotOpenedError
    refuse_spent(CODE_GUESSES)
    if registration := by_code(db, code, lock=lock):
        return Opened(registration, f"/{locale}/status/{code}", mine=False)
    count_try(CODE_GUESSES)
    raise NotOpenedError(code)


def ask(locale: str, *, problem: str = "", typed: str = "") -> str:
    """Write the page that asks for a code; `problem` is "short", "unknown" or "late"."""
    action = f"/{locale}/status"
    return render_template("frontdoor/code.html", action=action, problem=problem, typed=typed)


@bp.errorhandler(NotOpenedError)
def not_opened(error: NotOpenedError) -> ResponseReturnValue:
    """Say kindly that we know no such code, and ask again."""
    return ask(current_locale(), problem="unknown", typed=error.typed), 404


def show_page(
    db: Session,
    opened: Opened,
    *,
    notice: str = "",
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    may_insist: bool = False,
) -> str:
    """Write the page: where it stands, whose move it is, and what this visitor may do.

    `notice` is a word for what was just done; `errors` and `typed` are by field; `may_insist` asks
    whether some digits are really no BSN.
    """
    known = catalogue(db)
    return render_template(
        "frontdoor/page.html",
        **_about(db, opened.registration, known),
        home=opened.home,
        own=own_of(db, opened.registration, known) if opened.mine else None,
        notice=notice,
        errors=errors or {},
        typed=typed or {},
        may_insist=may_insist,
    )


def _about(db: Session, registration: Registration, known: Snapshot) -> dict[str, object]:
    """What everybody with the code may know."""
    attempts = attempts_of(db, registration)
    fallback = known.contacts[registration.fallback_contact_id]
    programme = known.programmes[registration.programme_id]
    return {
        "registration": registration,
        "standing": standing_of(registration, tuple(each.result for each in attempts), now()),
        "attempts": attempts,
        "contact": known.contacts[registration.contact_id],
        "organization": known.organizations[registration.owner_id],
        "fallback": fallback,
        "place": place_of(known, programme, locale=current_locale(), digits=registration.digits),
        "way": way_of(registration),
    }
