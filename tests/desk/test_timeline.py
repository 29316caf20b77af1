"""What happened, on a case: all of what people did, and the newest of what the portal did."""

from __future__ import annotations

from uuid import UUID

import pytest

from portal.followup.clock_people import tell_fallback
from portal.followup.record import add_note
from portal.registration.models import Registration
from portal.registration.tell import tell
from tests.desk.world import SANNE, World, sign_in
from tests.support.application import CheckedClient
from tests.support.html import Element

SHOWN = 10
MESSAGES = 12


@pytest.fixture
def sam(world: World) -> UUID:
    """Somebody who has had one message: the receipt."""
    return world.register()


def happens(world: World, person: UUID, words: list[str]) -> None:
    """A minute apart: a note with these words, or a message by itself where there are none."""
    for text in words:
        world.clock.advance(minutes=1)
        now, sanne = world.clock(), world.identity(SANNE)
        with world.writing() as db:
            row = db.get_one(Registration, person)
            if text:
                add_note(db, row, text, by=sanne, now=now)
            else:
                tell(db, row, "please_call", now=now)


def story(client: CheckedClient, person: UUID) -> Element:
    page = client.page(f"/desk/registrations/{person}")
    (found,) = [each for each in page.all("section") if each.get("class") == "timeline"]
    return found


def items(part: Element) -> list[Element]:
    return part.all("li")


def folded(part: Element) -> list[Element]:
    return part.all("details")


def test_what_fits_on_a_screen_is_not_folded(world: World, sanne: CheckedClient, sam: UUID) -> None:
    happens(world, sam, [""] * (SHOWN - 2))
    told = story(sanne, sam)
    assert len(items(told)) == SHOWN
    assert not folded(told)


def test_what_the_portal_did_by_itself_before_that_is_folded_and_counted(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    happens(world, sam, [""] * MESSAGES)
    told = story(sanne, sam)
    (fold,) = folded(told)
    # Three are older than the newest ten; the receipt is one of them.
    (summary,) = fold.all("summary")
    assert summary.text == "3 oudere automatische berichten"
    assert not fold.has("open")
    assert len(items(fold)) == MESSAGES + 1 - SHOWN
    assert "we hebben je aanmelding" in items(fold)[-1].text


def test_what_people_did_is_never_folded_however_long_ago(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    happens(world, sam, ["Houdt van tuinieren.", *[""] * MESSAGES])
    told = story(sanne, sam)
    (fold,) = folded(told)
    assert "Houdt van tuinieren." in told.text
    assert "Aangemeld" in told.text
    assert "Houdt van tuinieren." not in fold.text
    assert "Aangemeld" not in fold.text


def test_nothing_stands_twice_and_nothing_is_left_out(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    happens(world, sam, ["Een.", *[""] * MESSAGES, "Twee."])
    told = story(sanne, sam)
    # The registration, the receipt, two notes and the messages.
    assert len(items(told)) == MESSAGES + 4
    first = items(told)[0]
    assert "Twee." in first.text


def test_a_case_that_came_too_late_says_it_was_passed_on_not_who_got_a_message(
    world: World, sanne: CheckedClient, sam: UUID
) -> None:
    world.clock.advance(days=14)
    with world.writing() as db:
        assert tell_fallback(db, db.get_one(Registration, sam), world.clock())
    sign_in(sanne, SANNE)
    told = story(sanne, sam).text
    assert "Te laat: we gaven het door aan wie het overneemt" in told
    assert "kreeg bericht" not in told
