"""Words that repeat a decision about somebody (rule 1). They warn; they never block."""

from __future__ import annotations

import re

# Whole words or beginnings of words, in the small letters of the two languages staff write in.
LOADED = (
    "wmo",
    "indicatie",
    "uitkering",
    "bijstand",
    "participatiewet",
    "wajong",
    "wia",
    "bsn",
    "burgerservicenummer",
    "sofinummer",
    "diagnose",
    "schizofreni",
    "verslaafd",
    "verslaving",
    "depressie",
    "psychose",
    "iq",
    "zelfredzaamheid",
    "loonwaarde",
    "inkomen",
    "schuldhulp",
    "nationaliteit",
    "geboortedatum",
    "verblijfsvergunning",
    "strafblad",
    "indication",
    "diagnosis",
    "benefit",
    "addicted",
    "nationality",
    "date of birth",
)
# A short one must be the whole word: "wia" is also inside of other words.
SHORT = 4


def loaded_words(text: str) -> list[str]:
    """Return the words in this text that staff are warned about, as they were written."""
    found = (pattern.search(text) for pattern in _PATTERNS)
    return list(dict.fromkeys(match.group() for match in found if match))


def _pattern(word: str) -> re.Pattern[str]:
    end = r"\b" if len(word) < SHORT else ""
    return re.compile(rf"\b{re.escape(word)}{end}", re.IGNORECASE)


_PATTERNS = tuple(_pattern(word) for word in LOADED)
