"""A tenant is asked something: by a link in a mail, or by a code on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.db.engine import Database
from portal.followup.letters import all_letters
from portal.followup.record import record_attempt
from portal.notify.compose import compose
from portal.notify.models import OutboxMessage
from portal.referral.answer import accept
from portal.referral.ask import Ask
from portal.referral.consent import ask_consent, record_consent
from portal.referral.contacted import ask_contacted
from portal.referral.models import ConsentAsk, Referral
from portal.referral.party import BY_LINK, as_owner
from portal.referral.refer import refer
from portal.registration.models import Consent, Registration
from portal.registration.queries import reference_of
from tests.desk.world import SANNE, World, furnished, organization_id
from tests.journeys.handler import Handler
from tests.journeys.sender import Sender
from tests.support.browser import OpenScreen
from tests.support.clock import SettableClock
from tests.support.server import Server
from tests.support.templates import Preparation

NAME = "Voorbeeld-Fatma"
LINK = re.compile(r"https://\S+(/mine/\S+)")
SHARES = ("wishes", "practical", "reach")


@pytest.fixture
def prepared() -> Preparation:
    """Eindhoven, with people at desks."""
    return furnished


@pytest.fixture
def world(database: Database, clock: SettableClock) -> World:
    """Fatma registered with her mail address, and Sanne spoke to her."""
    made = World(database, clock)
    fatma = made.register(NAME, email="fatma@post.example", practical=("children",))
    with made.writing() as db:
        registration = db.get_one(Registration, fatma)
        record_attempt(db, registration, "reached", by=made.identity(SANNE), now=clock())
    return made


def fatma_in(world: World, locale: str) -> None:
    """Fatma reads this language."""
    with world.writing() as db:
        db.scalars(select(Registration)).one().locale = locale


def sanne_asks(world: World) -> None:
    """Sanne would like to ask Springplank040 to help."""
    with world.writing() as db:
        registration = db.scalars(select(Registration)).one()
        partner, sanne = organization_id(db, "springplank040"), world.identity(SANNE)
        ask_consent(db, registration, partner, shares=SHARES, by=sanne, now=world.clock())


def link_in_the_mail(world: World, server: Server, kind: str) -> str:
    """The private link in the newest message of a kind, as the worker would write it now."""
    with world.looking() as db:
        message = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).one()
        assert message.channel == "mail"
        told = all_letters(server.url)(db, message, world.clock())
        assert told
        assert told.is_true
        letter = compose(kind, "mail", told.words, message.locale)
    found = LINK.search(letter.text)
    assert found, letter.text
    return found.group(0)


def springplank_was_asked(world: World) -> None:
    """Fatma said yes on the phone, Springplank040 took it up, and then a week passed."""
    sanne = world.identity(SANNE)
    with world.writing() as db:
        registration = db.scalars(select(Registration)).one()
        partner, now = organization_id(db, "springplank040"), world.clock()
        record_consent(
            db,
            registration,
            partner,
            shares=SHARES,
            method="phone",
            locale="nl",
            by=sanne,
            now=now,
        )
        asked = refer(db, registration, Ask(partner), by=as_owner(sanne, registration), now=now)
        accept(db, asked, by=BY_LINK, now=now)
    world.clock.advance(days=7)
    with world.writing() as db:
        ask_contacted(db, db.scalars(select(Referral)).one(), now=world.clock())


def sees_first(tenant: Sender, link: str, question: str) -> None:
    """The question is the heading, on the first screen of a small phone; nothing is ticked."""
    tenant.screen.go(link)
    expect(tenant.page.locator("h1")).to_have_text(question)
    tenant.screen.step("asked from the mail")
    box = tenant.page.locator("h1").bounding_box()
    assert box
    assert box["y"] < 300
    ticks = tenant.page.locator("[name=without]").all()
    assert [tick.is_checked() for tick in ticks] == [False, False, False]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize(
    "words",
    [
        ("nl", "Sanne heeft een vraag voor je", "Nu kunnen we het ze vragen."),
        ("ar", "لدى Sanne سؤال لك", "الآن يمكننا أن نسألهم."),
    ],
    ids=["nl", "ar"],
)
def test_a_question_of_consent_is_answered_from_the_mail(
    phone: OpenScreen,
    server: Server,
    world: World,
    words: tuple[str, str, str],
    scripts: bool,
) -> None:
    locale, question, thanks = words
    # Given a mail in the language of the tenant, with a link.
    fatma_in(world, locale)
    sanne_asks(world)
    link = link_in_the_mail(world, server, "consent_asked")
    assert f"/{locale}/mine/" in link
    # When she opens it, the question is what she sees first, and looking has said nothing.
    tenant = Sender(phone(locale, java_script_enabled=scripts))
    sees_first(tenant, link, question)
    with world.looking() as db:
        assert db.scalars(select(ConsentAsk.answered_at)).one() is None
    # And she leaves out one thing and says yes.
    tenant.page.locator("[name=without][value=practical]").check()
    tenant.page.locator("[name=answer][value=yes]").click()
    tenant.sees(thanks)
    tenant.screen.step("answered")
    expect(tenant.page.locator("form[action$='/answer']")).to_have_count(0)
    # Then exactly that is agreed, in her language.
    with world.looking() as db:
        partner = Consent.organization_id == organization_id(db, "springplank040")
        given = db.scalars(select(Consent).where(partner)).one()
        assert (given.shares, given.locale) == (["wishes", "reach"], locale)


def test_enter_on_a_tick_says_neither_yes_nor_no(
    phone: OpenScreen, server: Server, world: World
) -> None:
    sanne_asks(world)
    tenant = Sender(phone("nl"))
    tenant.screen.go(link_in_the_mail(world, server, "consent_asked"))
    tenant.page.locator("[name=without][value=reach]").focus()
    tenant.page.keyboard.press("Enter")
    tenant.sees("Druk op ‘Ja’ of ‘Nee’.")
    tenant.screen.step("yes or no?")
    with world.looking() as db:
        assert db.scalars(select(ConsentAsk.answered_at)).one() is None


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_nobody_of_the_partner_called_is_on_top_of_the_list(
    phone: OpenScreen,
    desk_browser: OpenScreen,
    world: World,
    scripts: bool,
) -> None:
    springplank_was_asked(world)
    world.register("Voorbeeld-Piet", phone="+31612345672")
    with world.looking() as db:
        code = reference_of(db, db.scalars(select(Registration).limit(1)).one()).code
    # By the code on paper: whoever has no mail address has nothing else.
    tenant = Sender(phone("nl", java_script_enabled=scripts))
    tenant.comes_back(code)
    expect(tenant.page.locator("h1")).to_have_text("Heeft iemand contact met je opgenomen?")
    expect(tenant.page.locator("main")).not_to_contain_text("Springplank040")
    tenant.page.locator("[name=answer][value=no]").click()
    tenant.sees("Bedankt dat je het zegt.", "Je zei ons dat niemand contact opnam")
    tenant.screen.step("nobody contacted me")
    # Whoever follows her up sees it first, before whoever came in today.
    handler = Handler(desk_browser("nl"))
    handler.opens(SANNE)
    people = handler.page.get_by_role("link", name=re.compile("^Voorbeeld-"))
    expect(people.first).to_have_text(NAME)
    expect(people).to_have_count(2)


def test_a_yes_from_the_mail_ends_the_question(
    phone: OpenScreen, server: Server, world: World
) -> None:
    springplank_was_asked(world)
    tenant = Sender(phone("nl"))
    tenant.screen.go(link_in_the_mail(world, server, "ask_contacted"))
    expect(tenant.page.locator("h1")).to_contain_text("Springplank040")
    tenant.page.locator("[name=answer][value=yes]").click()
    tenant.sees("Fijn om te horen.", "Springplank040 gaat je helpen")
    tenant.screen.step("somebody contacted me")


def test_rather_not_from_the_list_of_who_may_contact_me(
    phone: OpenScreen, server: Server, world: World
) -> None:
    springplank_was_asked(world)
    tenant = Sender(phone("nl"))
    tenant.screen.go(link_in_the_mail(world, server, "ask_contacted"))
    tenant.page.locator("summary", has_text="Wat weten ze?").click()
    tenant.screen.step("what they know")
    tenant.page.get_by_role("button", name=re.compile("Liever niet.*Springplank040")).click()
    tenant.sees("Ze zien niets meer.", "We kijken met je verder")
    tenant.screen.step("not any more")


def test_change_without_a_script_lands_at_the_question(phone: OpenScreen, world: World) -> None:
    tenant = Sender(phone("nl", java_script_enabled=False))
    tenant.opens("/nl/")
    tenant.chooses("wish", "paid_work")
    tenant.writes("phone", "06 12345678")
    tenant.writes("first_name", NAME)
    tenant.arrives_at_check()
    tenant.page.locator("[name=open][value=reach]").click()
    tenant.page.wait_for_url("**/change#reach")
    question = tenant.page.locator("#reach").bounding_box()
    assert question
    assert 0 <= question["y"] < 200
