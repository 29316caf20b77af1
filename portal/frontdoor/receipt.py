"""The receipt: who calls, by when, the code and the private link. For one hour at its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.catalogue.drop_by import drop_by_at
from portal.catalogue.place import Place, place_of
from portal.catalogue.snapshot import Snapshot
from portal.db.plain import Statements
from portal.frontdoor import bp
from portal.frontdoor.document import LOCALE
from portal.frontdoor.page import ask
from portal.frontdoor.stencil import fill, gap
from portal.i18n import current_locale
from portal.registration.queries import reference_of
from portal.registration.reference import code_shown
from portal.registration.sent import Sent, find_sent
from portal.web.address import short_address
from portal.web.catalogue import catalogue
from portal.web.signing import read_words, sign_words
from portal.web.state import now, portal
from portal.web.transaction import plain_reading

PURPOSE = "receipt"
OPEN = timedelta(hours=1)


@bp.get(f"/{LOCALE}/receipt/<token>")
def receipt(locale: str, token: str) -> ResponseReturnValue:
    """Show the receipt; after an hour, ask for the code instead."""
    opened = read_receipt(token)
    if opened is None:
        return ask(locale, problem="late"), 410
    with plain_reading() as db:
        sent = find_sent(db, opened.uuid)
        if sent is None:
            return render_template("frontdoor/erased.html"), 410
        if now() - opened.at >= OPEN:
            return ask(locale, problem="late", place=_place(catalogue(db), sent)), 410
        return _show(db, sent, token, other=opened.other)


def _show(db: Statements, sent: Sent, token: str, *, other: bool) -> str:
    known, locale = catalogue(db), current_locale()
    reference = reference_of(db, sent)
    whose = (sent.programme_id, sent.owner_id, sent.contact_id, sent.promised_on)
    own = {
        "token": token,
        "code": code_shown(reference.code),
        "link": f"{portal().settings.base_url}/{locale}/mine/{reference.link}",
    }
    return fill(
        ("receipt", locale, known.version, *whose, sent.way, sent.drop_by_id, other),
        lambda: _write(known, sent, other=other),
        own,
    )


def _write(known: Snapshot, sent: Sent, *, other: bool) -> str:
    """Write the receipt that is the same for everybody with this contact and day."""
    contact, locale = known.contacts[sent.contact_id], current_locale()
    return render_template(
        "frontdoor/receipt.html",
        promised_on=sent.promised_on,
        contact=contact,
        drop_by=drop_by_at(known, sent.drop_by_id, contact, locale=locale),
        organization=known.organizations[sent.owner_id],
        place=_place(known, sent),
        other=other,
        way=sent.way,
        status=short_address(f"/{locale}/status"),
        **{name: gap(name) for name in ("token", "code", "link")},
    )


def sign_receipt(uuid: UUID, *, other: bool, now: datetime) -> str:
    """Return the token of a receipt; `other`: a colleague of the one who was shown will call."""
    return sign_words(PURPOSE, PURPOSE, uuid.hex, str(int(now.timestamp())), str(int(other)))


@dataclass(frozen=True, slots=True)
class Signed:
    """What the token of a receipt says; it may be too old to be shown."""

    uuid: UUID
    at: datetime
    other: bool


def read_receipt(token: str) -> Signed | None:
    """Return which receipt it opens, None when it is not ours."""
    try:
        uuid, at, other = read_words(PURPOSE, PURPOSE, token)
        return Signed(UUID(uuid), datetime.fromtimestamp(int(at), UTC), other == "1")
    except ValueError:
        return None


def _place(known: Snapshot, sent: Sent) -> Place:
    return place_of(known, known.programmes[sent.programme_id], locale=current_locale())
