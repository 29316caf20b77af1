"""Answers by link: wrong input, the same answer twice, two people at once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts.following import following_at
from portal.followup.models import ContactAttempt
from portal.privacy.encryption import unseal
from portal.referral.models import Referral, ReferralEvent, ReferralNote
from portal.referral.reasons import CHOSEN_OUTCOMES, DECLINE, FAIL
from tests.desk.world import organization_id
from tests.reply.asking import PARTNER, Asking
from tests.reply.saying import forge, press
from tests.support.application import CheckedClient
from tests.support.html import read_html


@pytest.fixture
def at(asking: Asking) -> str:
    """The address of the only referral, which waits for an answer."""
    return f"/reply/{asking.token(asking.refer())}"


@pytest.mark.parametrize("reason", ["", "not_eligible"])
def test_a_no_without_a_reason_is_asked_why(
    asking: Asking, client: CheckedClient, at: str, reason: str
) -> None:
    before = asking.rows()
    answer = press(client, at, "decline", reason=reason)
    assert answer.status_code == 422
    page = read_html(answer.text)[1]
    assert "Kies waarom. Dan weet Trudo wat er nu moet gebeuren." in page.text
    assert page.all("details", open="")[0].all("form", id="act-decline")
    assert [link.text for link in page.all("a", href="#act-decline")] == [
        "Kies waarom. Dan weet Trudo wat er nu moet gebeuren."
    ]
    assert asking.rows() == before


def test_every_reason_can_be_chosen_and_says_what_happens_next(
    asking: Asking, client: CheckedClient
) -> None:
    for code in DECLINE:
        at = f"/reply/{asking.token(asking.refer())}"
        page = client.page(at)
        assert [box.get("value") for box in page.all("input", name="reason")] == list(DECLINE)
        assert press(client, at, "decline", reason=code).status_code == 303
        ended = client.page(at).text
        assert "Jullie antwoord: wij niet" in ended
        assert "Trudo" in ended.partition("Jullie antwoord: wij niet")[2][:140]


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("", "Kies een dag."),
        ("morgen", "Kies een dag."),
        ("2026-11-18", "Kies een dag na vandaag"),
        ("2027-06-01", "Kies een dag na vandaag"),
    ],
)
def test_a_rest_needs_a_day_that_comes(
    asking: Asking, client: CheckedClient, at: str, until: str, said: str
) -> None:
    asking.bring(asking.only(), "in_progress")
    before = asking.rows()
    answer = press(client, at, "hold", until=until)
    assert answer.status_code == 422
    page = read_html(answer.text)[1]
    assert said in page.text
    assert page.all("input", name="until")[0].get("value") == until.replace("morgen", "")
    assert asking.rows() == before


@pytest.mark.parametrize("outcome", ["", "taken_over", "rich"])
def test_completing_needs_an_outcome_that_can_be_chosen(
    asking: Asking, client: CheckedClient, at: str, outcome: str
) -> None:
    asking.bring(asking.only(), "accepted")
    answer = press(client, at, "complete", outcome=outcome)
    assert answer.status_code == 422
    assert "Kies wat ervan kwam." in answer.text
    assert asking.load(asking.only()).state == "accepted"


def test_every_outcome_and_every_reason_to_stop_is_on_the_page(
    asking: Asking, client: CheckedClient, at: str
) -> None:
    asking.bring(asking.only(), "in_progress")
    page = client.page(at)
    assert [b.get("value") for b in page.all("input", name="outcome")] == list(CHOSEN_OUTCOMES)
    assert [b.get("value") for b in page.all("input", name="reason")] == list(FAIL)


def test_not_reached_too_soon_says_what_is_still_needed(
    asking: Asking, client: CheckedClient, at: str
) -> None:
    press(client, at, "accept")
    for _ in range(3):
        asking.world.clock.advance(minutes=2)
        assert press(client, at, "attempt", result="no_answer").status_code == 303
    answer = press(client, at, "fail", reason="not_reached")
    assert answer.status_code == 422
    page = read_html(answer.text)[1]
    assert "Het is nog wat vroeg voor ‘niet bereikt’." in page.text
    assert (
        "een poging op een andere dag, een poging op een ander deel van de dag "
        "en een geschreven bericht" in page.text
    )
    assert page.all("input", name="reason", value="not_reached")[0].has("checked")
    assert asking.load(asking.only()).state == "accepted"
    asking.world.clock.set("2026-11-19T15:00")
    press(client, at, "attempt", result="message")
    assert press(client, at, "fail", reason="not_reached").status_code == 303
    assert asking.load(asking.only()).state == "failed"


def test_a_warm_handover_needs_the_day_on_which_they_met(
    asking: Asking, client: CheckedClient
) -> None:
    referral = asking.refer(warm=True)
    at = f"/reply/{asking.token(referral)}"
    press(client, at, "accept")
    assert "stelt jullie voor aan Voorbeeld-Sam" in client.page(at).text
    for met in ("", "2026-11-30"):
        answer = press(client, at, "contact_made", met=met)
        assert answer.status_code == 422
        assert "Kies de dag waarop jullie kennismaakten met Voorbeeld-Sam" in answer.text
    assert press(client, at, "attempt", result="reached").status_code == 303
    assert asking.load(referral).state == "accepted"
    assert press(client, at, "contact_made", met="2026-11-18").status_code == 303
    assert asking.load(referral).state == "in_progress"


def test_whoever_was_spoken_to_has_been_met(asking: Asking, client: CheckedClient, at: str) -> None:
    press(client, at, "accept")
    answer = press(client, at, "attempt", result="reached")
    assert asking.load(asking.only()).state == "in_progress"
    assert asking.events(asking.only())[-2:] == ["attempt", "contact_made"]
    assert "Genoteerd: jullie hebben elkaar gesproken." in client.page(answer.location).text


@pytest.mark.parametrize("result", ["", "teleported"])
def test_an_attempt_without_a_result_is_asked_again(
    asking: Asking, client: CheckedClient, at: str, result: str
) -> None:
    asking.bring(asking.only(), "accepted")
    answer = press(client, at, "attempt", result=result)
    assert answer.status_code == 422
    assert "Kies hoe het ging." in answer.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("   ", "Schrijf eerst iets."),
        ("x" * 2001, "Gebruik hoogstens 2000 tekens."),
        ("Zijn nummer is 111222333", "op een BSN lijken"),
        ("Heeft een indicatie.", "Je schrijft ‘indicatie’."),
    ],
)
def test_a_line_that_cannot_be_kept_comes_back_as_typed(
    asking: Asking, client: CheckedClient, at: str, text: str, said: str
) -> None:
    asking.bring(asking.only(), "in_progress")
    before = asking.rows()
    answer = press(client, at, "report", text=text)
    assert answer.status_code == 422
    page = read_html(answer.text)[1]
    assert said in page.text
    assert page.all("textarea")[0].text == text.strip()
    assert asking.rows() == before


def test_a_word_that_judges_is_kept_when_somebody_is_sure(
    asking: Asking, client: CheckedClient, at: str
) -> None:
    asking.bring(asking.only(), "in_progress")
    asked = read_html(press(client, at, "report", text="Heeft een indicatie.").text)[1]
    again = client.submit(asked, f"{at}/report", at=f"{at}/report")
    assert again.status_code == 303
    with asking.world.looking() as db:
        (note,) = db.scalars(select(ReferralNote)).all()
        assert unseal(db, note, "text") == "Heeft een indicatie."


def test_somebody_else_takes_it_up_but_no_stranger(
    asking: Asking, client: CheckedClient, at: str
) -> None:
    with asking.world.looking() as db:
        sanne = db.get_one(Referral, asking.only()).contact_id
    for stranger in ("nobody", "00000000-0000-0000-0000-000000000000"):
        answer = forge(client, at, "accept", 1, contact=stranger)
        assert answer.status_code == 422
        assert "Kies iemand die bij jullie werkt." in answer.text
    assert forge(client, at, "accept", 1, contact=str(sanne)).status_code == 303


def test_undo_is_gone_after_a_day(asking: Asking, client: CheckedClient, at: str) -> None:
    press(client, at, "accept")
    asking.world.clock.advance(hours=24)
    assert client.page(at).all("form", action=f"{at}/undo")
    asking.world.clock.advance(minutes=1)
    assert not client.page(at).all("form", action=f"{at}/undo")
    answer = forge(client, at, "undo", asking.load(asking.only()).version)
    assert answer.status_code == 422
    assert "Dat is meer dan 24 uur geleden." in answer.text
    assert asking.load(asking.only()).state == "accepted"


def test_an_attempt_is_written_down_as_said_by_link(
    asking: Asking, client: CheckedClient, at: str
) -> None:
    press(client, at, "accept")
    press(client, at, "attempt", result="voicemail")
    with asking.world.looking() as db:
        (tried,) = db.scalars(
            select(ContactAttempt).where(ContactAttempt.referral_id == asking.only())
        ).all()
        assert (tried.result, tried.account_id) == ("voicemail", None)
        ways = select(ReferralEvent.way).where(ReferralEvent.event.in_(("accept", "attempt")))
        assert set(db.scalars(ways)) == {"link"}


def test_whoever_takes_over_is_told_that_it_is_theirs_now(
    asking: Asking, client: CheckedClient
) -> None:
    referral = asking.refer(transfers=True)
    at = f"/reply/{asking.token(referral)}"
    asked = client.page(at).text
    assert "worden jullie verantwoordelijk voor Voorbeeld-Sam" in asked
    assert "Dat kun je niet ongedaan maken." in asked
    assert "24 uur" not in asked
    answer = press(client, at, "accept")
    page = client.page(answer.location).text
    assert "Voorbeeld-Sam is vanaf nu bij jullie." in page
    assert "Jullie zijn nu verantwoordelijk voor Voorbeeld-Sam" in page
    assert "Afgerond: Overgenomen" in page


def test_nobody_takes_over_a_case_that_they_could_not_open(
    asking: Asking, client: CheckedClient
) -> None:
    referral = asking.refer(transfers=True)
    with asking.world.writing() as db:
        for account in db.scalars(following_at({organization_id(db, PARTNER)})):
            account.active = False
    answer = press(client, f"/reply/{asking.token(referral)}", "accept")
    assert answer.status_code == 422
    assert "Eerst heeft iemand van jullie een account nodig" in answer.text
    assert asking.load(referral).state == "requested"
