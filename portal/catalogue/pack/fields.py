"""The kinds of value that only a catalogue has: words, numbers to call, postcodes, openings.

Checks return what is wrong with a value as the end of a sentence, "" when nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import phonenumbers

from portal.catalogue.models import WISHES
from portal.catalogue.pack.shapes import Opening, Words
from portal.catalogue.pack.table import Table
from portal.i18n import LOCALES
from portal.i18n.locales import SPOKEN

DIGITS = re.compile(r"[1-9][0-9]{3}")
HOURS = re.compile(r"(([01][0-9]|2[0-3]):[0-5][0-9])-(([01][0-9]|2[0-3]):[0-5][0-9])")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def words(table: Table, longest: Mapping[str, int]) -> Words:
    """Read `words`: every field of `longest` (its longest length) in every offered language."""
    translations = table.table("words")
    found = {locale: _words_in(translations, locale, longest) for locale in LOCALES}
    translations.close()
    return found


def _words_in(translations: Table, locale: str, longest: Mapping[str, int]) -> dict[str, str]:
    if not translations.has(locale):
        translations.wrong(locale, f"is missing: every word is needed in {LOCALES[locale]}")
        return {}
    spoken = translations.table(locale)
    found = {field: spoken.text(field, longest=length) for field, length in longest.items()}
    spoken.close()
    return found


def openings(table: Table) -> tuple[Opening, ...]:
    """Read `open`: `{ tuesday = ["09:00-12:00"] }`, sorted through the week."""
    days = table.table("open")
    found = []
    for weekday, day in enumerate(WEEKDAYS, start=1):
        for hours in days.texts(day, wrong_hours):
            opens, _, closes = hours.partition("-")
            found.append(Opening(weekday, opens, closes))
    days.close()
    return tuple(sorted(found, key=lambda opening: (opening.weekday, opening.opens)))


def wrong_hours(value: str) -> str:
    """Two local times of the same day, the first one earlier."""
    match = HOURS.fullmatch(value)
    if not match:
        return 'must be two times, for example "09:00-12:30"'
    return "" if match[1] < match[3] else "must end later than it begins"


def wrong_digits(value: str) -> str:
    """The four digits of a Dutch postcode."""
    return "" if DIGITS.fullmatch(value) else "must be the four digits of a postcode, like 5611"


def wrong_phone(value: str) -> str:
    """A number in E.164 that its country really could have given out."""
    reason = 'is not a phone number as "+31401234567"'
    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        return reason
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return "" if written == value and phonenumbers.is_valid_number(number) else reason


def wrong_email(value: str) -> str:
    """A mail address as people write it; whether anybody reads there shows when it is used."""
    # Imported on first use: few packs name an address, and the library is slow to load.
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(value, check_deliverability=False)
    except EmailNotValidError:
        return "is not a mail address"
    return ""


def wrong_first_name(value: str) -> str:
    """A first name alone: tenants never see the family name of who calls them."""
    return "must be a first name only, without a family name" if " " in value else ""


def wrong_language(value: str) -> str:
    """A language people can ask to be called in."""
    return "" if value in SPOKEN else f"is not one of {', '.join(SPOKEN)}"


def wrong_wish(value: str) -> str:
    """One of the wishes of the first question."""
    return "" if value in WISHES else f"is not one of {', '.join(WISHES)}"


def wrong_website(value: str) -> str:
    """An address that a browser opens over https."""
    return "" if value.startswith("https://") else "must begin with https://"
