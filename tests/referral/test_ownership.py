"""Another organisation becomes the owner: with the person's word, and only when it says yes."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.following import following_at
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import unseal
from portal.referral.answer import accept, decline
from portal.referral.ask import Ask
from portal.referral.models import Referral
from portal.referral.party import as_owner
from portal.referral.refer import refer
from portal.referral.refusals import AlreadyAskedError, NobodySignsInError, NotAgreedError
from portal.registration.lookup import find, reindex
from portal.registration.models import Registration
from portal.registration.visible import cases_of
from tests.referral.town import (
    WEDNESDAY,
    Office,
    Town,
    a_referral,
    a_registration,
    agree,
    receiver_of,
)
from tests.support.clock import amsterdam


def to_be_taken_over(db: Session, town: Town) -> tuple[Referral, Registration]:
    referral = a_referral(db, town, transfers=True)
    registration = db.get_one(Registration, referral.registration_id)
    reindex(db, registration)
    return referral, registration


def sees(db: Session, office: Office, registration: Registration) -> bool:
    db.flush()
    return registration in set(db.scalars(cases_of(office.handler)))


def test_asking_changes_no_owner(db: Session, town: Town) -> None:
    _, registration = to_be_taken_over(db, town)
    assert registration.owner_id == town.owner.id
    assert sees(db, town.owner, registration)
    assert not sees(db, town.coach, registration)


def test_with_yes_the_receiver_is_the_owner_and_the_former_one_sees_nothing(
    db: Session, town: Town
) -> None:
    referral, registration = to_be_taken_over(db, town)
    accept(db, referral, by=receiver_of(town, referral), now=WEDNESDAY)
    assert (registration.owner_id, registration.contact_id) == (
        town.coach.id,
        town.coach.contact_id,
    )
    assert not sees(db, town.owner, registration)
    assert sees(db, town.coach, registration)
    assert find(db, [town.owner.id], "amal") == []
    assert find(db, [town.coach.id], "amal") == [registration]


def test_the_new_owner_has_a_call_to_make_within_its_own_norm(db: Session, town: Town) -> None:
    referral, registration = to_be_taken_over(db, town)
    accept(db, referral, by=receiver_of(town, referral), now=WEDNESDAY)
    assert (registration.state, registration.next_action) == ("picked_up", "call")
    assert registration.next_action_at == amsterdam("2026-11-21T00:00")
    assert registration.promised_on.isoformat() == "2026-11-20"
    assert (referral.state, referral.outcome) == ("completed", "taken_over")


def test_the_person_and_the_former_owner_are_told(db: Session, town: Town) -> None:
    referral, _ = to_be_taken_over(db, town)
    accept(db, referral, by=receiver_of(town, referral), now=WEDNESDAY)
    sent = {each.kind: each for each in db.scalars(select(OutboxMessage))}
    assert sent["other_owner"].data["contact"] == str(town.coach.contact_id)
    former = unseal(db, sent["referral_taken_over"], "recipient")
    assert former == "handler@thuis.example"


def test_a_no_leaves_the_owner_the_owner(db: Session, town: Town) -> None:
    referral, registration = to_be_taken_over(db, town)
    decline(db, referral, "full", by=receiver_of(town, referral), now=WEDNESDAY)
    assert (registration.owner_id, registration.state) == (town.owner.id, "picked_up")
    assert registration.came_back


def test_it_needs_that_the_person_agreed_to_all_of_it(db: Session, town: Town) -> None:
    registration = a_registration(db, town)
    agree(db, town, registration, town.coach, shares=("wishes", "reach", "words"))
    by = as_owner(town.owner.handler, registration)
    with pytest.raises(NotAgreedError):
        refer(db, registration, Ask(town.coach.id, transfers=True), by=by, now=WEDNESDAY)


def test_whoever_has_no_account_is_not_asked_to_take_over_and_cannot(
    db: Session, town: Town
) -> None:
    referral, registration = to_be_taken_over(db, town)
    for account in db.scalars(following_at({town.coach.id, town.guide.id})):
        account.active = False
    with pytest.raises(NobodySignsInError):
        accept(db, referral, by=receiver_of(town, referral), now=WEDNESDAY)
    assert (referral.state, registration.owner_id) == ("requested", town.owner.id)
    with pytest.raises(NobodySignsInError):
        a_referral(db, town, to=town.guide, transfers=True)
    assert a_referral(db, town, to=town.guide).state == "requested"


def test_two_cannot_be_asked_to_take_over_at_once(db: Session, town: Town) -> None:
    _, registration = to_be_taken_over(db, town)
    with pytest.raises(AlreadyAskedError):
        a_referral(db, town, to=town.guide, registration=registration, transfers=True)


def test_other_partners_stay_at_work_for_the_new_owner(db: Session, town: Town) -> None:
    referral, registration = to_be_taken_over(db, town)
    other = a_referral(db, town, to=town.guide, registration=registration)
    accept(db, referral, by=receiver_of(town, referral), now=WEDNESDAY)
    db.flush()
    assert (registration.state, other.state, other.lead) == ("referred", "requested", True)
    decline(db, other, "full", by=receiver_of(town, other), now=WEDNESDAY)
    assert registration.state == "picked_up"
    back = select(OutboxMessage).where(OutboxMessage.kind == "referral_back")
    assert unseal(db, db.scalars(back).one(), "recipient") == "handler@werk.example"
