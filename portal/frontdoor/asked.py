"""The answers in this request, read."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from portal.catalogue.snapshot import Snapshot
from portal.db.plain import Statements
from portal.registration.answers import Answers, Fields, parse
from portal.registration.placing import offered_to
from portal.registration.reading import Problem
from portal.web.catalogue import catalogue


class WrongAnswersError(Exception):
    """Some answers must be put right first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("some answers must be put right first")
        self.problems = problems


@dataclass(frozen=True)
class Asked:
    """Answers without problems, the catalogue they were read with, and which fields lost one."""

    answers: Answers
    known: Snapshot
    gone: tuple[str, ...]


def typed() -> Fields:
    """Return the fields of this request as they were sent."""
    return request.form.to_dict(flat=False)


def read_answers(db: Statements, locale: str) -> Asked:
    """Read the answers in this request; raises `WrongAnswersError`."""
    known, fields = catalogue(db), typed()
    parsed = parse(fields, offered_to(known, fields), language=locale)
    if parsed.answers is None:
        raise WrongAnswersError(parsed.problems)
    return Asked(parsed.answers, known, parsed.gone)
