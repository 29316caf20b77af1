"""A person's own page, opened by code or by private link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.catalogue.drop_by import drop_by_at
from portal.catalogue.place import Place, place_of
from portal.catalogue.snapshot import Snapshot
from portal.followup.record import attempts_of
from portal.frontdoor import bp
from portal.frontdoor.agreed import helping
from portal.frontdoor.happened import answer_by, happened
from portal.frontdoor.own import own_of
from portal.frontdoor.waiting import waiting_for
from portal.i18n import current_locale
from portal.referral.standing import partners_of
from portal.registration.fallback import fallback_of
from portal.registration.models import Registration
from portal.registration.queries import by_code, by_link, first_owner_of, reference_of, way_of
from portal.registration.reading import Problem, asked_twice
from portal.registration.reference import code_shown
from portal.registration.standing import Partner, standing_of
from portal.web.catalogue import catalogue
from portal.web.errors import TryLaterError
from portal.web.limits import CODE_GUESSES, count_try, refuse_spent
from portal.web.problems import sentence
from portal.web.state import now
from portal.web.transaction import reading

# On this page somebody may leave several things untold.
SEVERAL = frozenset({"without"})


class TwoAnswersError(Exception):
    """A field of a form on this page came with two different answers."""


class NotOpenedError(Exception):
    """No registration has this code or link, or too many were tried from this address.

    `typed` is the code that was tried; `problem` is a word of `ask`.
    """

    def __init__(self, typed: str = "", *, problem: str = "unknown", status: int = 404) -> None:
        super().__init__(problem)
        self.typed, self.problem, self.status = typed, problem, status


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
        NotOpenedError: there is none, or too many wrong codes came from this address.
    """
    return _open(db, locale, code, token, lock=False)


def open_for_change(db: Session, locale: str, *, code: str = "", token: str = "") -> Opened:
    """As `open_page`, for whoever changes it: two at once come one after the other.

    Raises also `TwoAnswersError`, so that no form of this page can take the first of two.
    """
    opened = _open(db, locale, code, token, lock=True)
    if asked_twice(request.form.to_dict(flat=False), SEVERAL):
        raise TwoAnswersError
    return opened


def _open(db: Session, locale: str, code: str, token: str, *, lock: bool) -> Opened:
    if token:
        if registration := by_link(db, token, lock=lock):
            return Opened(registration, f"/{locale}/mine/{token}", mine=True)
        raise NotOpenedError(problem="link")
    try:
        refuse_spent(CODE_GUESSES)
    except TryLaterError as error:
        raise NotOpenedError(code, problem="later", status=429) from error
    if registration := by_code(db, code, lock=lock):
        # However it was typed, the page has one address: that of the code on the receipt.
        code = code_shown(reference_of(db, registration).code)
        return Opened(registration, f"/{locale}/status/{code}", mine=False)
    count_try(CODE_GUESSES)
    raise NotOpenedError(code)


def ask(locale: str, *, problem: str = "", typed: str = "", place: Place | None = None) -> str:
    """Write the page that asks for a code.

    `problem` is "short", "two", "unknown", "later", "late" or "link".
    `place` is where the registration belongs, when that is known.
    """
    return render_template(
        "frontdoor/code.html",
        action=f"/{locale}/status",
        problem=problem,
        typed=typed,
        # Whoever typed a line has it still, on a page that cannot take it.
        line=request.form.get("text", ""),
        place=place,
    )


@bp.errorhandler(TwoAnswersError)
def two_answers(_error: Exception) -> ResponseReturnValue:
    """Show the page with what was typed, and ask for one answer."""
    typed = request.form.to_dict() | dict.fromkeys(request.form.getlist("without"), "left out")
    with reading() as db:
        opened = open_page(db, **(request.view_args or {}))
        is_open = opened.registration.state != "closed"
        # What travels unseen has no place of its own, and who is closed has no field left.
        fields = {"text", "phone"} & set(typed) if is_open else set()
        errors = {each: sentence(Problem(each, "two")) for each in fields or ("main",)}
        return show_page(db, opened, errors=errors, typed=typed, may_insist="insist" in typed), 422


@bp.errorhandler(NotOpenedError)
def not_opened(error: NotOpenedError) -> ResponseReturnValue:
    """Say kindly why the page does not open, and ask again."""
    return ask(current_locale(), problem=error.problem, typed=error.typed), error.status


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
    known, registration = catalogue(db), opened.registration
    partners = partners_of(db, registration, now())
    about = _about(db, registration, known, partners)
    return render_template(
        "frontdoor/page.html",
        **about | (_named(about, known) if opened.mine else _unnamed(db, registration)),
        home=opened.home,
        waiting=waiting_for(db, registration, known),
        own=own_of(db, registration, known, partners, now()) if opened.mine else None,
        notice=notice,
        errors=errors or {},
        typed=typed or {},
        may_insist=may_insist,
    )


def _about(
    db: Session, registration: Registration, known: Snapshot, partners: Sequence[Partner]
) -> dict[str, Any]:
    """What everybody may know who has the code, but for the names of organisations."""
    attempts = attempts_of(db, registration)
    results = tuple(each.result for each in attempts)
    contact = known.contacts[registration.contact_id]
    return {
        "registration": registration,
        "standing": standing_of(registration, results, now(), partners),
        "happened": happened(db, registration, attempts),
        "answer_by": answer_by(db, registration, now()),
        "contact": contact,
        "drop_by": drop_by_at(known, registration.drop_by_id, contact, locale=current_locale()),
        "organization": known.organizations[registration.owner_id],
        # Nobody, when who was named to take over is not there any more.
        "fallback": fallback_of(db, registration),
        "place": place_at(known, registration),
        "way": way_of(registration),
    }


def _named(about: Mapping[str, Any], known: Snapshot) -> dict[str, object]:
    """Who helps, by name: for the person themselves."""
    partner = about["standing"].partner
    return {"helping": helping(partner, known) if partner else None}


def _unnamed(db: Session, registration: Registration) -> dict[str, object]:
    """What a code hides: an organisation that was not on the receipt beside it.

    Whoever finds a code, or is shown one, may be a neighbour, a partner or an employer. The name of
    an organisation can tell what somebody needs help with, such as debts or care. The owner named
    on the receipt stays: the paper with the code says it anyway.
    """
    if first_owner_of(db, registration) == registration.owner_id:
        return {"helping": None}
    return {"helping": None, "organization": None}


def place_at(known: Snapshot, registration: Registration) -> Place:
    """Return the neighbourhood a registration belongs to: its phone, its places to walk in."""
    programme = known.programmes[registration.programme_id]
    return place_of(known, programme, locale=current_locale(), digits=registration.digits)
