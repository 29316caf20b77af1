"""From form fields to the answers of a person: parsed, checked, in one form only. Pure.

Both doors use it: the tenant's own phone and the walk-in page send the same fields. A problem names
its field and a code; the words belong to the doors. What was on offer and is gone since is dropped
and named, because somebody should not have to start again for that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from dataclasses import fields as dataclass_fields
from typing import Any

from portal.catalogue.models import WISHES
from portal.i18n.formats import phone_shown
from portal.i18n.locales import SPOKEN
from portal.registration.reading import Problem, Reading, asked_twice
from portal.registration.ways import read_email, read_phone, read_postcode

Fields = Mapping[str, Sequence[str]]

PRACTICAL = ("children", "travel", "dutch", "times", "tell", "nothing")
TIMES = ("morning", "afternoon", "evening")
NO_LANDLORD = ("unknown", "nobody")
# "Rather somebody else" is a button beside the field that says whom somebody chose before.
SEVERAL = frozenset({"wish", "like", "practical", "times", "rather"})
LONGEST_NAME = 60
# A name goes into mail and SMS as it is: nobody may have us send a link, a number or a price to a
# stranger.
LINK = re.compile(r"://|www\.|@|\.(?:com|nl|net|org|eu|info|example)\b", re.IGNORECASE)
ADVERT = re.compile(r"(?:\d\D*){4}|[€$£¥₺]")


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen at this moment, by slug. Whatever else is named is gone."""

    organizations: Container[str] = ()
    landlords: Container[str] = ()
    services: Container[str] = ()
    locations: Container[str] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person told us. Codes and slugs in a fixed order, so that equal is the same.

    `postcode` is "5611 AB" or "5611"; `landlord` a slug, "unknown", "nobody" or None; `phone`
    E.164; `entry` the slug of the link they came by; `rather` an organisation they chose.
    """

    wishes: tuple[str, ...]
    first_name: str
    language: str
    age16: str | None = None
    postcode: str | None = None
    postcode_hidden: bool = False
    landlord: str | None = None
    landlord_hidden: bool = False
    likes: tuple[str, ...] = ()
    practical: tuple[str, ...] = ()
    phone: str | None = None
    email: str | None = None
    drop_by: str | None = None
    shared_phone: str | None = None
    times: tuple[str, ...] = ()
    entry: str | None = None
    rather: str | None = None
    # The canonical text of what was said, when something of it is gone since: a repeat is told
    # from a change by what was sent, not by what is still there.
    said: str = field(default="", compare=False)

    def __repr__(self) -> str:
        return "<Answers>"

    @property
    def digits(self) -> str | None:
        """The four digits of the postcode: all that is stored of it."""
        return self.postcode[:4] if self.postcode else None

    @property
    def way(self) -> str:
        """How the first contact is made: "phone", "email" or "drop_by", the surest of them."""
        if self.phone:
            return "phone"
        return "email" if self.email else "drop_by"

    def canonical(self) -> str:
        """Return the same text for the same answers, to tell a repeat from a change."""
        if self.said:
            return self.said
        answers = {each.name: getattr(self, each.name) for each in dataclass_fields(self)}
        return json.dumps(answers, ensure_ascii=False, sort_keys=True)

    def without_what_is_gone(self, offered: Offered) -> tuple[Answers, tuple[str, ...]]:
        """Return the answers that can still be given, and the fields that lost one."""
        kept: dict[str, Any] = {
            "landlord": _still(self.landlord, offered.landlords, NO_LANDLORD),
            "likes": tuple(each for each in self.likes if each in offered.services),
            "drop_by": _still(self.drop_by, offered.locations),
            "rather": _still(self.rather, offered.organizations),
        }
        gone = tuple(FIELD_OF[name] for name in kept if kept[name] != getattr(self, name))
        return replace(self, **kept, said=self.canonical()) if gone else self, gone


@dataclass(frozen=True, slots=True)
class Parsed:
    """Answers, or the problems that stand in their way; `gone` are fields that lost an answer."""

    answers: Answers | None
    problems: tuple[Problem, ...]
    gone: tuple[str, ...]


def says_under_sixteen(fields: Fields) -> bool:
    """Whether somebody said to be younger than 16; doors ask this first and keep nothing."""
    return "no" in fields.get("age16", ())


def digits_of(fields: Fields) -> str | None:
    """Return the digits of the postcode that was typed, if it is one and may be used."""
    found = _postcode(Reading(fields))
    return found[:4] if found else None


def entry_of(fields: Fields) -> str | None:
    """Return the slug of the link they came by."""
    return Reading(fields).carried("entry")


def two_answers(fields: Fields) -> tuple[Problem, ...]:
    """Return a problem for every field that takes one answer and came with two."""
    return tuple(Problem(field, "two") for field in asked_twice(fields, SEVERAL))


def parse(fields: Fields, offered: Offered, *, language: str) -> Parsed:
    """Read the answers; `language` is the one of the page, for whoever names none.

    Of other fields that travel along, such as the consent, it is only seen whether they are clear.
    """
    form = Reading(fields)
    form.problems += two_answers(fields)
    said = Answers(
        wishes=form.several("wish", WISHES),
        age16=form.choice("age16", ("yes", "no")),
        postcode=_postcode(form),
        postcode_hidden=form.ticked("postcode_hidden"),
        landlord=form.text("landlord", 64) or None,
        landlord_hidden=form.ticked("landlord_hidden"),
        likes=form.several_named("like"),
        practical=_practical(form.several("practical", PRACTICAL)),
        phone=form.read("phone", 40, read_phone),
        shared_phone=form.choice("shared_phone", ("yes", "no")),
        email=form.read("email", 254, read_email),
        drop_by=form.text("drop_by", 64) or None,
        times=form.several("times", TIMES),
        first_name=form.words("first_name", LONGEST_NAME),
        language=form.choice("language", SPOKEN) or language,
        entry=form.carried("entry"),
        rather=form.carried("rather"),
    )
    answers, gone = said.without_what_is_gone(offered)
    _ask_for_what_is_needed(form, answers)
    return Parsed(None if form.problems else answers, tuple(form.problems), gone)


def _postcode(form: Reading) -> str | None:
    """What was typed counts; who also would rather not say is asked which of the two holds."""
    hidden = form.ticked("postcode_hidden")
    typed = form.read("postcode", 20, read_postcode)
    if hidden and typed:
        form.complain("postcode", "both")
    elif hidden:
        # What is no postcode was struck out by saying so.
        form.forgive("postcode")
    return None if hidden else typed


def _still(slug: str | None, offered: Container[str], always: Container[str] = ()) -> str | None:
    return slug if slug and (slug in offered or slug in always) else None


def _practical(chosen: tuple[str, ...]) -> tuple[str, ...]:
    # "No, nothing" beside something else was ticked first and forgotten.
    return tuple(each for each in chosen if each != "nothing") or chosen


def _ask_for_what_is_needed(form: Reading, answers: Answers) -> None:
    """A wish, a way to be reached and a name; and nobody under 16, whatever happens before."""
    if answers.age16 == "no":
        form.complain("age16", "under_sixteen")
    if not answers.wishes:
        form.complain("wish", "needed")
    if not (answers.phone or answers.email or answers.drop_by):
        form.complain("phone", "reach")
    if not answers.first_name:
        form.complain("first_name", "needed")
    elif LINK.search(answers.first_name) or ADVERT.search(answers.first_name):
        form.complain("first_name", "wrong")


def as_fields(answers: Answers) -> dict[str, list[str]]:
    """Return the form fields that `parse` reads as these answers, so that they can travel.

    They may come back to the person, so a number is written as people write it.
    """
    fields = {
        field: _texts(value)
        for attribute, field in FIELD_OF.items()
        if (value := getattr(answers, attribute))
    }
    if answers.phone:
        fields["phone"] = [phone_shown(answers.phone)]
    return fields


def _texts(value: bool | str | tuple[str, ...]) -> list[str]:  # noqa: FBT001  # a ticked box
    if isinstance(value, str):
        return [value]
    return ["1"] if isinstance(value, bool) else list(value)


# The name of the form field of every answer, in the order of the questions.
FIELD_OF: Mapping[str, str] = {
    "wishes": "wish",
    "age16": "age16",
    "postcode": "postcode",
    "postcode_hidden": "postcode_hidden",
    "landlord": "landlord",
    "landlord_hidden": "landlord_hidden",
    "likes": "like",
    "practical": "practical",
    "phone": "phone",
    "shared_phone": "shared_phone",
    "email": "email",
    "drop_by": "drop_by",
    "times": "times",
    "first_name": "first_name",
    "language": "language",
    "entry": "entry",
    "rather": "rather",
}
