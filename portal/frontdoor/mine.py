"""The private link: another number, a copy, erase, and who may see it."""

from __future__ import annotations

import json

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from limits import parse
from sqlalchemy.orm import Session

from portal.catalogue.known import KnownOrganization
from portal.frontdoor import bp
from portal.frontdoor.page import Opened, open_for_change, open_page, place_at, show_page
from portal.frontdoor.status import BY_LINK, back_to, done
from portal.notify.kinds import PERSON, kind_of
from portal.privacy.copy import copy_of
from portal.referral.withdraw import withdraw_consent
from portal.registration.change import change_phone
from portal.registration.consent import give
from portal.registration.erase import erase
from portal.registration.models import Registration
from portal.registration.reading import Problem
from portal.registration.ways import BsnError, WrongPhoneError
from portal.web.catalogue import catalogue
from portal.web.errors import TryLaterError
from portal.web.limits import refuse_spent_for, spend_for
from portal.web.problems import line_sentence, sentence
from portal.web.state import now
from portal.web.transaction import reading, transaction

NUMBER_CHANGES = parse("5/day")


@bp.get(BY_LINK)
def mine(locale: str, token: str) -> ResponseReturnValue:
    """Show everything about a person, to whoever has their private link."""
    with reading() as db:
        return show_page(db, open_page(db, locale, token=token), notice=done())


@bp.get(f"{BY_LINK}/copy")
def copy(locale: str, token: str) -> ResponseReturnValue:
    """Give everything we have about a person, as a file."""
    with reading() as db:
        registration = open_page(db, locale, token=token).registration
        about = copy_of(db, Registration.metadata.tables["registration"], registration.id)
    # A message to staff carries the address of a colleague, which is not the person's to have.
    told = about.get("outbox", [])
    about["outbox"] = [each for each in told if kind_of(each["kind"]).audience == PERSON]
    response = Response(json.dumps(about, ensure_ascii=False, indent=2))
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=voordeur.json"
    return response


@bp.post(f"{BY_LINK}/phone")
def phone(locale: str, token: str) -> ResponseReturnValue:
    """Take another number; the old one is told, so nobody may change it all day long."""
    typed = request.form.get("phone", "")
    with transaction() as db:
        opened = open_for_change(db, locale, token=token)
        try:
            refuse_spent_for(NUMBER_CHANGES, opened.registration.id.hex)
            if change_phone(db, opened.registration, typed, now=now()):
                spend_for(NUMBER_CHANGES, opened.registration.id.hex)
        except (WrongPhoneError, BsnError, TryLaterError) as error:
            return _not_changed(db, opened, typed, error)
    return back_to(opened, "phone")


def _not_changed(db: Session, opened: Opened, typed: str, error: Exception) -> ResponseReturnValue:
    """Show the page with the number as it was typed, and why it was not taken."""
    later = isinstance(error, TryLaterError)
    code = "bsn" if isinstance(error, BsnError) else "wrong"
    said = line_sentence("tomorrow") if later else sentence(Problem("phone", code))
    page = show_page(db, opened, errors={"phone": said}, typed={"phone": typed})
    return page, 429 if later else 422


@bp.post(f"{BY_LINK}/consent")
def consent(locale: str, token: str) -> ResponseReturnValue:
    """Say yes or no to one organisation that was named. No to the owner is stopping."""
    with transaction() as db:
        opened = open_for_change(db, locale, token=token)
        registration = opened.registration
        organization = catalogue(db).named(request.form.get("organization", ""))
        agrees = request.form.get("answer") == "yes"
        # A no is always heard, also about an organisation that stopped.
        if organization is None or (agrees and not organization.active):
            return show_page(db, opened, notice="not_now"), 409
        if not agrees and organization.id == registration.owner_id and not _sure():
            return _ask_whether_to_stop(db, opened, organization)
        if agrees:
            give(db, registration, organization.id, locale=locale, now=now())
        else:
            withdraw_consent(db, registration, organization.id, now=now())
    return back_to(opened, "consent")


@bp.post(f"{BY_LINK}/erase")
def erase_it(locale: str, token: str) -> ResponseReturnValue:
    """Ask once more; then delete everything for good."""
    sure = _sure()
    with transaction() as db:
        opened = open_for_change(db, locale, token=token)
        # Read before everything is gone: whose phone number stands on the page.
        place = place_at(catalogue(db), opened.registration)
        if not sure:
            return render_template("frontdoor/erase.html", home=opened.home, place=place)
        erase(db, opened.registration, now=now())
    return render_template("frontdoor/erased.html", place=place)


def _sure() -> bool:
    """Whether it was asked once more, and answered with yes."""
    return request.form.get("sure") == "yes"


def _ask_whether_to_stop(db: Session, opened: Opened, owner: KnownOrganization) -> str:
    """Ask once more: a no to whoever helps ends everything, which a small word does not say."""
    known = catalogue(db)
    return render_template(
        "frontdoor/no_owner.html",
        home=opened.home,
        owner=owner,
        place=place_at(known, opened.registration),
    )
