"""Check: everything once more, and who gets it. Stores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.catalogue.nearby import Nearby, NearLandlord, NearService
from portal.catalogue.place import place_of
from portal.catalogue.snapshot import Snapshot
from portal.frontdoor import bp
from portal.frontdoor.change import fill_document, values_of
from portal.frontdoor.document import LOCALE
from portal.frontdoor.questions import question_of
from portal.frontdoor.summary import summarize
from portal.i18n import current_locale
from portal.registration.answers import (
    Answers,
    Fields,
    Parsed,
    as_fields,
    parse,
    says_under_sixteen,
)
from portal.registration.placing import Placement, offered_to, place
from portal.web.catalogue import catalogue
from portal.web.problems import sentences
from portal.web.shown import sign
from portal.web.state import now
from portal.web.transaction import reading


@dataclass(frozen=True)
class Reading:
    """A form that was read: what it says, and against which catalogue."""

    parsed: Parsed
    known: Snapshot

    @property
    def answers(self) -> Answers:
        """The answers; only for a form without problems."""
        assert self.parsed.answers
        return self.parsed.answers


@dataclass(frozen=True)
class Notices:
    """What a check page says on top: what was dropped, what has changed, what is still to do."""

    gone: tuple[str, ...] = ()
    before: Placement | None = None
    codes: tuple[str, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)


@bp.get(f"/{LOCALE}/check")
@bp.get(f"/{LOCALE}/send")
def check_again(locale: str) -> ResponseReturnValue:
    """A reload without the answers: the start."""
    return redirect(url_for(".document", locale=locale), code=303)


@bp.post(f"/{LOCALE}/check")
def check(locale: str) -> ResponseReturnValue:
    """Show what was answered and who would get it, or what is still to be put right."""
