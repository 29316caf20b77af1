"""Dates, numbers and names as people read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cache, lru_cache

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list

from portal.clock import AMSTERDAM
from portal.i18n.locales import SPOKEN
from portal.i18n.translate import current_locale

# As the library writes a Dutch mobile, which nearly every number is.
MOBILE = re.compile(r"\+316([1-58][0-9]{7})")
PATTERNS = {"en": "EEEE d MMMM", "tr": "d MMMM EEEE", "ar": "EEEE d MMMM"}
# Where the data of a language has no name, or another one than people use.
NAMES_HERE = {"tr": {"nl": "Hollandaca"}, "ar": {"rif": "الريفية"}}


def weekday_date(day: date | datetime) -> str:
    """Return "dinsdag 29 december": a weekday and a date, in Amsterdam."""
    return _weekday_date(_local(day), current_locale())


def short_date(day: date | datetime) -> str:
    """Return "di 29 dec", for the desk."""
    return format_date(_local(day), "EEE d MMM", locale=current_locale())


def time_shown(moment: datetime | time) -> str:
    """Return "14:05", in Amsterdam."""
    local = moment.astimezone(AMSTERDAM) if isinstance(moment, datetime) else moment
    return format_time(local, "HH:mm", locale=current_locale())


def phone_shown(number: str) -> str:
    """Show an E.164 number as people in the Netherlands write it."""
    if mobile := MOBILE.fullmatch(number):
        return f"06 {mobile[1]}"
    style = phonenumbers.PhoneNumberFormat
    if number.startswith("+31"):
        # A Dutch number need not be taken apart to know its country.
        dutch = phonenumbers.PhoneNumber(country_code=31, national_number=int(number[3:]))
        return phonenumbers.format_number(dutch, style.NATIONAL)
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, style.INTERNATIONAL)


def language_name(code: str) -> str:
    """Return the language's own name."""
    return SPOKEN.get(code, code)


def language_here(code: str) -> str:
    """Return the name of a language in the language of the page: "Engels" on a Dutch page."""
    return _language_names(current_locale()).get(code) or language_name(code)


def listed(parts: Iterable[str]) -> str:
    """Return "a, b en c"."""
    return format_list(list(parts), locale=_data(current_locale()))


@lru_cache(maxsize=512)
def _weekday_date(day: date, locale: str) -> str:
    pattern = PATTERNS.get(locale, "EEEE d MMMM")
    return format_date(day, pattern, locale=_data(locale))


@cache
def _data(locale: str) -> Locale:
    """The data of a language; looking it up by name each time would cost more than using it."""
    return Locale.parse(locale)


@cache
def _language_names(locale: str) -> Mapping[str, str]:
    known = {code: name for code, name in _data(locale).languages.items() if code in SPOKEN}
    return known | NAMES_HERE.get(locale, {})


def _local(day: date | datetime) -> date:
    return day.astimezone(AMSTERDAM).date() if isinstance(day, datetime) else day
