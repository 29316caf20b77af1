"""What people type, cleaned before anybody looks at it. Pure."""

from __future__ import annotations

import unicodedata

# Joiners that Persian, Arabic and emoji are written with; every other mark that nobody sees goes.
JOINERS = "\u200c\u200d"


def one_line(text: str) -> str:
    """Return the text without control and direction marks, with single spaces.

    Marks such as U+202E turn the words around them on the screen of whoever reads the name.
    """
    if text.isascii() and text.isprintable():
        # As most of what is typed; only spaces can be too many.
        return " ".join(text.split())
    kept = "".join(" " if _is_space(each) else each for each in text if not _is_unseen(each))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def several_lines(text: str) -> str:
    """Return the text with its lines, each cleaned as `one_line` does; blank ends are taken off."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(one_line(line) for line in lines).strip()


def has_a_sign(text: str) -> bool:
    """Whether there is anything to see: a letter, a digit, a picture; not only joiners."""
    return any(unicodedata.category(each)[0] in "LNSP" for each in text)


def plain_digits(text: str) -> str:
    """Return the text with the digits of any script (٠١٢, ０１２) as 0 to 9."""
    return text if text.isascii() else "".join(_plain(each) for each in text)


def _is_space(each: str) -> bool:
    return each in "\t\n\r\x0b\x0c" or unicodedata.category(each)[0] == "Z"


def _is_unseen(each: str) -> bool:
    return (
        each not in JOINERS
        and not _is_space(each)
        and unicodedata.category(each) in ("Cc", "Cf", "Cs", "Cn", "Co")
    )


def _plain(each: str) -> str:
    value = unicodedata.decimal(each, None)
    return each if value is None else str(value)
