"""What the person says on their own page, as forms: by private link, and by code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from portal.registration.queries import reference_of
from portal.registration.reference import code_shown
from tests.desk.roads import Moved, Traveller
from tests.desk.world import World
from tests.frontdoor.visiting import post
from tests.reply.asking import Asking
from tests.support.application import CheckedClient

KEYS = ("mine", "by_code")
# The kinds of a no. The owner's is asked about once more, which is answered here as well.
NO_TO_OWNER = {"organization": "trudo", "answer": "no", "sure": "yes"}
NO_TO_PARTNER = {"organization": "randstad", "answer": "no"}
NOT_NOW = "Dat kan nu niet."


@dataclass(frozen=True)
class OnPage:
    """Somebody with a key to their own page."""

    client: CheckedClient
    traveller: Traveller
    homes: Mapping[str, str]

    @property
    def asking(self) -> Asking:
        """Who asks whom about them."""
        return self.traveller.asking

    def home(self, key: str) -> str:
        """The address of the page, by this key."""
        return self.homes[key]

    def say(self, key: str, power: str, fields: dict[str, str] | None = None) -> TestResponse:
        """Post what a form of the page would, whether it stands there or not."""
        return post(self.client, f"{self.home(key)}/{power}", fields or {})

    def press(self, key: str, power: str) -> TestResponse:
        """Send the form that stands on the page."""
        home = self.home(key)
        return self.client.submit(self.client.page(home), f"{home}/{power}", at=home)

    def rows(self) -> dict[str, list[Any]]:
        """Every row of every table."""
        return self.asking.rows()

    def moves_since(self, before: list[Moved]) -> set[Moved]:
        """What has happened besides."""
        return set(self.traveller.moves()[len(before) :])


def newcomer(client: CheckedClient, world: World) -> OnPage:
    """Somebody registered at Trudo a moment ago."""
    person = world.register(likes=("eindhoven-koken",), email="sam@post.nl")
    with world.looking() as db:
        reference = reference_of(db, world.load(person))
    homes = {
        "mine": f"/nl/mine/{reference.link}",
        "by_code": f"/nl/status/{code_shown(reference.code)}",
    }
    return OnPage(client, Traveller(Asking(world), person), homes)
