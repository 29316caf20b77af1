"""A sealed word can be read in its own row and column only, and survives a change of keys."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.privacy.encryption import SealBrokenError, Vault, sealed_with

OLD, NEW = b"o" * 32, b"n" * 32
before = Vault({"s1": OLD}, {"e1": OLD})
after = Vault({"s2": NEW, "s1": OLD}, {"e2": NEW, "e1": OLD})
PLACE = "registration.first_name"


@given(st.text(), st.uuids())
def test_what_is_sealed_can_be_read_again(text: str, row: UUID) -> None:
    assert before.open(PLACE, row, before.seal(PLACE, row, text)) == text


def test_the_same_word_never_looks_the_same_twice() -> None:
    row = uuid4()
    assert before.seal(PLACE, row, "Samira") != before.seal(PLACE, row, "Samira")


def test_a_sealed_word_cannot_be_moved_to_another_row() -> None:
    blob = before.seal(PLACE, uuid4(), "Samira")
    with pytest.raises(SealBrokenError):
        before.open(PLACE, uuid4(), blob)


def test_a_sealed_word_cannot_be_moved_to_another_column() -> None:
    row = uuid4()
    blob = before.seal(PLACE, row, "Samira")
    with pytest.raises(SealBrokenError):
        before.open("registration.phone", row, blob)


def test_a_changed_byte_is_noticed() -> None:
    row = uuid4()
    blob = bytearray(before.seal(PLACE, row, "Samira"))
    blob[-1] ^= 1
    with pytest.raises(SealBrokenError):
        before.open(PLACE, row, bytes(blob))


def test_a_new_key_reads_what_an_old_key_sealed_and_seals_with_itself() -> None:
    row = uuid4()
    assert after.open(PLACE, row, before.seal(PLACE, row, "Samira")) == "Samira"
    assert sealed_with(after.seal(PLACE, row, "Samira")) == "e2"


def test_without_its_key_a_sealed_word_stays_closed() -> None:
    row = uuid4()
    with pytest.raises(SealBrokenError):
        before.open(PLACE, row, after.seal(PLACE, row, "Samira"))


def test_digests_differ_by_purpose_and_by_version() -> None:
    assert before.digest("code", "K7P") != before.digest("link", "K7P")
    assert before.digest("code", "K7P") in after.digests("code", "K7P")
    assert before.digest("code", "K7P") != after.digest("code", "K7P")


def test_a_vault_prints_nothing_of_its_keys() -> None:
    assert repr(before) == "<Vault>"
