"""Links for partners without an account: hashed, expiring, for one thing; looking is free."""

from __future__ import annotations

import string
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from portal.notify.models import OutboxMessage
from portal.privacy.encryption import Vault
from portal.referral.answer import accept, decline
from portal.referral.link import LASTS, all_open, make_link, open_link, token_of
from portal.referral.models import PartnerLink
from portal.referral.party import BY_LINK
from portal.referral.refusals import (
    LinkCutOffError,
    LinkExpiredError,
    LinkOverError,
    LinkRevokedError,
    UnknownLinkError,
)
from portal.referral.withdraw import withdraw_consent
from portal.registration.models import Registration
from tests.referral.town import WEDNESDAY, Town, a_referral
from tests.support.databases import ENCRYPTION_KEYS, SECRET_KEYS

DAY = timedelta(days=1)


def sent_link(db: Session) -> PartnerLink:
    """The link in the newest message to a partner."""
    db.flush()
    sent = select(OutboxMessage).where(OutboxMessage.kind.startswith("referral_"))
    newest = max(db.scalars(sent), key=lambda each: each.created_at)
    return next(
        each for each in db.scalars(select(PartnerLink)) if str(each.id) == newest.data["link"]
    )


def test_a_link_leads_to_its_referral_and_opening_it_changes_nothing(
    db: Session, town: Town
) -> None:
    referral = a_referral(db, town)
    token = token_of(db, sent_link(db))
    db.flush()
    for _ in range(3):
        opened = open_link(db, token, now=WEDNESDAY)
        assert (opened.organization_id, opened.referral) == (town.coach.id, referral)
    assert not db.dirty
    assert referral.state == "requested"


def test_the_token_is_long_plain_and_nowhere_in_the_database(db: Session, town: Town) -> None:
    a_referral(db, town)
    token = token_of(db, sent_link(db))
    assert len(token) == 32
    assert set(token) <= set(string.ascii_letters + string.digits + "-_")
    for table in ("partner_link", "outbox", "referral", "referral_event"):
        rows = db.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608  # fixed names
        assert rows
        assert token not in repr(rows)


def test_every_link_has_another_token(db: Session, town: Town) -> None:
    links = [make_link(db, town.coach.id, now=WEDNESDAY) for _ in range(20)]
    assert len({token_of(db, each) for each in links}) == 20


@pytest.mark.parametrize("cut", [0, 1, 31])
def test_a_link_that_was_cut_off_says_so(db: Session, town: Town, cut: int) -> None:
    token = token_of(db, make_link(db, town.coach.id, now=WEDNESDAY))
    with pytest.raises(LinkCutOffError):
        open_link(db, token[:cut], now=WEDNESDAY)
    with pytest.raises(LinkCutOffError):
        open_link(db, f"{token}>", now=WEDNESDAY)


def test_a_token_that_was_guessed_leads_nowhere(db: Session, town: Town) -> None:
    a_referral(db, town)
    with pytest.raises(UnknownLinkError):
        open_link(db, "A" * 32, now=WEDNESDAY)


def test_a_link_expires_and_a_reminder_brings_a_fresh_one(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    old = sent_link(db)
    later = WEDNESDAY + LASTS
    assert open_link(db, token_of(db, old), now=later - timedelta(seconds=1)).referral
    with pytest.raises(LinkExpiredError) as expired:
        open_link(db, token_of(db, old), now=later)
    assert expired.value.link_id == old.id
    fresh = make_link(db, referral.receiver_id, referral_id=referral.id, now=later)
    assert open_link(db, token_of(db, fresh), now=later).referral is referral


def test_a_link_dies_with_the_consent(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    token = token_of(db, sent_link(db))
    registration = db.get_one(Registration, referral.registration_id)
    withdraw_consent(db, registration, town.coach.id, now=WEDNESDAY)
    db.flush()
    with pytest.raises(LinkRevokedError):
        open_link(db, token, now=WEDNESDAY)


def test_a_link_shows_how_it_ended_until_30_days_after(db: Session, town: Town) -> None:
    referral = a_referral(db, town)
    decline(db, referral, "full", by=BY_LINK, now=WEDNESDAY)
    late = WEDNESDAY + 29 * DAY
    token = token_of(db, make_link(db, town.coach.id, referral_id=referral.id, now=late))
    assert open_link(db, token, now=late).referral is referral
    with pytest.raises(LinkOverError):
        open_link(db, token, now=WEDNESDAY + 30 * DAY)


def test_one_page_holds_all_open_ones_of_an_organisation_and_no_others(
    db: Session, town: Town
) -> None:
    first, second = a_referral(db, town), a_referral(db, town)
    ended, elsewhere = a_referral(db, town), a_referral(db, town, to=town.guide)
    accept(db, first, by=BY_LINK, now=WEDNESDAY)
    decline(db, ended, "full", by=BY_LINK, now=WEDNESDAY)
    token = token_of(db, make_link(db, town.coach.id, now=WEDNESDAY))
    db.flush()
    opened = open_link(db, token, now=WEDNESDAY)
    assert opened.referral is None
    assert all_open(db, opened.organization_id, now=WEDNESDAY) == [second, first]
    assert all_open(db, town.guide.id, now=WEDNESDAY) == [elsewhere]


def test_a_link_still_opens_after_a_new_secret(db: Session, town: Town) -> None:
    a_referral(db, town)
    link = sent_link(db)
    token = token_of(db, link)
    rotated = {"s2": b"another secret key for the tests", **SECRET_KEYS}
    db.info["vault"] = Vault(rotated, ENCRYPTION_KEYS)
    assert token_of(db, link) == token
    assert open_link(db, token, now=WEDNESDAY).referral
