from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.privacy.encryption import Vault
from portal.registration.reference import (
    ALPHABET,
    MEANT,
    MOST_READINGS,
    code_digests,
    code_shown,
    link_digests,
    literal,
    readings,
    refer_to,
)

OLD, NEW = b"old secret key, 32 bytes of them", b"new secret key, 32 bytes of them"
SEAL = {"e1": b"sealing key that only tests know"}
UUIDS = st.uuids()


@pytest.fixture
def keys() -> Vault:
    """The keys before the secret was changed."""
    return Vault({"s1": OLD}, SEAL)


@pytest.fixture
def later() -> Vault:
    """The keys after the secret was changed; the old one is still there."""
    return Vault({"s2": NEW, "s1": OLD}, SEAL)


@given(UUIDS)
def test_a_code_has_8_signs_that_are_not_mixed_up(uuid: UUID) -> None:
    code = refer_to(Vault({"s1": OLD}, SEAL), uuid, version="s1", turn=0).code
    assert re.fullmatch(f"[{ALPHABET}]{{8}}", code)
    assert not set(code) & set("0O1ILU")


def test_a_code_is_shown_in_groups() -> None:
    assert code_shown("K7P3XM92") == "K7P-3XM-92"


def test_code_and_link_are_the_same_each_time_and_others_for_others(keys: Vault) -> None:
    one, other = uuid4(), uuid4()
    first = refer_to(keys, one, version="s1", turn=0)
    assert refer_to(keys, one, version="s1", turn=0) == first
    second = refer_to(keys, other, version="s1", turn=0)
    assert {first.code, first.link}.isdisjoint({second.code, second.link})


def test_a_code_that_is_taken_gives_way_and_the_link_stays(keys: Vault) -> None:
    uuid = uuid4()
    first, next_one = (refer_to(keys, uuid, version="s1", turn=turn) for turn in (0, 1))
    assert first.code != next_one.code
    assert first.link == next_one.link


def test_an_older_key_still_gives_the_code_and_link_of_then(keys: Vault, later: Vault) -> None:
    uuid = uuid4()
    then = refer_to(keys, uuid, version="s1", turn=0)
    assert refer_to(later, uuid, version="s1", turn=0) == then
    assert refer_to(later, uuid, version="s2", turn=0) != then
    assert code_digests(keys, then.code)[0] in code_digests(later, then.code)
    assert link_digests(keys, then.link)[0] in link_digests(later, then.link)


def test_what_is_stored_gives_nothing_away(keys: Vault) -> None:
    reference = refer_to(keys, uuid4(), version="s1", turn=0)
    assert reference.code.encode() not in code_digests(keys, reference.code)[0]
    assert reference.code not in repr(reference)
    assert reference.link not in repr(reference)


@pytest.mark.parametrize(
    "typed", ["K7P-3XM-92", "k7p3xm92", " K7P 3XM 92 ", "k7p–3xm–92", "K7P.3XM.92", "K 7 P3X M9 2"]
)
def test_spaces_dashes_and_small_letters_do_not_matter(typed: str) -> None:
    assert readings(typed)[0] == "K7P3XM92"


@pytest.mark.parametrize("typed", ["K٧P-٣XM-٩٢", "K۷P-۳XM-۹۲"])
def test_digits_of_another_script_are_digits(typed: str) -> None:
    assert readings(typed)[0] == literal(typed) == "K7P3XM92"


@pytest.mark.parametrize("typed", ["", "K7P", "K7P-3XM-922", "🌷🌷🌷🌷🌷🌷🌷🌷", "K7P-3XM-9é"])
def test_what_has_not_8_signs_is_no_code(typed: str) -> None:
    assert readings(typed) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("K7P3XMO2", "K7P3XMD2"),
        ("K7P3XMU2", "K7P3XMV2"),
        ("K7P3XM9Z", "K7P3XM92"),
        ("I2345679", None),
    ],
)
def test_signs_that_look_alike_are_tried(typed: str, meant: str | None) -> None:
    found = readings(typed)
    assert meant is None or meant in found
    assert 1 < len(found) <= MOST_READINGS


def test_a_code_as_it_was_printed_comes_first() -> None:
    assert readings("Z258-BSG6")[0] == "Z258BSG6"


def test_only_signs_of_a_code_are_literal() -> None:
    assert literal("z258-bsg6") == "Z258BSG6"
    assert literal("K7P-3XM-90") is None
    assert literal("K7P-3XM-9") is None


@given(st.text(alphabet="0O1ILU2Z5S8B6G", min_size=8, max_size=8))
def test_all_that_may_be_meant_is_tried_or_only_the_most_literal(typed: str) -> None:
    found = readings(typed)
    assert len(found) == len(set(found))
    every = 1
    for sign in typed:
        every *= len(MEANT.get(sign, sign))
    assert len(found) == (every if every <= MOST_READINGS else 1)
