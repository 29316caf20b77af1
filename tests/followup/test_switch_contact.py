"""Switching off a contact: a colleague who was named has everybody from then on."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization, Programme
from portal.catalogue.version import current_version
from portal.followup import affected, switch_contact
from portal.followup.letters import all_letters
from portal.followup.switch_refusals import (
    AwayError,
    ChangedMeanwhileError,
    LastOneError,
    NobodyNamedError,
    OffAlreadyError,
)
from portal.notify.models import OutboxMessage
from portal.referral.ask import Ask, contact_asked
from portal.referral.link import make_link, open_link, token_of
from portal.referral.models import PartnerLink
from portal.referral.queries import events_of
from portal.referral.refusals import LinkExpiredError, NotYoursError
from portal.registration.models import RegistrationEvent
from portal.registration.refusals import NotAColleagueError
from tests.followup.leaving import a_colleague, asked, belongs_to, contact_off, lost, told
from tests.referral.town import PHONE, WEDNESDAY, Town, a_registration, build_town


@pytest.fixture
def town(db: Session) -> Town:
    """A town in the fresh database."""
    return build_town(db)


def test_a_colleague_has_everybody_and_the_people_are_told(db: Session, town: Town) -> None:
    states = ("new", "picked_up", "waiting", "aftercare")
    people = [a_registration(db, town, state=state) for state in states]
    due = [row.next_action_at for row in people]
    mo = a_colleague(db, town.owner)
    contact_off(db, town.owner, mo)
    assert {row.contact_id for row in people} == {mo.id}
    assert [row.state for row in people] == list(states)
    assert [row.next_action_at for row in people] == due
    assert told(db, "other_contact") == [PHONE] * 4
    assert told(db, "people_came") == [mo.email]
    assert lost(db, town) == []


def test_whoever_is_closed_keeps_the_name_of_who_it_was(db: Session, town: Town) -> None:
    row = a_registration(db, town)
    row.state, row.next_action_at = "closed", None
    contact_off(db, town.owner, a_colleague(db, town.owner))
    assert row.contact_id == town.owner.contact_id
    assert told(db, "other_contact") == []


def test_who_did_it_is_on_the_timeline(db: Session, town: Town) -> None:
    row = a_registration(db, town)
    mo = a_colleague(db, town.owner)
    contact_off(db, town.owner, mo)
    mine = RegistrationEvent.registration_id == row.id
    event = db.scalars(select(RegistrationEvent).where(mine)).one()
    assert (event.event, event.actor) == ("hand_over", "account")
    assert event.account_id == town.owner.coordinator.account_id
    assert event.data == {"from": str(town.owner.contact_id), "to": str(mo.id)}


def test_a_partner_s_colleague_gets_what_was_asked(db: Session, town: Town) -> None:
    waiting, begun = asked(db, town, "requested"), asked(db, town, "in_progress")
    mo = a_colleague(db, town.coach)
    before = len(told(db, "other_contact"))
    contact_off(db, town.coach, mo)
    assert (waiting.state, begun.state) == ("requested", "in_progress")
    assert {waiting.contact_id, begun.contact_id} == {mo.id}
    assert mo.email in told(db, "referral_sent")
    assert len(told(db, "other_contact")) == before + 1
    last = max(events_of(db, begun.id), key=lambda event: event.event == "other_contact")
    assert (last.actor, last.account_id) == ("receiver", town.coach.coordinator.account_id)
    assert lost(db, town) == []


@pytest.mark.parametrize("covers", ["one", "all"])
def test_a_link_of_a_contact_who_was_switched_off_is_too_old(
    db: Session, town: Town, covers: str
) -> None:
    referral = asked(db, town, "accepted")
    one = referral.id if covers == "one" else None
    token = token_of(db, make_link(db, town.coach.id, now=WEDNESDAY, referral_id=one))
    assert open_link(db, token, now=WEDNESDAY).organization_id == town.coach.id
    contact_off(db, town.coach, a_colleague(db, town.coach))
    with pytest.raises(LinkExpiredError):
        open_link(db, token, now=WEDNESDAY)


@pytest.mark.parametrize("state", ["requested", "accepted", "in_progress", "on_hold"])
def test_whoever_gets_a_referral_in_hand_is_mailed_a_link(
    db: Session, town: Town, state: str
) -> None:
    both = asked(db, town, state), asked(db, town, state)
    mo = a_colleague(db, town.coach)
    contact_off(db, town.coach, mo)
    kind = "referral_sent" if state == "requested" else "referral_link"
    assert told(db, kind).count(str(mo.email)) == 2
    for referral in both:
        newest = select(PartnerLink).where(PartnerLink.referral_id == referral.id)
        open_now = [row for row in db.scalars(newest) if row.expires_at > WEDNESDAY]
        assert [open_link(db, token_of(db, row), now=WEDNESDAY).referral for row in open_now] == [
            referral
        ]


def test_a_mail_that_waited_for_whoever_is_off_now_does_not_leave(db: Session, town: Town) -> None:
    asked(db, town, "requested")
    waiting = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == "referral_sent")).one()
    gather = all_letters("http://127.0.0.1")
    assert gather(db, waiting, WEDNESDAY)
    contact_off(db, town.coach, a_colleague(db, town.coach))
    assert gather(db, waiting, WEDNESDAY) is None


def test_a_colleague_takes_over_as_fallback_and_for_the_programme(db: Session, town: Town) -> None:
    row = a_registration(db, town)
    bea = a_colleague(db, town.neighbours, "Bea")
    contact_off(db, town.neighbours, bea)
    programme = db.get_one(Programme, town.programme_id)
    assert row.fallback_contact_id == bea.id
    assert programme.fallback_contact_id == programme.last_resort_contact_id == bea.id
    assert "fallback_contact_id" in programme.kept
    assert told(db, "other_contact") == []


def test_nobody_new_meets_them(db: Session, town: Town) -> None:
    mo, before = a_colleague(db, town.coach), current_version(db)
    contact_off(db, town.coach, mo)
    row = a_registration(db, town)
    assert contact_asked(db, row, Ask(town.coach.id)) == mo
    assert current_version(db) == before + 1
    assert db.get_one(Contact, town.coach.contact_id).kept == ["active"]


def test_whoever_they_stood_in_for_gets_another_deputy(db: Session, town: Town) -> None:
    mo, eva = a_colleague(db, town.owner), a_colleague(db, town.owner, "Eva")
    mo.deputy_id = eva.deputy_id = town.owner.contact_id
    contact_off(db, town.owner, mo)
    deputies = [each.deputy_id for each in (mo, eva)]
    assert deputies == [None, mo.id]


def test_without_anybody_in_hand_nobody_has_to_be_named(db: Session, town: Town) -> None:
    a_colleague(db, town.coach)
    contact_off(db, town.coach, None)
    assert not db.get_one(Contact, town.coach.contact_id).active


def test_somebody_has_to_be_named_while_there_is_anybody(db: Session, town: Town) -> None:
    a_registration(db, town)
    a_colleague(db, town.owner)
    with pytest.raises(NobodyNamedError):
        contact_off(db, town.owner, None)


@pytest.mark.parametrize(
    "unfit", [{"active": False}, {"handles_rent": True}, {"accepts_referrals": False}]
)
def test_only_somebody_who_may_be_named_takes_over(
    db: Session, town: Town, unfit: dict[str, bool]
) -> None:
    row = a_registration(db, town)
    a_colleague(db, town.owner)
    with pytest.raises(NotAColleagueError):
        contact_off(db, town.owner, a_colleague(db, town.owner, "Kees", **unfit))
    assert row.contact_id == town.owner.contact_id


def test_nobody_of_another_organisation_takes_over(db: Session, town: Town) -> None:
    a_registration(db, town)
    a_colleague(db, town.owner)
    with pytest.raises(NotAColleagueError):
        contact_off(db, town.owner, db.get_one(Contact, town.coach.contact_id))
    with pytest.raises(NotAColleagueError):
        contact_off(db, town.owner, db.get_one(Contact, town.owner.contact_id))


def test_nobody_who_is_away_takes_over(db: Session, town: Town) -> None:
    a_registration(db, town)
    mo = a_colleague(
        db, town.owner, absent_from=date(2026, 11, 18), absent_until=date(2026, 11, 18)
    )
    with pytest.raises(AwayError):
        contact_off(db, town.owner, mo)


def test_the_last_one_is_not_switched_off_alone(db: Session, town: Town) -> None:
    a_colleague(db, town.coach, handles_rent=True)
    with pytest.raises(LastOneError):
        contact_off(db, town.coach, None)


def test_what_is_confirmed_is_what_was_shown(db: Session, town: Town) -> None:
    mo, sanne = a_colleague(db, town.owner), db.get_one(Contact, town.owner.contact_id)
    seen = affected.by_contact(db, sanne).seal
    a_registration(db, town)
    with pytest.raises(ChangedMeanwhileError):
        switch_contact.switch_off(
            db, sanne, mo.id, seen=seen, by=town.owner.coordinator, now=WEDNESDAY
        )
    assert sanne.active


def test_only_coordinators_of_the_organisation_switch(db: Session, town: Town) -> None:
    sanne = db.get_one(Contact, town.owner.contact_id)
    seen = affected.by_contact(db, sanne).seal
    for stranger in (town.owner.handler, town.coach.coordinator):
        with pytest.raises(NotYoursError):
            switch_contact.switch_off(db, sanne, None, seen=seen, by=stranger, now=WEDNESDAY)


def test_twice_off_is_said_and_on_again_is_simple(db: Session, town: Town) -> None:
    row, mo = belongs_to(db, town, town.coach), a_colleague(db, town.coach)
    contact_off(db, town.coach, mo)
    with pytest.raises(OffAlreadyError):
        contact_off(db, town.coach, mo)
    sanne = db.get_one(Contact, town.coach.contact_id)
    switch_contact.switch_on(db, sanne, by=town.coach.coordinator, now=WEDNESDAY)
    assert sanne.active
    assert row.contact_id == mo.id
    assert db.get_one(Organization, town.coach.id).active
