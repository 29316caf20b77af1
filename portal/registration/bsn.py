"""Recognise what may be a citizen service number (BSN), so that nobody gives us one (rule 1). Pure.

One in eleven numbers of nine digits passes by chance, so this is a reason to ask and to explain,
never to refuse for good where the number is plainly something else.
"""

from __future__ import annotations

import re
from itertools import accumulate

from stdnum.nl import bsn

from portal.registration.typed import plain_digits

LENGTH = 9
# Groups of digits with at most two signs between them that are no letters: one way to write it.
# A plus in front makes it a phone number.
RUN = re.compile(r"\+?\d+(?:[^\w+]{1,2}\d+|_\d+)*")
GROUP = re.compile(r"\d+")


def holds_bsn(text: str) -> bool:
    """Whether some nine digits in the text, in whole groups, pass the eleven-test."""
    runs = [run for run in RUN.findall(plain_digits(text)) if not run.startswith("+")]
    return any(bsn.is_valid(nine) for run in runs for nine in _nines(GROUP.findall(run)))


def _nines(groups: list[str]) -> list[str]:
    """Return every row of neighbouring groups that is nine digits together."""
    joined = "".join(groups)
    edges = list(accumulate((len(group) for group in groups), initial=0))
    return [joined[at : at + LENGTH] for at in edges if at + LENGTH in edges]
