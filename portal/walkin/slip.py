"""The slip: code, private link and promise on paper, in the language of the person."""

from __future__ import annotations

import segno
from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.catalogue.drop_by import drop_by_at
from portal.i18n import RTL, use_locale
from portal.registration.models import Registration
from portal.registration.queries import reference_of, way_of
from portal.registration.reference import code_shown
from portal.web.address import short_address
from portal.web.catalogue import catalogue
from portal.web.state import portal


def write_slip(db: Session, registration: Registration) -> str:
    """Write the page with the slip in it. It holds the private link: show it once."""
    known, reference = catalogue(db), reference_of(db, registration)
    contact = known.contacts[registration.contact_id]
    locale, base = registration.locale, portal().settings.base_url
    link = f"{base}/{locale}/mine/{reference.link}"
    with use_locale(locale):
        paper = render_template(
            "shared/slip.html",
            contact=contact,
            drop_by=drop_by_at(known, registration.drop_by_id, contact, locale=locale),
            organization=known.organizations[registration.owner_id],
            programme=known.programmes[registration.programme_id],
            promised_on=registration.promised_on,
            way=way_of(registration),
            code=code_shown(reference.code),
            status=short_address(f"/{locale}/status"),
            link=link,
            qr=draw(link),
        )
    return render_template(
        "walkin/slip.html",
        registration=registration,
        paper=Markup(paper),  # noqa: S704  # our own template, which escapes what it is given
        direction="rtl" if locale in RTL else "ltr",
    )


def draw(address: str) -> Markup:
    """Return a QR code as a drawing that takes the size it is given."""
    code = segno.make_qr(address, error="m")
    svg = code.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None)
    return Markup(svg)  # noqa: S704  # drawn from an address of our own
