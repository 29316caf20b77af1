"""What a handler does with a case: one act with all that belongs to it, or a note."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.identity import Right
from portal.desk import bp
from portal.desk.acting import act_on
from portal.desk.forms import LOOK, ActForm, NoteForm, OneActForm
from portal.desk.loading import load_visible
from portal.desk.showing import put_on_record, show_case
from portal.desk.words import N_, RESULT_DONE
from portal.followup.messages import preview
from portal.followup.one_act import do_at_once
from portal.followup.record import add_note
from portal.followup.undo import undo_attempt
from portal.i18n import current_locale
from portal.privacy.loaded import loaded_words
from portal.registration.models import Registration
from portal.registration.refusals import RefusedError
from portal.web.login import current_identity
from portal.web.permissions import needs
from portal.web.state import now, portal
from portal.web.transaction import reading

STEP_DONE = {
    **RESULT_DONE,
    "pick_up": N_("You call %(name)s from now on."),
    "wait": N_("%(name)s rests until that day."),
    "resume": N_("You go on with this."),
}
MESSAGE_DONE = N_("The message is on its way.")


@bp.post("/desk/registrations/<uuid:registration_id>/attempts")
@needs(Right.FOLLOW_UP)
def log_attempt(registration_id: UUID) -> ResponseReturnValue:
    """Write down how it went, which sets the next step; send and keep what goes with it."""
    form = OneActForm()
    if form.result.data == LOOK and form.validate():
        return _look(registration_id, form)
    if loaded_words(form.note.data or "") and not form.sure.data:
        return _ask_again(registration_id, "attempt", form)

    def act(db: Session, registration: Registration) -> None:
        do_at_once(
            db,
            registration,
            form.act(),
            by=current_identity(),
            now=now(),
            base_url=portal().settings.base_url,
        )

    done = STEP_DONE.get(form.result.data, "")
    also = MESSAGE_DONE if form.message.data else ""
    return act_on(registration_id, "attempt", form, act, done=done, also=also)


@bp.post("/desk/registrations/<uuid:registration_id>/attempts/undo")
@needs(Right.FOLLOW_UP)
def undo(registration_id: UUID) -> ResponseReturnValue:
    """Take back the attempt that I have just written down by mistake."""
    return act_on(
        registration_id,
        "undo",
        ActForm(),
        lambda db, registration: undo_attempt(db, registration, by=current_identity(), now=now()),
        done=N_("It is undone: everything is as it was before."),
    )


@bp.post("/desk/registrations/<uuid:registration_id>/notes")
@needs(Right.FOLLOW_UP)
def write_note(registration_id: UUID) -> ResponseReturnValue:
    """Keep a note; words that make a decision about somebody are asked about once."""
    form = NoteForm()
    text = form.text.data or ""
    if loaded_words(text) and not form.sure.data:
        return _ask_again(registration_id, "note", form)
    return act_on(
        registration_id,
        "note",
        form,
        lambda db, registration: add_note(db, registration, text, by=current_identity(), now=now()),
        done=N_("The note is kept."),
    )


def _ask_again(
    registration_id: UUID, name: str, form: NoteForm | OneActForm
) -> ResponseReturnValue:
    put_on_record(registration_id)
    sent = {name: form}
    with reading() as db:
        found = load_visible(db, registration_id)
        return show_case(db, found, sent, refused="loaded", status=422, on_record=True)


def _look(registration_id: UUID, form: OneActForm) -> ResponseReturnValue:
    """Show the message as it would leave, with everything that was filled in."""
    kind, day, sent = form.message.data or "", form.chosen_day, {"attempt": form}
    put_on_record(registration_id)
    with reading() as db:
        found = load_visible(db, registration_id)
        base_url, ours = portal().settings.base_url, current_locale()
        try:
            seen = preview(db, found, kind, day, base_url=base_url, ours=ours, now=now())
        except RefusedError as refusal:
            refused = refusal.code if kind else "no_message"
            return show_case(db, found, sent, refused=refused, status=422, on_record=True)
        return show_case(db, found, sent, seen_first=seen, on_record=True)
