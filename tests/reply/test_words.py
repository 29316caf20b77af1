"""Every code that a partner meets has words, and every sentence is there in Dutch."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from portal.followup.models import RESULTS
from portal.i18n import gettext, use_locale
from portal.referral import reasons
from portal.referral.states import EVENTS, STATES
from portal.web.partner import words
from portal.web.partner.form import ACTS
from portal.web.partner.rooms import ROOMS

PLACES = re.compile(r"%\(\w+\)s")
NEXT = {*reasons.DECLINE.values(), *reasons.FAIL.values()}


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (words.STATE_WORDS, set(STATES)),
        (words.DECLINE_WORDS, set(reasons.DECLINE)),
        (words.FAIL_WORDS, set(reasons.FAIL)),
        (words.RETRACT_WORDS, set(reasons.RETRACT)),
        (words.NEXT_WORDS, NEXT),
        (words.REFERRAL_OUTCOME_WORDS, set(reasons.OUTCOMES)),
        (words.EVENT_WORDS, set(EVENTS)),
        (words.RESULT_WORDS, set(RESULTS)),
        (words.DONE_WORDS, set(ACTS) - {"attempt"} | {"already", "all", reasons.TAKEN_OVER}),
        (ROOMS, set(ACTS)),
    ],
)
def test_every_code_has_words(table: Mapping[str, object], codes: set[str]) -> None:
    assert set(table) >= codes


def test_every_reason_can_be_chosen_in_the_order_of_the_list() -> None:
    assert list(words.DECLINE_WORDS) == list(reasons.DECLINE)
    assert list(words.FAIL_WORDS) == list(reasons.FAIL)
    assert set(reasons.CHOSEN_OUTCOMES) <= set(words.OUTCOME_WORDS)


def _sentences() -> set[str]:
    tables = [value for name, value in vars(words).items() if name.endswith("_WORDS")]
    return {sentence for table in tables for sentence in table.values()}


@pytest.mark.parametrize("sentence", sorted(_sentences()))
def test_every_sentence_is_there_in_dutch_with_the_same_places(sentence: str) -> None:
    with use_locale("nl"):
        dutch = gettext(sentence)
    assert set(PLACES.findall(dutch)) == set(PLACES.findall(sentence))
    assert dutch != sentence
