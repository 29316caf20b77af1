"""Read form fields one by one, and remember what is wrong with them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import NamedTuple

from portal.registration.bsn import holds_bsn
from portal.registration.typed import has_a_sign, one_line
from portal.registration.ways import BsnError

MOST = 60  # Answers to one question; nobody is offered more.


class Problem(NamedTuple):
    """Something to put right: the form field, and a code for which the doors have words."""

    field: str
    code: str


def asked_twice(
    fields: Mapping[str, Sequence[str]], several: Container[str] = ()
) -> tuple[str, ...]:
    """Return the fields that came with two different answers, but for those that take several.

    Nobody knows which was meant, so none is taken. The same answer twice is one answer, also when
    only spaces differ.
    """
    return tuple(
        name
        for name, given in fields.items()
        if len(given) > 1 and name not in several and len({one_line(each) for each in given}) > 1
    )


class Reading:
    """A form being read. `problems` grow as fields are asked for."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        self._fields = fields
        self.problems: list[Problem] = []

    def complain(self, field: str, code: str) -> None:
        """Remember a problem; the first one with a field is enough to show."""
        if all(field != problem.field for problem in self.problems):
            self.problems.append(Problem(field, code))

    def forgive(self, field: str) -> None:
        """Forget what was wrong with a field, because it does not count."""
        self.problems = [each for each in self.problems if each.field != field]

    def text(self, field: str, longest: int) -> str:
        """Return the one line that was typed, or ""."""
        sent = self._fields.get(field)
        if not sent:
            return ""
        given = {one_line(each) for each in sent} - {""}
        if len(given) > 1:
            self.complain(field, "two")
            return ""
        found = next(iter(given), "")
        if len(found) > longest:
            self.complain(field, "long")
            return ""
        return found

    def words(self, field: str, longest: int) -> str:
        """Return a line of free text; a BSN in it is met with an explanation."""
        found = self.text(field, longest)
        if holds_bsn(found):
            self.complain(field, "bsn")
        return found if has_a_sign(found) else ""

    def read(self, field: str, longest: int, reader: Callable[[str], str]) -> str | None:
        """Return what `reader` makes of the line; None when there is none, or it cannot."""
        found = self.text(field, longest)
        if not found:
            return None
        try:
            return reader(found)
        except BsnError:
            self.complain(field, "bsn")
        except ValueError:
            self.complain(field, "wrong")
        return None

    def ticked(self, field: str) -> bool:
        """Whether a box was ticked."""
        return self.text(field, 10) == "1"

    def choice(self, field: str, known: Container[str]) -> str | None:
        """Return the one option chosen, None when there is none."""
        found = self.text(field, 64)
        if found and found not in known:
            self.complain(field, "unknown")
        return found or None

    def several(self, field: str, known: Sequence[str]) -> tuple[str, ...]:
        """Return the options chosen, in the order in which they are offered."""
        given = set(self._fields.get(field, ())) - {""}
        if given - set(known):
            self.complain(field, "unknown")
        return tuple(each for each in known if each in given)

    def carried(self, field: str) -> str | None:
        """Return what a hidden field or a button brought along; of several the last, the button."""
        return one_line((self._fields.get(field) or ("",))[-1])[:64] or None

    def several_named(self, field: str) -> tuple[str, ...]:
        """Return the names chosen, in the order of the alphabet."""
        given = {one_line(each)[:64] for each in self._fields.get(field, ())[:MOST]} - {""}
        return tuple(sorted(given))
