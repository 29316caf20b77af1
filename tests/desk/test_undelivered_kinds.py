"""Whatever message was given up, of whatever kind: somebody sees who did not get it."""

from __future__ import annotations

import pytest

from portal.accounts.identity import Right
from portal.desk.words import MESSAGE_WORDS
from portal.i18n import gettext, use_locale
from portal.notify.kinds import KINDS, PERSON
from portal.notify.outbox import put_out
from portal.referral.letters import TO_PARTNER
from portal.referral.undelivered import all_undelivered, see_to_it
from portal.registration.happen import account
from portal.registration.models import Registration
from portal.registration.undelivered import flag_undelivered
from portal.web.coverage_words import NOT_TOLD
from tests.desk.partners import Desk
from tests.desk.world import SANNE, World, organization_id
from tests.reply.asking import Asking
from tests.support.application import CheckedClient

SOMEBODY, PARTNER = "Voorbeeld-Sam", "Randstad"
RED = "notice red lost"
# The others are about no one case; "who lands where" says who did not get them.
ABOUT_SOMEBODY = [kind for kind in KINDS if kind not in NOT_TOLD]


@pytest.fixture
def desk(world: World, sanne: CheckedClient) -> Desk:
    """Sanne's desk, with somebody for whom Randstad is asked."""
    person = world.register(SOMEBODY)
    Asking(world).refer(registration=person)
    return Desk(world, sanne, person)


def lose(desk: Desk, kind: str) -> None:
    """Let only this message be lost, about this person and this partner."""
    world, referral = desk.world, Asking(desk.world).only()
    with world.writing() as db:
        partner = str(organization_id(db, "randstad"))
        message = put_out(
            db,
            kind,
            registration_id=desk.person,
            recipient="iemand@trudo.example",
            locale="nl",
            now=world.clock(),
            data={"referral": str(referral), "organization": partner},
        )
        message.state, message.undelivered_at = "undelivered", world.clock()
        db.flush()
        flag_undelivered(db, message, world.clock())


def who_missed_it(kind: str) -> str:
    """Return what says who did not get a message of this kind."""
    if KINDS[kind].audience == PERSON:
        return f"konden we {SOMEBODY} iets niet laten weten."
    if kind in TO_PARTNER:
        return f"{PARTNER} kreeg ons bericht niet."
    with use_locale("nl"):
        return gettext(MESSAGE_WORDS[kind]) % {"organization": PARTNER}


def banner(desk: Desk) -> str:
    """Return what the case says did not arrive, "" when nothing did not."""
    return "".join(each.text for each in desk.page().all("section", **{"class": RED}))


def test_each_kind_of_lost_message_alone_puts_the_case_on_the_list_of_the_owner(desk: Desk) -> None:
    sanne, now = desk.world.identity(SANNE), desk.world.clock()
    for kind in ABOUT_SOMEBODY:
        lose(desk, kind)
        with desk.world.writing() as db:
            found = all_undelivered(db, sanne.organizations(Right.FOLLOW_UP))
            assert [each.registration_id for each in found] == [desk.person], kind
            row = db.get_one(Registration, desk.person)
            assert see_to_it(db, row, again=False, by=account(sanne), now=now)
            assert all_undelivered(db, sanne.organizations(Right.FOLLOW_UP)) == []


def test_the_case_says_of_every_kind_who_did_not_get_it_until_somebody_saw_to_it(
    desk: Desk,
) -> None:
    assert banner(desk) == ""
    for kind in ABOUT_SOMEBODY:
        lose(desk, kind)
    said = banner(desk)
    assert [kind for kind in ABOUT_SOMEBODY if who_missed_it(kind) not in said] == []
    done = desk.press(desk.case, f"{desk.case}/undelivered", what="seen")
    assert done.status_code == 303
    assert banner(desk) == ""
