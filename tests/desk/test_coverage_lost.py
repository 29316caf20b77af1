"""What an organisation was not told stands with what must be mended, until it says "seen"."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.notify.models import OutboxMessage
from portal.privacy.models import AuditEvent
from tests.desk.teaming import lose, page_of
from tests.desk.world import COORDINATOR, World, organization_id, sign_in
from tests.support.application import ORIGIN, CheckedClient

PAGE = "/desk/coverage"
OURS = {"Origin": ORIGIN, "Referer": f"{ORIGIN}{PAGE}", "Sec-Fetch-Site": "same-origin"}
FOUND = "Een bericht kwam niet aan"


@pytest.fixture
def coordinator(world: World, client: CheckedClient) -> CheckedClient:
    """The browser of the coordinator of Trudo."""
    sign_in(client, COORDINATOR)
    return client


def state(world: World, key: UUID) -> str:
    with world.looking() as db:
        return db.get_one(OutboxMessage, key).state


def button(world: World, slug: str = "trudo") -> str:
    """Where the button of an organisation leads, without the programme."""
    with world.looking() as db:
        return f"{PAGE}/organizations/{organization_id(db, slug)}/seen"


def test_one_press_takes_what_we_were_not_told_off_the_list(
    world: World, coordinator: CheckedClient
) -> None:
    lost = [lose(world), lose(world, kind="all_full")]
    page = coordinator.page(PAGE)
    assert FOUND in page.text
    answer = coordinator.submit(page, f"{button(world)}?programme=eindhoven", at=PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PAGE}?programme=eindhoven")
    page = coordinator.page(PAGE)
    assert FOUND not in page.text
    assert "Goed: het is van de lijst." in page.text
    assert {state(world, each) for each in lost} == {"dropped"}
    with world.looking() as db:
        by = select(AuditEvent).where(AuditEvent.action == "not_told_seen")
        [done] = db.scalars(by)
        assert done.account_id == world.identity(COORDINATOR).account_id
        assert done.organization_id == organization_id(db, "trudo")


def test_what_another_organisation_was_not_told_is_seen_and_left_to_it(
    world: World, coordinator: CheckedClient
) -> None:
    lost = lose(world, "randstad", "referral_list")
    own = lose(world)
    page = coordinator.page(PAGE)
    assert "Randstad: de link" in page.text
    posts = [form.get("action") or "" for form in page.all("form", method="post")]
    assert [each for each in posts if PAGE in each] == [f"{button(world)}?programme=eindhoven"]
    seal = page.all("input", name="seen")[0].get("value")
    fields = {"seen": seal, "csrf_token": page.all("input", name="csrf_token")[0].get("value")}
    answer = coordinator.post(button(world, "randstad"), data=fields, headers=OURS)
    assert answer.status_code == 404
    assert state(world, lost) == "undelivered"
    coordinator.submit(page, f"{button(world)}?programme=eindhoven", at=PAGE)
    assert (state(world, lost), state(world, own)) == ("undelivered", "dropped")


@pytest.mark.parametrize("token", ["", "from-another-page"])
def test_a_form_that_is_not_ours_sees_to_nothing(
    world: World, coordinator: CheckedClient, token: str
) -> None:
    lost = lose(world)
    seal = coordinator.page(PAGE).all("input", name="seen")[0].get("value")
    fields = {"seen": seal, "csrf_token": token}
    for headers in (OURS, {"Origin": "https://elders.example", "Sec-Fetch-Site": "cross-site"}):
        answer = coordinator.post(button(world), data=fields, headers=headers)
        assert answer.status_code in (400, 403)
    assert state(world, lost) == "undelivered"


def test_what_was_lost_meanwhile_is_shown_before_it_is_seen_to(
    world: World, coordinator: CheckedClient
) -> None:
    first = lose(world)
    page = coordinator.page(PAGE)
    second = lose(world, kind="all_full")
    answer = coordinator.submit(page, f"{button(world)}?programme=eindhoven", at=PAGE)
    assert answer.status_code == 409
    shown = page_of(answer)
    assert "Er veranderde intussen iets." in shown.text
    assert {state(world, each) for each in (first, second)} == {"undelivered"}
    coordinator.submit(shown, f"{button(world)}?programme=eindhoven", at=PAGE)
    assert {state(world, each) for each in (first, second)} == {"dropped"}


def test_who_presses_twice_is_told_how_it_is_now(world: World, coordinator: CheckedClient) -> None:
    lose(world)
    page = coordinator.page(PAGE)
    for status in (303, 409):
        answer = coordinator.submit(page, f"{button(world)}?programme=eindhoven", at=PAGE)
        assert answer.status_code == status


def test_a_seal_of_nothing_sees_to_nothing(world: World, coordinator: CheckedClient) -> None:
    token = coordinator.page(PAGE).all("input", name="csrf_token")[0].get("value")
    for seen in ("", "\x00", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"):
        fields = {"seen": seen, "csrf_token": token}
        assert coordinator.post(button(world), data=fields, headers=OURS).status_code == 409
