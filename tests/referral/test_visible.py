"""Who sees which referral, how deep: the owner its case, the receiver its sheet, nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity, Role
from portal.referral.answer import accept, decline
from portal.referral.end import retract
from portal.referral.models import Referral
from portal.referral.party import BY_LINK, as_owner
from portal.referral.visible import Depth
from portal.registration import visible
from portal.registration.models import Registration
from tests.referral.seeing import depth
from tests.referral.town import WEDNESDAY, Town, a_referral

DAY = timedelta(days=1)


def depth_of_case(db: Session, identity: Identity, referral: Referral) -> visible.Depth:
    case = db.get_one(Registration, referral.registration_id)
    return visible.view_of(identity, case, now=WEDNESDAY)


def with_role(identity: Identity, role: str) -> Identity:
    roles = tuple(Role(each.organization_id, role, None, None) for each in identity.roles)
    return Identity(identity.account_id, "", "nl", roles)


def test_the_owner_sees_the_case_and_the_receiver_its_sheet(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    for identity in (town.owner.handler, town.owner.coordinator):
        assert depth_of_case(db, identity, referral) == visible.Depth.ALL
        assert depth(db, identity, referral) == Depth.NOTHING
    for identity in (town.coach.handler, town.coach.coordinator):
        assert depth(db, identity, referral) == Depth.SHEET


def test_nobody_else_sees_any(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    strangers = (town.guide.handler, town.neighbours.handler, town.neighbours.coordinator)
    for identity in strangers:
        assert depth(db, identity, referral) == Depth.NOTHING


@pytest.mark.parametrize("role", ["viewer", "administrator", "registrar"])
def test_a_role_that_follows_nobody_up_sees_none(db: Session, town: Town, role: str) -> None:
    referral = a_referral(db, town)
    for identity in (town.owner.handler, town.coach.handler):
        assert depth(db, with_role(identity, role), referral) == Depth.NOTHING


def test_a_receiver_never_sees_the_registration_itself(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    db.flush()
    assert depth_of_case(db, town.coach.handler, referral) == visible.Depth.NOTHING
    assert db.scalars(visible.visible_to(town.coach.handler, now=WEDNESDAY)).all() == []


@pytest.mark.parametrize("end", ["decline", "retract"])
def test_after_the_end_the_receiver_sees_the_sheet_for_30_days_and_no_number(
    db: Session, town: Town, end: str
) -> None:
    referral = a_referral(db, town)
    if end == "decline":
        decline(db, referral, "full", by=BY_LINK, now=WEDNESDAY)
    else:
        owner = as_owner(town.owner.handler, db.get_one(Registration, referral.registration_id))
        accept(db, referral, by=BY_LINK, now=WEDNESDAY)
        retract(db, referral, "by_mistake", by=owner, now=WEDNESDAY)
    coach = town.coach.handler
    assert depth(db, coach, referral, WEDNESDAY + 30 * DAY - timedelta(seconds=1)) == Depth.SHEET
    assert depth(db, coach, referral, WEDNESDAY + 30 * DAY) == Depth.NOTHING
