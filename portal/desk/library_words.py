"""Our own sentences for what the form library would say itself, in English and about its fields.

Most can be read only on a form that no page of ours holds.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.desk.words import N_

CHOOSE = N_("Choose one.")
A_DAY = N_("Choose a day.")
A_NUMBER = N_("Write a whole number.")
SAID: Mapping[str, str] = {
    "Not a valid date value.": A_DAY,
    "Not a valid integer value.": A_NUMBER,
    "Not a valid float value.": A_NUMBER,
}


class OurWords:
    """Stands where the library looks for its translations; the template translates ours."""

    def gettext(self, string: str) -> str:
        """Return our sentence for one of the library's."""
        return SAID.get(string, CHOOSE)

    def ngettext(self, singular: str, _plural: str, _n: int) -> str:
        """Return our sentence for one of the library's; ours names no value, so there is one."""
        return self.gettext(singular)
