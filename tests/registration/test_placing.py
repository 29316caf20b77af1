from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from portal.catalogue.models import Contact, Organization, Programme
from portal.catalogue.snapshot import Snapshot, load_snapshot
from portal.catalogue.version import bump_version
from portal.registration.placing import programme_for
from portal.routing.reasons import Reason
from tests.registration.people import placed, registered
from tests.support.clock import amsterdam


def fill(db: Session, slug: str, capacity: int = 0) -> Snapshot:
    """Give every contact of an organisation this much room."""
    organization = db.query(Organization).filter_by(slug=slug).one()
    for contact in db.query(Contact).filter_by(organization_id=organization.id):
        contact.capacity = capacity
    bump_version(db)
    return load_snapshot(db)


def test_a_tenant_of_trudo_is_named_somebody_of_trudo(db: Session, known: Snapshot) -> None:
    found = placed(db, known)
    assert found.organization.slug == "trudo"
    assert found.advice.reason == Reason.OWN_LANDLORD
    assert not found.contact.handles_rent


@pytest.mark.parametrize(
    ("sent", "promised"),
    [
        ("2026-11-18T10:00", "2026-11-20"),
        ("2026-11-18T23:59", "2026-11-20"),
        ("2026-11-20T09:00", "2026-11-24"),
        ("2026-12-24T17:00", "2026-12-29"),
        ("2027-03-25T09:00", "2027-03-31"),
    ],
)
def test_the_day_promised_is_the_second_working_day(
    db: Session, known: Snapshot, sent: str, promised: str
) -> None:
    assert placed(db, known, now=amsterdam(sent)).promised_on == date.fromisoformat(promised)


def test_the_day_promised_follows_the_programme_and_before_it_the_owner(
    db: Session, known: Snapshot
) -> None:
    trudo = db.query(Organization).filter_by(slug="trudo").one()
    for programme in db.query(Programme):
        programme.norms = {"first_contact_working_days": 4}
    bump_version(db)
    assert placed(db, load_snapshot(db)).promised_on == date(2026, 11, 24)
    trudo.norms = {"first_contact_working_days": 1}
    bump_version(db)
    assert placed(db, load_snapshot(db)).promised_on == date(2026, 11, 19)


def test_a_day_on_which_the_owner_is_closed_is_not_promised(db: Session, known: Snapshot) -> None:
    trudo = db.query(Organization).filter_by(slug="trudo").one()
    trudo.extra_holidays = ["2026-11-20"]
    db.flush()
    assert placed(db, load_snapshot(db)).promised_on == date(2026, 11, 23)


def test_a_landlord_who_need_not_know_is_neither_owner_nor_fallback_nor_offered(
    db: Session, known: Snapshot
) -> None:
    found = placed(db, known, landlord_hidden="1")
    named = [found.organization, found.fallback_organization, *found.alternatives]
    assert "trudo" not in {each.slug for each in named}


def test_somebody_else_can_always_be_chosen_who_is_no_landlord(
    db: Session, known: Snapshot
) -> None:
    others = placed(db, known).alternatives
    assert any(not other.is_landlord for other in others)
    chosen = placed(db, known, rather=others[0].slug)
    assert chosen.organization == others[0]
    assert chosen.advice.reason == Reason.CHOSEN_BY_PERSON


def test_an_unknown_postcode_ends_with_the_desk_that_helps_everybody(
    db: Session, known: Snapshot
) -> None:
    found = placed(db, known, postcode="9999 XX", landlord=[])
    assert found.organization.kind == "last_resort"


def test_full_is_never_a_refusal(db: Session, known: Snapshot) -> None:
    full = fill(db, "trudo")
    found = placed(db, full)
    assert found.organization.slug == "trudo"
    assert found.contact.id in found.full
    assert found.promised_on == date(2026, 11, 20)


def test_open_cases_fill_a_caseload_and_closed_ones_do_not(db: Session, known: Snapshot) -> None:
    known = fill(db, "trudo", capacity=1)
    first = registered(db, known)
    assert placed(db, known).full == {first.contact_id}
    second = registered(db, known)
    assert {first.contact_id, second.contact_id} == placed(db, known).full
    first.state, first.next_action_at = "closed", None
    db.flush()
    assert placed(db, known).contact.id == first.contact_id


def test_a_link_brings_its_programme_where_no_postcode_is_given(
    db: Session, known: Snapshot
) -> None:
    [link] = [row for row in known.entry_links.values() if row.organization_id is None][:1]
    found = placed(db, known, postcode=[], landlord=[], entry=link.slug)
    assert found.programme.id == link.programme_id
    assert found.advice.reason == Reason.PROGRAMME_FALLBACK


def test_a_link_that_is_gone_leaves_the_default_programme(known: Snapshot) -> None:
    assert programme_for(known, None, "old-poster") == known.default_programme


def test_a_postcode_served_beats_the_link(known: Snapshot) -> None:
    moved = {slug: replace(row, digits=None) for slug, row in known.entry_links.items()}
    known = replace(known, entry_links=moved)
    assert programme_for(known, "5616", next(iter(moved))) == known.programme_at("5616")
