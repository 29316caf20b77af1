"""Recognise what may be a citizen service number (BSN), so that nobody gives us one (rule 1). Pure.

One in eleven numbers of nine digits passes by chance, so this is a reason to ask and to explain,
never to refuse for good where the number is plainly something else.
"""

from __future__ import annotations

import re

from stdnum.nl import bsn

from portal.registration.typed import plain_digits

# Nine digits, perhaps in groups; not a part of a longer number, and not a phone number with a +.
NINE_DIGITS = re.compile(r"(?<![\d+])\d(?:[ .\-]?\d){8}(?![ .\-]?\d)")


def holds_bsn(text: str) -> bool:
    """Whether some nine digits in the text pass the eleven-test."""
    return any(bsn.is_valid(found) for found in NINE_DIGITS.findall(plain_digits(text)))
