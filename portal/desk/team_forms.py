"""The forms of a team: being away, room, who takes over, how an organisation works."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from wtforms import DateField, Field, HiddenField, IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from portal.catalogue.norms import LIMITS, NORMS
from portal.desk.forms import StaffForm
from portal.desk.library_words import A_DAY
from portal.desk.words import N_
from portal.followup.team_settings import MOST_HOLIDAYS, MOST_PEOPLE

A_NUMBER = N_("Write a number.")
PEOPLE = N_("Write a number from 1 to 200.")
A_NORM = N_("Write a number from %(least)s to %(most)s, or nothing.")
ISO_DAYS = N_("Write each day as 2026-12-24, one on a line; at most 60.")
ISO_DAY = re.compile(r"20\d\d-\d\d-\d\d")


def one_of_ours(value: object) -> UUID | None:
    """Return the id that was chosen; what is no id chooses nobody."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


class WholeNumberField(IntegerField):  # type: ignore[misc]  # the library ships no types
    """A whole number, with a message that can be translated."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        if valuelist and valuelist[0].strip():
            try:
                self.data = int(valuelist[0])
            except ValueError:
                raise ValueError(A_NUMBER) from None


class DayField(DateField):  # type: ignore[misc]  # the library ships no types
    """A day, with a message that can be translated."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(A_DAY) from None


class DaysField(TextAreaField):  # type: ignore[misc]  # the library ships no types
    """Days, one on a line. `days` are those that were read."""

    days: tuple[date, ...] = ()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        self.data = valuelist[0] if valuelist else ""
        written = self.data.split()
        if not all(ISO_DAY.fullmatch(each) for each in written) or len(written) > MOST_HOLIDAYS:
            raise ValueError(ISO_DAYS)
        try:
            self.days = tuple(date.fromisoformat(each) for each in written)
        except ValueError:
            raise ValueError(ISO_DAYS) from None


class AbsenceForm(StaffForm):
    """From when until when, and who stands in."""

    first = DayField(validators=[InputRequired(A_DAY)])
    last = DayField(validators=[InputRequired(A_DAY)])
    deputy = RadioField(validate_choice=False, coerce=one_of_ours, validators=[Optional()])


class RoomForm(StaffForm):
    """How many people somebody can have."""

    people = WholeNumberField(
        validators=[InputRequired(PEOPLE), NumberRange(1, MOST_PEOPLE, PEOPLE)]
    )


class SwitchForm(StaffForm):
    """Who takes over, and the seal of what was shown."""

    takes_over = RadioField(validate_choice=False, coerce=one_of_ours, validators=[Optional()])
    seen = HiddenField()


def within(least: int, most: int) -> Callable[[StaffForm, Field], None]:
    """Return what refuses other numbers; the page puts both ends into the message."""

    def check(_form: StaffForm, field: Field) -> None:
        if field.data is None or not least <= field.data <= most:
            raise ValidationError(A_NORM)

    return check


class PaceForm(StaffForm):
    """People for each handler, norms that differ from the programme's, and days off."""

    caseload = WholeNumberField(
        validators=[InputRequired(PEOPLE), NumberRange(1, MOST_PEOPLE, PEOPLE)]
    )
    holidays = DaysField()

    @property
    def norms(self) -> Mapping[str, int]:
        """Return the norms that were filled in."""
        return {name: self[name].data for name in NORMS if self[name].data is not None}

    def norm(self, name: str) -> Field:
        """Return the field of one norm."""
        return self[name]


for _norm, (_least, _most) in LIMITS.items():
    # One field for each norm, so that a new norm appears on the page by itself.
    setattr(
        PaceForm,
        _norm,
        WholeNumberField(validators=[Optional(), within(_least, _most)]),
    )
