"""Fresh links: only to the address of the partner, only for what it may see, and not in heaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.referral.answer import accept, decline
from portal.referral.letters import about_referrals
from portal.referral.link import LASTS, make_link, open_link, open_one
from portal.referral.models import PartnerLink
from portal.referral.party import BY_LINK
from portal.referral.refusals import LinkOverError, LinkRevokedError, UnknownLinkError
from portal.referral.renew import ON_ITS_WAY, renew_link, send_list
from portal.referral.withdraw import withdraw_consent
from portal.registration.models import Registration
from tests.referral.town import WEDNESDAY, Town, a_referral

LATER = WEDNESDAY + LASTS


def sent(db: Session, kind: str) -> Sequence[OutboxMessage]:
    db.flush()
    return db.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).all()


def told_link(db: Session, message: OutboxMessage) -> str:
    told = about_referrals("https://voordeur.example")(db, message, message.created_at)
    assert told
    return str(told.words["link"]).rpartition("/")[2]


def old_link(db: Session) -> PartnerLink:
    db.flush()
    return db.scalars(select(PartnerLink)).one()


@pytest.mark.parametrize("taken_up", [True, False])
def test_a_fresh_link_opens_the_same_referral_whatever_became_of_it(
    db: Session, town: Town, taken_up: bool
) -> None:
    referral = a_referral(db, town)
    old = old_link(db)
    if taken_up:
        accept(db, referral, by=BY_LINK, now=WEDNESDAY)
    assert renew_link(db, old.id, now=LATER)
    (message,) = sent(db, "referral_link")
    assert unseal(db, message, "recipient") == "handler@werk.example"
    assert open_link(db, told_link(db, message), now=LATER).referral is referral


def test_a_second_press_sends_no_second_mail_until_the_first_may_be_lost(
    db: Session, town: Town
) -> None:
    a_referral(db, town)
    old = old_link(db)
    assert renew_link(db, old.id, now=LATER)
    assert not renew_link(db, old.id, now=LATER + timedelta(minutes=5))
    assert len(sent(db, "referral_link")) == 1
    assert renew_link(db, old.id, now=LATER + ON_ITS_WAY)


def test_no_link_is_sent_to_what_may_not_be_seen_any_more(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    old = old_link(db)
    decline(db, referral, "full", by=BY_LINK, now=WEDNESDAY)
    assert not renew_link(db, old.id, now=LATER)
    assert not sent(db, "referral_link")


def test_whoever_left_gets_no_link_but_a_colleague_does(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    db.get_one(Contact, referral.contact_id).active = False
    db.add(
        Contact(
            slug="werk-zoe",
            organization_id=town.coach.id,
            first_name="Zoe",
            words={},
            phone="+31401234509",
            email="zoe@werk.example",
            languages=["nl"],
        )
    )
    assert renew_link(db, old_link(db).id, now=LATER)
    (message,) = sent(db, "referral_link")
    assert unseal(db, message, "recipient") == "zoe@werk.example"


def test_an_organisation_that_is_switched_off_gets_none(db: Session, town: Town) -> None:
    a_referral(db, town)
    db.get_one(Organization, town.coach.id).active = False
    assert not renew_link(db, old_link(db).id, now=LATER)
    assert not send_list(db, town.coach.id, now=LATER)


def test_a_link_to_everything_is_mailed_and_covers_each_of_them(db: Session, town: Town) -> None:
    first, other = a_referral(db, town), a_referral(db, town, to=town.guide)
    assert send_list(db, town.coach.id, now=WEDNESDAY, contact_id=town.coach.contact_id)
    assert not send_list(db, town.coach.id, now=WEDNESDAY)
    (message,) = sent(db, "referral_list")
    opened = open_link(db, told_link(db, message), now=WEDNESDAY)
    assert opened.referral is None
    assert open_one(db, opened, first.id, now=WEDNESDAY) is first
    with pytest.raises(UnknownLinkError):
        open_one(db, opened, other.id, now=WEDNESDAY)


def test_an_expired_link_to_everything_is_renewed_too(db: Session, town: Town) -> None:
    old = make_link(db, town.coach.id, now=WEDNESDAY)
    db.flush()
    assert renew_link(db, old.id, now=LATER)
    assert len(sent(db, "referral_list")) == 1


def test_a_link_to_one_covers_no_other(db: Session, town: Town) -> None:
    first, second = a_referral(db, town), a_referral(db, town)
    db.flush()
    links = db.scalars(select(PartnerLink).where(PartnerLink.referral_id == first.id))
    assert [link.referral_id for link in links] == [first.id]
    opened = open_link(db, told_link(db, sent(db, "referral_sent")[0]), now=WEDNESDAY)
    assert opened.referral in (first, second)
    for each in (first, second):
        with pytest.raises(UnknownLinkError):
            open_one(db, opened, each.id, now=WEDNESDAY)


def test_what_ended_or_was_withdrawn_is_not_among_everything(db: Session, town: Town) -> None:
    ended, withdrawn = a_referral(db, town), a_referral(db, town)
    decline(db, ended, "full", by=BY_LINK, now=WEDNESDAY)
    registration = db.get_one(Registration, withdrawn.registration_id)
    withdraw_consent(db, registration, town.coach.id, now=WEDNESDAY)
    assert send_list(db, town.coach.id, now=LATER)
    opened = open_link(db, told_link(db, sent(db, "referral_list")[0]), now=LATER)
    with pytest.raises(LinkOverError):
        open_one(db, opened, ended.id, now=LATER)
    with pytest.raises(LinkRevokedError):
        open_one(db, opened, withdrawn.id, now=LATER)
