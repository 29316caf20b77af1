"""Words that somebody typed to be kept on a case: read, and refused when they cannot be kept."""

from __future__ import annotations

from portal.registration.bsn import holds_bsn
from portal.registration.refusals import EmptyNoteError, HoldsBsnError, LongNoteError
from portal.registration.typed import has_a_sign, several_lines

LONGEST_NOTE = 2000  # characters


def wording(text: str) -> str:
    """Return the words as they are kept.

    Raises:
        EmptyNoteError, LongNoteError: nothing to read, or too much.
        HoldsBsnError: some digits may be a BSN.
    """
    words = several_lines(text)
    if not has_a_sign(words):
        raise EmptyNoteError
    if len(words) > LONGEST_NOTE:
        raise LongNoteError
    if holds_bsn(words):
        raise HoldsBsnError
    return words
