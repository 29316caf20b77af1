from __future__ import annotations

from threading import Event, Thread
from time import thread_time

import pytest
from argon2 import extract_parameters

from portal.accounts import passwords
from portal.accounts.passwords import (
    NOBODY,
    BusyError,
    UnfitPasswordError,
    hash_password,
    is_password,
    make_password,
)

RIGHT = "een lang wachtwoord"


def test_the_right_password_fits_and_a_wrong_one_does_not() -> None:
    stored = hash_password(RIGHT)
    assert is_password(stored, RIGHT)
    assert not is_password(stored, RIGHT.upper())


def test_a_hash_costs_what_owasp_recommends_and_never_the_same_twice() -> None:
    found = extract_parameters(hash_password(RIGHT))
    assert (found.type.name, found.memory_cost, found.time_cost, found.parallelism) == (
        "ID",
        19 * 1024,
        2,
        1,
    )
    assert hash_password(RIGHT) != hash_password(RIGHT)


def test_somebody_unknown_is_compared_with_a_hash_that_costs_as_much() -> None:
    assert extract_parameters(NOBODY) == extract_parameters(hash_password(RIGHT))
    assert not is_password(None, RIGHT)


def test_an_answer_about_somebody_unknown_takes_as_much_work_as_a_wrong_password() -> None:
    stored = hash_password(RIGHT)
    assert _work(None) > _work(stored) / 3


def _work(stored: str | None) -> float:
    """The least processor time of a few tries; other work on this computer does not count."""
    spent = []
    for _ in range(5):
        before = thread_time()
        is_password(stored, "een verkeerd wachtwoord")
        spent.append(thread_time() - before)
    return min(spent)


@pytest.mark.parametrize("stored", ["", "plain text", "$argon2id$v=19$m=19456,t=2,p=1$broken"])
def test_a_stored_hash_that_is_none_fits_nothing(stored: str) -> None:
    assert not is_password(stored, RIGHT)


@pytest.mark.parametrize("password", ["", "x" * 11, "x" * 201])
def test_a_new_password_is_neither_short_nor_endless(password: str) -> None:
    with pytest.raises(UnfitPasswordError):
        hash_password(password)


def test_a_made_password_is_long_enough_and_new_every_time() -> None:
    made = {make_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(each) == 19 for each in made)


def test_only_one_password_is_hashed_at_a_time() -> None:
    stored, finished = hash_password(RIGHT), Event()

    def check() -> None:
        is_password(stored, RIGHT)
        finished.set()

    thread = Thread(target=check)
    with passwords._turn():
        thread.start()
        assert not finished.wait(0.3)
    assert finished.wait(5)
    thread.join()


def test_whoever_waits_too_long_for_their_turn_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    refused = Event()

    def check() -> None:
        try:
            is_password(None, RIGHT)
        except BusyError:
            refused.set()

    thread = Thread(target=check)
    with passwords._turn():
        thread.start()
        thread.join()
    assert refused.is_set()
