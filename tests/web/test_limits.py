"""Who counts as one visitor."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.web.errors import TryLaterError
from portal.web.limits import CODE_GUESSES, count_try, one_visitor


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
