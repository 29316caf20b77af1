"""Dates and numbers as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import phonenumbers
import pytest

from portal.i18n import use_locale
from portal.i18n.formats import language_here, phone_shown, time_shown, weekday_date


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("nl", "dinsdag 29 december"),
        ("en", "Tuesday 29 December"),
        ("tr", "29 Aralık Salı"),
        ("ar", "الثلاثاء 29 ديسمبر"),
    ],
)
def test_a_date_is_a_weekday_and_a_date_with_ordinary_digits(locale: str, shown: str) -> None:
    with use_locale(locale):
        assert weekday_date(date(2026, 12, 29)) == shown


@pytest.mark.parametrize(
    ("locale", "code", "shown"),
    [
        ("tr", "nl", "Hollandaca"),
        ("ar", "rif", "الريفية"),
        ("ar", "nl", "الهولندية"),
        ("nl", "en", "Engels"),
    ],
)
def test_a_language_is_named_as_people_name_it(locale: str, code: str, shown: str) -> None:
    with use_locale(locale):
        assert language_here(code) == shown


def test_late_in_the_evening_in_utc_is_the_next_day_in_amsterdam() -> None:
    with use_locale("nl"):
        assert weekday_date(datetime(2026, 12, 28, 23, 30, tzinfo=UTC)) == "dinsdag 29 december"
        assert time_shown(datetime(2026, 12, 28, 23, 30, tzinfo=UTC)) == "00:30"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+31612345678", "06 12345678"),
        ("+31401234567", "040 123 4567"),
        ("+32470123456", "+32 470 12 34 56"),
    ],
)
def test_dutch_numbers_are_shown_nationally_and_others_with_their_country(
    number: str, shown: str
) -> None:
    assert phone_shown(number) == shown


@pytest.mark.parametrize("start", [f"+316{each}" for each in range(10)])
def test_a_number_with_a_6_is_shown_as_the_library_shows_it(start: str) -> None:
    number = f"{start}1234567"
    style = phonenumbers.PhoneNumberFormat.NATIONAL
    assert phone_shown(number) == phonenumbers.format_number(phonenumbers.parse(number), style)
