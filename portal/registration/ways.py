"""Postcode, phone number and e-mail address, as people type them. Pure.

Each function returns the form in which we keep it, or raises an error that names what is wrong.
"""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from portal.registration.bsn import holds_bsn
from portal.registration.typed import plain_digits

HERE = "NL"
LETTER = re.compile(r"[^\W\d_]")
# Dutch format: four digits not starting with 0, two letters, not SA, SD or SS. The letters may be
# left out: everything here needs the digits only.
POSTCODE = re.compile(r"([1-9]\d{3})(?:(?!SA|SD|SS)([A-Z]{2}))?")
# A number that no country gives out has no type that is known.
NOT_TO_CALL = frozenset(
    {
        PhoneNumberType.UNKNOWN,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.VOICEMAIL,
    }
)
# As the library knows a Dutch mobile: nearly everybody gives one, written without ado, and the
# library takes a tenth of the time of a "send" for it.
MOBILE = re.compile(r"(?:0|\+31)(6[1-58][0-9]{7})")
SHORTEST = 7  # Digits after the country code; 14020 is a desk, not a person.


class WrongPostcodeError(ValueError):
    """Not a Dutch postcode."""


class WrongPhoneError(ValueError):
    """Not a number on which somebody can be called."""


class BsnError(ValueError):
    """Looks like a BSN, which we never want."""


class WrongEmailError(ValueError):
    """Not an e-mail address."""


def read_postcode(text: str) -> str:
    """Return "5611 AB", or "5611" when the letters were left out; raises `WrongPostcodeError`."""
    found = POSTCODE.fullmatch(re.sub(r"[\s.\-]", "", plain_digits(text)).upper())
    if not found:
        raise WrongPostcodeError
    return " ".join(part for part in found.groups() if part)


def read_phone(text: str) -> str:
    """Return a Dutch or foreign number as E.164; raises `WrongPhoneError` or `BsnError`.

    Nine digits without a 0 in front can be a mobile number (612345678) or a BSN. Who means a
    phone number all the same can say so by putting the 0 there.
    """
    if holds_bsn(text) and not _is_mobile_without_zero(text):
        raise BsnError
    if mobile := MOBILE.fullmatch(text.replace(" ", "")):
        return f"+31{mobile[1]}"
    if LETTER.search(text):
        # The library would read letters as keys of an old telephone.
        raise WrongPhoneError
    try:
        number = phonenumbers.parse(text, HERE)
    except phonenumbers.NumberParseException as error:
        raise WrongPhoneError from error
    if not _can_be_called(number):
        raise WrongPhoneError
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def read_email(text: str) -> str:
    """Return the address in its normal form, asking no server.

    Raises:
        WrongEmailError, BsnError: it cannot be an address; its name is a BSN.
    """
    if holds_bsn(text.partition("@")[0]):
        raise BsnError
    # Imported on first use: most people give a phone number only.
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise WrongEmailError from error


def _is_mobile_without_zero(text: str) -> bool:
    return re.sub(r"\D", "", plain_digits(text)).startswith("6")


def _can_be_called(number: PhoneNumber) -> bool:
    return (
        len(str(number.national_number)) >= SHORTEST
        and phonenumbers.number_type(number) not in NOT_TO_CALL
    )
