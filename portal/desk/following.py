"""What a handler does with a case: log an attempt, write a note."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from portal.accounts.identity import Right
from portal.desk import bp
from portal.desk.acting import act_on
from portal.desk.forms import AttemptForm, NoteForm
from portal.desk.loading import load_visible
from portal.desk.showing import show_case
from portal.desk.words import N_, RESULT_DONE
from portal.followup.record import add_note, record_attempt
from portal.privacy.loaded import loaded_words
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.state import now
from portal.web.transaction import transaction


@bp.post("/desk/registrations/<uuid:registration_id>/attempts")
@needs(Right.FOLLOW_UP)
def log_attempt(registration_id: UUID) -> ResponseReturnValue:
    """Write down how an attempt to reach this person went, which sets the next step."""
    form = AttemptForm()
    return act_on(
        registration_id,
        "attempt",
        form,
        lambda db, registration: record_attempt(
            db,
            registration,
            form.result.data,
            by=current_identity(),
            now=now(),
            wished=form.wished.data,
        ),
        done=RESULT_DONE.get(form.result.data, ""),
    )


@bp.post("/desk/registrations/<uuid:registration_id>/notes")
@needs(Right.FOLLOW_UP)
def write_note(registration_id: UUID) -> ResponseReturnValue:
    """Keep a note; words that make a decision about somebody are asked about once."""
    form = NoteForm()
    text = form.text.data or ""
    if loaded_words(text) and not form.sure.data:
        with transaction() as db:
            registration = load_visible(db, registration_id)
            return show_case(db, registration, {"note": form}, refused="loaded", status=422)
    return act_on(
        registration_id,
        "note",
        form,
        lambda db, registration: add_note(db, registration, text, by=current_identity(), now=now()),
        done=N_("The note is kept."),
    )
