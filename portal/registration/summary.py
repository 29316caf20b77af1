"""Everything somebody answered, as lines to read again before it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.catalogue.snapshot import Snapshot
from portal.i18n import current_locale
from portal.i18n import gettext as _
from portal.i18n.formats import language_name, listed, phone_shown
from portal.registration.answers import Answers
from portal.registration.questions import (
    AGE,
    HOME,
    LIKES,
    NAME,
    PRACTICAL,
    QUESTIONS,
    REACH,
    WISH,
    Question,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A few words; `ltr` stay left to right everywhere, and `lang` is theirs if not the page's."""

    words: str
    ltr: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One question with its answers; no pieces: it was skipped."""

    key: str
    label: str
    pieces: tuple[Piece, ...]


def summarize(answers: Answers, catalogue: Snapshot) -> list[Line]:
    """Return a line for each question, in their order."""
    said = {
        WISH.key: _chosen(WISH, answers.wishes),
        AGE.key: _chosen(AGE, [answers.age16 or ""]),
        HOME.key: _home(answers, catalogue),
        LIKES.key: _likes(answers, catalogue),
        PRACTICAL.key: _chosen(PRACTICAL, answers.practical),
        REACH.key: _reach(answers, catalogue),
        NAME.key: _name(answers),
    }
    return [Line(each.key, _(each.short), tuple(said[each.key])) for each in QUESTIONS]


def _chosen(question: Question, codes: Iterable[str]) -> Iterator[Piece]:
    wanted = set(codes)
    words = [_(option.words) for option in question.options if option.code in wanted]
    if words:
        yield Piece(listed(words))


def _home(answers: Answers, catalogue: Snapshot) -> Iterator[Piece]:
    if answers.postcode:
        yield Piece(answers.postcode, ltr=True)
    elif answers.postcode_hidden:
        yield Piece(_("I'd rather not say where I live"))
    landlord = catalogue.organization(answers.landlord) if answers.landlord else None
    if landlord:
        yield Piece(_("You rent from %(landlord)s") % {"landlord": landlord.name})
    elif answers.landlord == "nobody":
        yield Piece(_("I rent from nobody"))
    elif answers.landlord:
        yield Piece(_("I don't know who I rent from"))
    if answers.landlord_hidden:
        yield Piece(_("My landlord need not know"))


def _likes(answers: Answers, catalogue: Snapshot) -> Iterator[Piece]:
    found = (catalogue.service(slug) for slug in answers.likes)
    if words := [service.name(current_locale()) for service in found if service]:
        yield Piece(listed(words))


def _reach(answers: Answers, catalogue: Snapshot) -> Iterator[Piece]:
    if answers.phone:
        yield Piece(phone_shown(answers.phone), ltr=True)
    if answers.email:
        yield Piece(answers.email, ltr=True)
    location = catalogue.location(answers.drop_by) if answers.drop_by else None
    if location:
        yield Piece(_("I drop by at %(place)s") % {"place": location.name})
    if answers.shared_phone == "yes":
        yield Piece(_("Someone else may hear why we call"))
    elif answers.shared_phone == "no":
        yield Piece(_("Someone else may not hear why we call"))
    yield from _chosen(REACH, answers.times)


def _name(answers: Answers) -> Iterator[Piece]:
    yield Piece(answers.first_name)
    yield Piece(language_name(answers.language), lang=answers.language)
