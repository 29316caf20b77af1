"""Who counts as one visitor."""

from __future__ import annotations

from time import time

import pytest
from flask import Flask
from limits import RateLimitItem

from portal.frontdoor.mine import NUMBER_CHANGES
from portal.web.errors import TryLaterError
from portal.web.limits import CODE_GUESSES, count_for, count_try, one_visitor


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("unknown", "unknown"),
    ],
)
def test_a_household_with_many_addresses_is_one_visitor(address: str, counted: str) -> None:
    assert one_visitor(address) == counted


def test_tries_from_all_over_one_household_count_together(app: Flask) -> None:
    def guess(number: int) -> None:
        with app.test_request_context(environ_base={"REMOTE_ADDR": f"2001:db8::{number:x}"}):
            count_try(CODE_GUESSES)

    for number in range(CODE_GUESSES.amount):
        guess(number)
    with pytest.raises(TryLaterError):
        guess(9999)


@pytest.mark.parametrize(
    ("limit", "seconds"), [(CODE_GUESSES, 10 * 60), (NUMBER_CHANGES, 24 * 60 * 60)]
)
def test_whoever_tried_too_often_waits_as_long_as_was_meant(
    app: Flask, limit: RateLimitItem, seconds: int
) -> None:
    with app.test_request_context():
        begun = time()
        count_for(limit, "somebody")
        ends = app.extensions["limits"].get_window_stats(limit, "somebody").reset_time
    assert begun + seconds <= ends <= time() + seconds
