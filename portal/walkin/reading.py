"""What the registrar filled in, read as the answers of the person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.catalogue.snapshot import Snapshot
from portal.i18n import current_locale
from portal.registration.answers import Parsed, parse
from portal.registration.models import INTERPRETERS
from portal.registration.placing import offered_to
from portal.walkin.form import Values, my_stand, sent, typed
from portal.walkin.stand import Stand
from portal.web.catalogue import catalogue


@dataclass(frozen=True, slots=True)
class Told:
    """A form as it was typed and as it was read, at which counter and by which catalogue."""

    values: Values
    parsed: Parsed
    stand: Stand
    catalogue: Snapshot


def read_form(db: Session) -> Told:
    """Read this request; whoever names no postcode belongs to the programme of the counter."""
    values, known = typed(), catalogue(db)
    stand, _all = my_stand(db)
    fields = {**sent(), "entry": [stand.entry]}
    parsed = parse(fields, offered_to(known, fields), language=current_locale())
    return Told(values, parsed, stand, known)


def read_interpreter(values: Values) -> str | None:
    """Return the code of who interpreted; None when it is none of ours."""
    given = (values.get("interpreter") or [""])[0]
    return given if given in INTERPRETERS else None
