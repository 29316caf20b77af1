"""A tenant of Trudo who likes cooking, and who answers every question."""

from __future__ import annotations

from tests.journeys.sender import Sender
from tests.journeys.tenant import QUESTIONS

NAME = "Voorbeeld-Fatma"
PHONE = "06 12345678"
CHOSEN: dict[str, dict[str, tuple[str, ...]]] = {
    "wish": {"wish": ("paid_work", "together")},
    "age": {"age16": ("yes",)},
    "home": {"landlord": ("trudo",)},
    "likes": {"like": ("eindhoven-koken",)},
    "practical": {"practical": ("children",)},
    "reach": {"times": ("morning", "afternoon")},
}
WRITTEN: dict[str, dict[str, str]] = {
    "home": {"postcode": "5616 AB"},
    "reach": {"phone": PHONE},
    "name": {"first_name": NAME},
}


class Cook(Sender):
    """A `Sender` with these answers, one question at a time."""

    def fills_in(self, question: str) -> None:
        """Give the answers to this question."""
        for field, text in WRITTEN.get(question, {}).items():
            self.writes(field, text)
        for field, values in CHOSEN.get(question, {}).items():
            self.chooses(field, *values)

    def goes_to(self, question: str) -> None:
        """Answer everything up to this question."""
        self.begins()
        for passed in QUESTIONS[: QUESTIONS.index(question)]:
            self.fills_in(passed)
            self.continues()
