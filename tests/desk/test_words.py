"""Every code has words, and every word is there in Dutch."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from types import ModuleType

import pytest

from portal.accounts.models import ROLES
from portal.catalogue.models import WISHES
from portal.desk import following, referral_words, words
from portal.followup import refusals
from portal.followup.due import NEXT_CODE
from portal.followup.messages import NAMES_A_DAY
from portal.followup.models import OUTCOMES, RESULTS
from portal.followup.one_act import STEPS
from portal.i18n import gettext, use_locale
from portal.notify.kinds import KINDS
from portal.referral import happen as referral_happen
from portal.referral import reasons
from portal.referral import refusals as referral_refusals
from portal.referral import states as referral_states
from portal.referral.consent import SHARES
from portal.referral.step import PARTNER_STEPS
from portal.registration import happen as registration_happen
from portal.registration import refusals as registration_refusals
from portal.registration.answers import PRACTICAL, TIMES
from portal.registration.models import INTERPRETERS, METHODS
from portal.registration.refusals import RefusedError
from portal.registration.states import CLOSE_REASONS, EVENTS, STAFF_CLOSE_REASONS, STATES
from portal.routing.reasons import Reason
from portal.settings import ROOT
from portal.web.partner import rooms as partner_rooms


def _is_refusal(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, RefusedError) and kind is not RefusedError


# What the rooms behind the desk's own acts refuse.
REFUSALS = {
    kind.code
    for module in (refusals, registration_refusals, referral_refusals, partner_rooms)
    for kind in vars(module).values()
    if _is_refusal(kind)
    # A link is followed by a partner, never by anybody at a desk.
    and not issubclass(kind, referral_refusals.LinkError)
}
# Said beside the field itself, with the words in question.
LOADED = {"loaded"}
PLACES = re.compile(r"%\(\w+\)s")
AFTER_PARTNERS = {step for table in reasons.REASONS.values() for step in table.values()}
NEXT_STEPS = {
    *NEXT_CODE.values(),
    *PARTNER_STEPS,
    *AFTER_PARTNERS,
    reasons.SETTLE,
    "call",
    "check",
    "round_off",
    "resume",
}
# What writes down an event, and the words such an event has.
WORDS_OF = {
    registration_happen.happen: words.EVENT_WORDS,
    registration_happen.write_down: words.EVENT_WORDS,
    referral_happen.happen: words.REFERRAL_EVENT_WORDS,
    referral_happen.write_down: words.REFERRAL_EVENT_WORDS,
}
# Told by their own words: what a person wrote, and how an attempt went.
TOLD_OTHERWISE = {"line", "attempt"}


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
        (words.REFERRAL_OUTCOME_WORDS, set(reasons.OUTCOMES)),
        (words.CLOSE_WORDS, set(CLOSE_REASONS)),
        (words.STATE_WORDS, set(STATES)),
        (words.ROLE_WORDS, set(ROLES)),
        (words.METHOD_WORDS, set(METHODS)),
        (words.EVENT_WORDS, set(EVENTS)),
        (words.REASON_WORDS, {reason.value for reason in Reason}),
        (words.STEP_WORDS, NEXT_STEPS),
        (words.REFUSED_WORDS, REFUSALS - LOADED),
        (words.MESSAGE_WORDS, set(KINDS)),
        (words.CHOICE_WORDS, set(NAMES_A_DAY)),
        (words.REFERRAL_EVENT_WORDS, set(referral_states.EVENTS)),
        (referral_words.STATE_WORDS, set(referral_states.STATES)),
        (referral_words.MOVE_WORDS, set(referral_states.OPEN)),
        (referral_words.DECLINE_WORDS, set(reasons.DECLINE)),
        (referral_words.FAIL_WORDS, set(reasons.FAIL)),
        (referral_words.RETRACT_WORDS, set(reasons.RETRACT)),
        (referral_words.ENDED_WORDS, {reasons.LAPSED, reasons.WITHDRAWN, reasons.TAKEN_OVER}),
        (referral_words.SHARE_WORDS, set(SHARES)),
        (referral_words.INTERPRETER_WORDS, set(INTERPRETERS)),
        (following.STEP_DONE, set(STEPS)),
    ],
)
def test_every_code_has_words(table: Mapping[str, object], codes: set[str]) -> None:
    assert codes <= set(table)


def test_every_refusal_has_a_code_of_its_own() -> None:
    modules = (refusals, registration_refusals, referral_refusals)
    kinds = {kind for module in modules for kind in vars(module).values() if _is_refusal(kind)}
    assert len({kind.code for kind in kinds}) == len(kinds)


def test_everybody_can_choose_every_reason_and_nothing_else() -> None:
    assert set(words.CLOSE_ORDER) == set(STAFF_CLOSE_REASONS)
    assert set(words.SETTLED_IN) < set(OUTCOMES)


def _modules_that_write() -> Iterator[tuple[ModuleType, ast.AST]]:
    """Every module that can write an event down; the two that define how pass on what they get."""
    for path in sorted((ROOT / "portal").rglob("*.py")):
        source = path.read_text("utf-8")
        if path.name != "happen.py" and "happen import" in source:
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield importlib.import_module(name), ast.parse(source)


def _codes(module: ModuleType, argument: ast.expr) -> list[str]:
    """The codes an argument may be: written out, one of two, or a constant."""
    if isinstance(argument, ast.IfExp):
        return _codes(module, argument.body) + _codes(module, argument.orelse)
    if isinstance(argument, ast.Constant):
        return [str(argument.value)]
    assert isinstance(argument, ast.Name), ast.dump(argument)
    return [str(getattr(module, argument.id))]


def _events() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every code that is written down as what happened, with the words it should be among."""
    for module, tree in _modules_that_write():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                # Under whatever name it was imported; what is no name of the module is a local one.
                called = vars(module).get(node.func.id)
                if called in WORDS_OF:
                    table = WORDS_OF[called]
                    yield from ((code, table) for code in _codes(module, node.args[2]))


def test_everything_that_is_ever_written_down_has_words() -> None:
    written = list(_events())
    found = {code for code, _ in written}
    assert {"close", "consent_asked", "told", "not_contacted", "other_fallback"} <= found
    told_as_something = {code for code, table in written if code not in table}
    assert told_as_something <= TOLD_OTHERWISE


def _sentences() -> list[str]:
    tables = [
        value
        for module in (words, referral_words)
        for name, value in vars(module).items()
        if name.endswith(("_WORDS", "_DONE"))
    ]
    found = [sentence for table in tables for sentence in table.values()]
    return [each for one in found for each in (one if isinstance(one, tuple) else (one,))]


@pytest.mark.parametrize("sentence", sorted(set(_sentences())))
def test_every_sentence_is_there_in_dutch_with_the_same_places(sentence: str) -> None:
    with use_locale("nl"):
        dutch = gettext(sentence)
    assert sorted(set(PLACES.findall(dutch))) == sorted(set(PLACES.findall(sentence)))
    assert dutch != sentence
