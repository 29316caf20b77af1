"""What the registrar filled in, read as the answers of the person."""

from __future__ import annotations

from portal.catalogue.snapshot import Snapshot
from portal.i18n import LOCALES, current_locale
from portal.registration.answers import Parsed, parse
from portal.registration.models import INTERPRETERS
from portal.registration.placing import offered_to
from portal.walkin.form import Values
from portal.walkin.stand import Stand

# Who reads no language of their own here reads these best; everybody else gets Dutch on paper,
# which somebody near them can read.
READS: dict[str, str] = {"ary": "ar"}


def read_answers(catalogue: Snapshot, values: Values, stand: Stand) -> Parsed:
    """Read the form; whoever names no postcode belongs to the programme of the counter."""
    fields = {**values, "entry": [stand.entry]}
    return parse(fields, offered_to(catalogue, fields), language=current_locale())


def read_interpreter(values: Values) -> str | None:
    """Return the code of who interpreted; None when it is none of ours."""
    given = (values.get("interpreter") or ["nobody"])[0]
    return given if given in INTERPRETERS else None


def written_locale(language: str) -> str:
    """Return the language in which we write to somebody who speaks `language`."""
    return language if language in LOCALES else READS.get(language, "nl")
