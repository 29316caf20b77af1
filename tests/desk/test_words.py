"""Every code has words, and every word is there in Dutch."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from portal.accounts.models import ROLES
from portal.catalogue.models import WISHES
from portal.desk import words
from portal.followup import refusals
from portal.followup.due import NEXT_CODE
from portal.followup.models import OUTCOMES, RESULTS
from portal.i18n import gettext, use_locale
from portal.registration import refusals as registration_refusals
from portal.registration.answers import PRACTICAL, TIMES
from portal.registration.models import METHODS, STATES
from portal.registration.refusals import RefusedError
from portal.registration.states import CLOSE_REASONS, EVENTS, STAFF_CLOSE_REASONS
from portal.routing.reasons import Reason

# What the rooms behind the desk's own acts refuse.
REFUSALS = {
    kind.code
    for module in (refusals, registration_refusals)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, RefusedError) and kind is not RefusedError
}
PLACES = re.compile(r"%\(\w+\)s")
NEXT_STEPS = {*NEXT_CODE.values(), "call", "check", "round_off", "resume"}


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (words.WISH_WORDS, set(WISHES)),
        (words.PRACTICAL_WORDS, set(PRACTICAL)),
        (words.TIME_WORDS, set(TIMES)),
        (words.RESULT_WORDS, set(RESULTS)),
        (words.RESULT_DONE, set(RESULTS)),
        (words.RESULT_ICONS, set(RESULTS)),
        (words.OUTCOME_WORDS, set(OUTCOMES)),
        (words.CLOSE_WORDS, set(CLOSE_REASONS)),
        (words.STATE_WORDS, set(STATES)),
        (words.ROLE_WORDS, set(ROLES)),
        (words.METHOD_WORDS, set(METHODS)),
        (words.EVENT_WORDS, set(EVENTS)),
        (words.REASON_WORDS, {reason.value for reason in Reason}),
        (words.STEP_WORDS, NEXT_STEPS),
        (words.REFUSED_WORDS, REFUSALS),
    ],
)
def test_every_code_has_words(table: Mapping[str, object], codes: set[str]) -> None:
    assert codes <= set(table)


def test_everybody_can_choose_every_reason_and_nothing_else() -> None:
    assert set(words.CLOSE_ORDER) == set(STAFF_CLOSE_REASONS)
    assert set(words.SETTLED_IN) < set(OUTCOMES)


def _sentences() -> list[str]:
    tables = [value for name, value in vars(words).items() if name.endswith(("_WORDS", "_DONE"))]
    found = [sentence for table in tables for sentence in table.values()]
    return [each for one in found for each in (one if isinstance(one, tuple) else (one,))]


@pytest.mark.parametrize("sentence", sorted(set(_sentences())))
def test_every_sentence_is_there_in_dutch_with_the_same_places(sentence: str) -> None:
    with use_locale("nl"):
        dutch = gettext(sentence)
    assert sorted(set(PLACES.findall(dutch))) == sorted(set(PLACES.findall(sentence)))
    assert dutch != sentence
