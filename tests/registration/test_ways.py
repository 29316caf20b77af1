from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.i18n.formats import phone_shown
from portal.registration.bsn import holds_bsn
from portal.registration.typed import several_lines
from portal.registration.ways import (
    MOBILE,
    BsnError,
    WrongEmailError,
    WrongPhoneError,
    read_email,
    read_phone,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("06 12345678", "+31612345678"),
        ("06-1234 56 78", "+31612345678"),
        ("612345678", "+31612345678"),
        ("+31 6 12345678", "+31612345678"),
        ("0031612345678", "+31612345678"),
        ("040 123 45 67", "+31401234567"),
        ("(040) 1234567", "+31401234567"),
        ("٠٦١٢٣٤٥٦٧٨", "+31612345678"),
        ("+32 470 12 34 56", "+32470123456"),
        ("+49 1512 3456789", "+4915123456789"),
        ("+90 532 123 45 67", "+905321234567"),
    ],
)
def test_dutch_and_foreign_numbers_are_kept_in_one_form(typed: str, kept: str) -> None:
    assert read_phone(typed) == kept


@given(st.from_regex(MOBILE, fullmatch=True))
def test_a_dutch_mobile_is_read_as_the_library_reads_it(typed: str) -> None:
    number = phonenumbers.parse(typed, "NL")
    assert phonenumbers.is_valid_number(number)
    assert phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    kept = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    assert read_phone(typed) == kept


@given(st.from_regex(r"\+(31[1-9][0-9]{8}|32[0-9]{8,9}|90[0-9]{10}|49[0-9]{9,11})", fullmatch=True))
def test_a_number_as_it_is_shown_is_read_as_the_same_number(typed: str) -> None:
    try:
        kept = read_phone(typed)
    except ValueError:
        return
    assert read_phone(phone_shown(kept)) == kept


@pytest.mark.parametrize(
    "typed", ["", "112", "14020", "0900 1234", "06 123", "call me", "06 12345678 (Sam)", "+99 1"]
)
def test_what_nobody_can_be_called_on_is_no_phone_number(typed: str) -> None:
    with pytest.raises(WrongPhoneError):
        read_phone(typed)


@pytest.mark.parametrize("typed", ["123456782", "111222333", "1112.22.333"])
def test_a_bsn_is_no_phone_number(typed: str) -> None:
    with pytest.raises(BsnError):
        read_phone(typed)


def test_an_email_address_is_read_without_asking_a_server() -> None:
    assert read_email("Sam@POST.NL") == "Sam@post.nl"
    for wrong in ("sam", "sam@post", "sam @post.nl", "sam@post.nl, robin@post.nl"):
        with pytest.raises(WrongEmailError):
            read_email(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "123456782",
        "Mijn BSN is 123456782.",
        "1234 56 782",
        "123.456.782",
        "123/456/782",
        "123_456_782",
        "1234–56782",
        "123456782 2 kinderen",
        "sinds 2024 123456782",
        "１２３４５６７８２",
    ],
)
def test_a_number_that_passes_the_eleven_test_is_recognised(text: str) -> None:
    assert holds_bsn(text)


@pytest.mark.parametrize(
    "text",
    [
        "123456789",
        "06 12345678",
        "+31612345678",
        "+31 612345679",
        "1234567820",
        "12345678",
        "01-12-2026",
        "no digits",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not holds_bsn(text)


def test_lines_of_free_text_stay_lines() -> None:
    assert several_lines("\r\n  Ik kan \u202e niet.\r\nTot  gauw\n\n") == "Ik kan niet.\nTot gauw"
