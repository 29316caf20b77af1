from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization
from portal.catalogue.snapshot import Snapshot, load_snapshot
from portal.db.base import Base
from portal.notify.models import OutboxMessage
from portal.privacy.encryption import Vault, unseal
from portal.registration.intake import Intake
from portal.registration.models import (
    Consent,
    Registration,
    RegistrationEvent,
    RoutingDecision,
    Tombstone,
)
from portal.registration.queries import reference_of
from portal.registration.reference import code_digests, refer_to
from portal.registration.submit import ErasedError, OtherAnswersError, RoutingChangedError
from tests.registration.people import NOW, placed, registered, send, show
from tests.support.clock import amsterdam


def count(db: Session, table: type[Base]) -> int:
    return db.scalars(select(func.count()).select_from(table)).one()


def test_everything_a_registration_consists_of_is_stored(db: Session, known: Snapshot) -> None:
    found = registered(db, known, like="eindhoven-koken", times="morning", shared_phone="yes")
    assert (found.state, found.channel, found.locale, found.language) == ("new", "self", "nl", "nl")
    assert (found.digits, found.landlord_hidden, found.shared_phone) == ("5616", False, True)
    assert found.landlord_id == found.owner_id
    assert found.promised_on == date(2026, 11, 20)
    assert found.next_action_at == amsterdam("2026-11-21T00:00")
    assert found.waiting_since == found.received_at == NOW
    assert found.answers == {
        "wishes": ["paid_work"],
        "likes": ["eindhoven-koken"],
        "practical": [],
        "times": ["morning"],
    }
    assert unseal(db, found, "first_name") == "Voorbeeld-Sam"
    assert unseal(db, found, "phone") == "+31612345678"
    assert unseal(db, found, "email") is None


def test_its_first_event_is_the_persons(db: Session, known: Snapshot) -> None:
    registered(db, known)
    [event] = db.scalars(select(RegistrationEvent))
    assert (event.event, event.from_state, event.to_state) == ("submit", None, "new")
    assert (event.actor, event.account_id, event.at) == ("person", None, NOW)


def test_the_decision_says_which_rule_named_whom_from_which_candidates(
    db: Session, known: Snapshot
) -> None:
    found = registered(db, known)
    [decision] = db.scalars(select(RoutingDecision))
    assert decision.reason == "own_landlord"
    assert (decision.owner_id, decision.contact_id) == (found.owner_id, found.contact_id)
    assert str(found.contact_id) in decision.candidates
    assert decision.data == {
        "queued": False,
        "language_met": True,
        "interpreter": False,
        "as_shown": True,
    }


def test_consent_is_for_those_who_were_named_and_nobody_else(db: Session, known: Snapshot) -> None:
    found = registered(db, known)
    takes_over = known.contacts[found.fallback_contact_id].organization_id
    consents = db.scalars(select(Consent)).all()
    assert {each.organization_id for each in consents} == {found.owner_id, takes_over}
    assert {(each.method, each.locale, each.recorded_by_id) for each in consents} == {
        ("screen", "nl", None)
    }
    assert all(each.text_version and each.given_at == NOW for each in consents)


@pytest.mark.parametrize(
    ("ways", "channel", "recipient"),
    [
        ({"email": "sam@post.nl"}, "mail", "sam@post.nl"),
        ({}, "sms", "+31612345678"),
    ],
)
def test_the_receipt_goes_to_the_outbox_with_it(
    db: Session, known: Snapshot, ways: dict[str, Any], channel: str, recipient: str
) -> None:
    found = registered(db, known, **ways)
    [message] = db.scalars(select(OutboxMessage).where(OutboxMessage.kind == "receipt"))
    assert (message.channel, message.registration_id) == (channel, found.id)
    assert unseal(db, message, "recipient") == recipient


def test_who_can_only_drop_by_gets_no_message(db: Session, known: Snapshot) -> None:
    found = registered(db, known, phone=[], drop_by="de-voorbeeldhoek")
    assert found.drop_by_id is not None
    assert count(db, OutboxMessage) == 0


def test_the_same_again_gives_the_first_receipt_and_stores_nothing(
    db: Session, known: Snapshot
) -> None:
    shown = show(placed(db, known))
    first, second = (send(db, known, shown) for _ in range(2))
    assert (second.id, second.repeat) == (first.id, True)
    assert count(db, Registration) == 1


def test_a_repeat_gives_the_first_receipt_even_when_routing_has_changed(
    db: Session, known: Snapshot
) -> None:
    shown = show(placed(db, known))
    first = send(db, known, shown)
    _switch_off(db, "trudo")
    assert send(db, load_snapshot(db), shown, landlord="trudo").id == first.id


def test_the_same_uuid_with_other_answers_is_refused(db: Session, known: Snapshot) -> None:
    shown = show(placed(db, known))
    send(db, known, shown)
    with pytest.raises(OtherAnswersError):
        send(db, known, shown, first_name="Voorbeeld-Robin")
    assert count(db, Registration) == 1


def test_a_late_repeat_of_what_was_erased_stores_nothing(db: Session, known: Snapshot) -> None:
    shown = show(placed(db, known))
    db.add(Tombstone(client_uuid=shown.client_uuid, erased_at=NOW))
    db.flush()
    with pytest.raises(ErasedError):
        send(db, known, shown)
    assert count(db, Registration) == 0


def _switch_off(db: Session, slug: str) -> None:
    db.query(Organization).filter_by(slug=slug).one().active = False
    db.flush()


def _all_off_but(db: Session, slug: str, *, of: str) -> None:
    owner = db.query(Organization).filter_by(slug=of).one()
    for contact in db.query(Contact).filter_by(organization_id=owner.id):
        contact.active = contact.slug == slug
    db.flush()


def test_another_owner_than_shown_is_told_and_nothing_is_stored(
    db: Session, known: Snapshot
) -> None:
    shown = show(placed(db, known))
    _switch_off(db, "trudo")
    with pytest.raises(RoutingChangedError) as refused:
        send(db, load_snapshot(db), shown, landlord=[])
    assert refused.value.placement.organization.slug != "trudo"
    assert count(db, Registration) == 0


@pytest.mark.parametrize("changed", ["fallback", "text_version", "owner"])
def test_whatever_else_was_shown_must_still_be_so(
    db: Session, known: Snapshot, changed: str
) -> None:
    placement = placed(db, known)
    other = {"fallback": placement.contact.id, "text_version": "2020-01", "owner": uuid4()}
    with pytest.raises(RoutingChangedError):
        send(db, known, show(placement, **{changed: other[changed]}))
    assert count(db, Registration) == 0


def test_a_colleague_calls_when_the_contact_who_was_shown_is_out(
    db: Session, known: Snapshot
) -> None:
    shown = show(placed(db, known))
    colleague = "trudo-mo" if known.contacts[shown.contact].slug == "trudo-sanne" else "trudo-sanne"
    _all_off_but(db, colleague, of="trudo")
    stored = send(db, load_snapshot(db), shown)
    assert stored.contact != shown.contact
    [decision] = db.scalars(select(RoutingDecision))
    assert decision.data["as_shown"] is False


def test_who_was_shown_keeps_the_case_though_a_colleague_has_more_room(
    db: Session, known: Snapshot
) -> None:
    shown = show(placed(db, known))
    registered(db, known)
    registered(db, known)
    assert send(db, known, shown).contact == shown.contact


def test_the_day_that_was_shown_is_the_day_that_is_promised(db: Session, known: Snapshot) -> None:
    shown = show(placed(db, known))
    stored = send(db, known, shown, now=amsterdam("2026-11-19T09:00"))
    assert db.get_one(Registration, stored.id).promised_on == shown.promised_on


def test_everybody_full_is_stored_as_queued(db: Session, known: Snapshot) -> None:
    for contact in db.query(Contact):
        contact.capacity = 0
    db.flush()
    assert registered(db, load_snapshot(db)).queued


def test_a_code_that_is_taken_gives_way_to_the_next(
    db: Session, known: Snapshot, vault: Vault
) -> None:
    first, shown = registered(db, known), show(placed(db, known))
    wanted = refer_to(vault, shown.client_uuid, version=vault.version, turn=0).code
    first.code_digest = code_digests(vault, wanted)[0]
    db.flush()
    stored = send(db, known, shown)
    given = db.get_one(Registration, stored.id)
    assert given.code_turn == 1
    assert reference_of(db, given).code != wanted
    assert send(db, known, shown).id == stored.id


def test_a_walk_in_says_who_registered_and_how_consent_was_given(
    db: Session, known: Snapshot, walk_in: Intake
) -> None:
    stored = send(db, known, intake=walk_in)
    found = db.get_one(Registration, stored.id)
    assert (found.channel, found.registered_by_id) == ("walkin", walk_in.registered_by)
    assert found.registered_at_id == walk_in.registered_at
    [event] = db.scalars(select(RegistrationEvent))
    assert (event.actor, event.account_id) == ("account", walk_in.registered_by)
    assert {(c.method, c.interpreter, c.recorded_by_id) for c in db.scalars(select(Consent))} == {
        ("spoken", "family", walk_in.recorded_by)
    }
