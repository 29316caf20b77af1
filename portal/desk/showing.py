"""The page of one case, also when an act on it did not go through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.desk import referral_words, words
from portal.desk.forms import (
    ActForm,
    CloseForm,
    HandOverForm,
    NoteForm,
    OneActForm,
    SettleForm,
    StaffForm,
    WaitForm,
)
from portal.desk.loading import load_visible
from portal.desk.referring_forms import IntroduceForm, ReferralForm, RetractForm, ToldForm
from portal.desk.telling import Telling
from portal.followup.case import Case, load_case
from portal.followup.messages import Preview
from portal.followup.timeline import Entry
from portal.privacy.audit import Action, record
from portal.privacy.loaded import loaded_words
from portal.referral.undelivered import undelivered_of
from portal.registration.models import Registration
from portal.web.catalogue import catalogue
from portal.web.login import current_identity
from portal.web.state import now
from portal.web.transaction import transaction

FORMS: Mapping[str, type[StaffForm]] = {
    "attempt": OneActForm,
    "note": NoteForm,
    "hand_over": HandOverForm,
    "wait": WaitForm,
    "settle": SettleForm,
    "close": CloseForm,
    "retract": RetractForm,
    "lead": ReferralForm,
    "introduce": IntroduceForm,
    "told": ToldForm,
}
# Fields in which people write words of their own.
WRITTEN = ("text", "note", "words")


@dataclass(frozen=True)
class Sent:
    """A form that came back: its name, what it is about, and why it did not go through."""

    name: str = ""
    about: UUID | None = None
    form: StaffForm | None = None
    blank: Mapping[str, StaffForm] = field(default_factory=dict)

    def is_it(self, name: str, about: UUID | None = None) -> bool:
        """Whether this form of the page is the one that came back."""
        return (self.name, self.about) == (name, about)

    def form_for(self, name: str, about: UUID | None = None) -> StaffForm:
        """Return the form to draw: as it was typed when it came back, else empty."""
        return self.form if self.form and self.is_it(name, about) else self.blank[name]


def show_case(
    db: Session,
    registration: Registration,
    sent: Mapping[str, StaffForm] | None = None,
    *,
    about: UUID | None = None,
    refused: str = "",
    status: int = 200,
    seen_first: Preview | None = None,
    on_record: bool = False,
) -> ResponseReturnValue:
    """Render the case, and write down who reads it, unless that is `on_record` already.

    `sent` is the form that came back, `about` the referral it is about, `refused` the code of a
    refusal. `seen_first` is a message that is looked at before it is sent.
    """
    me, sent = current_identity(), sent or {}
    if not on_record:
        write_down_reading(db, registration, me)
    case = load_case(db, registration, by=me, now=now())
    page = render_template(
        "desk/case.html",
        case=case,
        registration=registration,
        tell=Telling(catalogue(db)),
        words=words,
        partner_words=referral_words,
        **_forms(sent, about),
        **_why_not(case, sent, refused, conflict=status == 409),
        sent="" if seen_first else next(iter(sent), ""),
        undelivered=undelivered_of(db, registration),
        seen=now().timestamp(),
        seen_first=seen_first,
    )
    return page, status


def _forms(sent: Mapping[str, StaffForm], about: UUID | None) -> Mapping[str, object]:
    """Return every form of the page: empty, but for the one that came back as it was typed."""
    blank = {name: form(formdata=None) for name, form in FORMS.items()}
    name = next(iter(sent), "")
    return {
        "forms": {**blank, **sent},
        "came_back": Sent(name, about, sent.get(name), blank),
    }


def _why_not(
    case: Case, sent: Mapping[str, StaffForm], refused: str, *, conflict: bool
) -> Mapping[str, object]:
    """Return what stood in the way of an act: a refusal, words in question, somebody before."""
    return {
        "refused": refused,
        "loaded": _loaded(sent) if refused == "loaded" else (),
        "conflict": conflict,
        "missed": _missed(case, sent) if conflict else (),
    }


def put_on_record(registration_id: UUID) -> None:
    """Write down that somebody reads a case before they see it, or answer 404.

    In a transaction of its own: whoever registers must not wait until a page is drawn.
    """
    with transaction() as db:
        write_down_reading(db, load_visible(db, registration_id), current_identity())


def write_down_reading(db: Session, registration: Registration, reader: Identity) -> None:
    """Put on record that somebody reads a case."""
    record(
        db,
        Action.READ_CASE,
        account_id=reader.account_id,
        organization_id=registration.owner_id,
        registration_id=registration.id,
        now=now(),
    )


def _loaded(sent: Mapping[str, StaffForm]) -> list[str]:
    """Return the words that make a decision about somebody, in whatever was written."""
    typed = [form[name].data for form in sent.values() for name in WRITTEN if name in form]
    return [word for text in typed if text for word in loaded_words(text)]


def _missed(case: Case, sent: Mapping[str, StaffForm]) -> list[Entry]:
    """Return what happened since the page was shown on which this form was filled in."""
    timed = (form for form in sent.values() if isinstance(form, ActForm | ReferralForm))
    seen = next((form.seen.data for form in timed), None)
    return [
        entry
        for entry in case.timeline
        if entry.kind != "message" and entry.at.timestamp() > (seen or 0)
    ]
