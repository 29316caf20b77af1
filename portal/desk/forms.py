"""The forms of the desk. A message is an English sentence that the template translates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from flask import request
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FloatField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from portal.accounts.passwords import LONGEST
from portal.desk.library_words import A_DAY, CHOOSE, OurWords
from portal.desk.words import N_, SETTLED_IN
from portal.followup.messages import NAMES_A_DAY
from portal.followup.one_act import STEPS, OneAct
from portal.registration.reading import asked_twice
from portal.registration.states import STAFF_CLOSE_REASONS
from portal.web.staff_words import TWO_ANSWERS

BY_MESSAGE = "message"
MOST_HOURS = 60
LOOK, SEND = "look", "send"


class StaffForm(FlaskForm):  # type: ignore[misc]  # the library ships no types
    """What every form of signed-in people has: a token, and messages of our own."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # the library ships no types
        """How the library makes the form."""

        def wrap_formdata(self, _form: object, formdata: object) -> object:
            """Read fields of a form and nothing else: the library would read JSON and files too."""
            return None if formdata is None else (request.form or None)

        def get_translations(self, _form: object) -> OurWords:
            """Return what says our sentences in place of the library's."""
            return OurWords()

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Check every field. Two answers to one question are asked about first: none is taken."""
        several = {field.name for field in self if isinstance(field, SelectMultipleField)}
        twice = asked_twice({field.name: field.raw_data or () for field in self}, several)
        for name in twice:
            self[name].errors = [TWO_ANSWERS]
        return not twice and bool(super().validate(extra_validators))


class SignInForm(StaffForm):
    """E-mail address and password; `kept` is a form that waits until somebody is in."""

    email = StringField(
        validators=[
            InputRequired(N_("Fill in your e-mail address.")),
            Length(max=254, message=N_("This is not an e-mail address.")),
        ]
    )
    password = PasswordField(
        validators=[
            InputRequired(N_("Fill in your password.")),
            Length(max=LONGEST, message=N_("This is longer than a password can be.")),
        ]
    )
    kept = HiddenField()


class ActForm(StaffForm):
    """An act on a case: which version was on the screen, and since when (POSIX seconds)."""

    version = IntegerField(validators=[InputRequired()])
    seen = FloatField(validators=[Optional()])


class OneActForm(ActForm):
    """How it went or whose move it is; perhaps a day of one's own, a message and a note with it.

    "look" only shows the message; "send" sends it, which is an attempt by message. `day` stands
    beside the message and `wished` beside the results; the one filled in counts.
    """

    result = RadioField(choices=[*STEPS, LOOK, SEND], validators=[InputRequired(CHOOSE)])
    wished = DateField(validators=[Optional()])
    day = DateField(validators=[Optional()])
    message = SelectField(choices=["", *NAMES_A_DAY], default="")
    note = TextAreaField()
    sure = BooleanField()

    def act(self) -> OneAct:
        """Return what this asks for."""
        step = BY_MESSAGE if self.result.data == SEND else self.result.data
        return OneAct(step, self.chosen_day, self.message.data or "", self.note.data or "")

    @property
    def chosen_day(self) -> date | None:
        """The day of the next step, which is the one that a message names."""
        chosen: date | None = self.day.data or self.wished.data
        return chosen

    def validate_message(self, field: SelectField) -> None:
        """Refuse to send nothing."""
        if self.result.data == SEND and not field.data:
            raise ValidationError(N_("Choose a message first."))


class NoteForm(StaffForm):
    """Words. A note changes nothing else, so it needs no version: two people may write at once."""

    text = TextAreaField()
    sure = BooleanField()


class HandOverForm(ActForm):
    """The colleague."""

    contact = RadioField(
        validate_choice=False, coerce=UUID, validators=[InputRequired(N_("Choose a colleague."))]
    )


class WaitForm(ActForm):
    """Until when."""

    until = DateField(validators=[InputRequired(A_DAY)])


class SettleForm(ActForm):
    """What came of it; hours and contract when it is work."""

    outcome = RadioField(
        choices=list(SETTLED_IN), validators=[InputRequired(N_("Choose what it has become."))]
    )
    hours = IntegerField(
        validators=[Optional(), NumberRange(1, MOST_HOURS, N_("Write 1 to 60 hours a week."))]
    )
    contract = RadioField(choices=["fixed", "temporary"], validators=[Optional()])


class CloseForm(ActForm):
    """Why."""

    reason = RadioField(
        choices=list(STAFF_CLOSE_REASONS), validators=[InputRequired(N_("Choose a reason."))]
    )
