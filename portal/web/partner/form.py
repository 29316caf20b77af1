"""What a form of somebody who was asked holds. Plain fields: by link there is no session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from portal.registration.reading import asked_twice

# What can be said, in the order of the table of states; the last two leave the state as it is.
ACTS = (
    "accept",
    "decline",
    "contact_made",
    "hold",
    "resume",
    "complete",
    "fail",
    "undo",
    "attempt",
    "report",
)
# As a part of an address.
ACT = f"<any({', '.join(ACTS)}):act>"


@dataclass(frozen=True, slots=True)
class Sent:
    """One form as it came. `version` and `seen` (POSIX seconds) are those of the page it stood on.

    Days stay as they were typed, so that they can be shown again. `twice`: a field came with two
    answers, so nobody knows which was meant. Stays out of `repr`.
    """

    act: str
    version: int = 0
    seen: float = 0
    reason: str = ""
    outcome: str = ""
    result: str = ""
    until: str = ""
    met: str = ""
    contact: str = ""
    text: str = ""
    sure: bool = False
    twice: bool = False

    def __repr__(self) -> str:
        return f"<Sent {self.act}>"


NOTHING_SENT = Sent("")
WORDS = ("reason", "outcome", "result", "until", "met", "contact")


def read_form(act: str, form: MultiDict[str, str]) -> Sent:
    """Read a form; whatever is not there or no number is empty."""
    words: Mapping[str, str] = {name: form.get(name, "").strip() for name in WORDS}
    return Sent(
        act,
        version=form.get("version", 0, type=int),
        seen=form.get("seen", 0.0, type=float),
        text=form.get("text", ""),
        sure=form.get("sure") == "1",
        twice=bool(asked_twice(form.to_dict(flat=False))),
        **words,
    )


def day_in(text: str) -> date | None:
    """Return the day that was typed, None when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
