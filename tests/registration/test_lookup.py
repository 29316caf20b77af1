from __future__ import annotations

from threading import Thread

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from portal.catalogue.models import Organization
from portal.catalogue.snapshot import Snapshot
from portal.db.engine import Database
from portal.privacy.encryption import Vault, vault_of
from portal.registration.change import change_phone
from portal.registration.lookup import find, index_words, normal_words, reindex_all
from portal.registration.models import LookupTerm, Registration
from portal.registration.queries import by_code, by_link, reference_of
from portal.registration.reference import code_digests
from tests.registration.people import NOW, registered
from tests.support.databases import ENCRYPTION_KEYS, SECRET_KEYS, with_keys
from tests.support.meanwhile import just_before

HELD = 0.5  # seconds that somebody who is not held would not need


@pytest.fixture
def sam(db: Session, known: Snapshot) -> Registration:
    """A tenant of Trudo."""
    return registered(db, known, first_name="Şükrü-Sam Bos")


@pytest.mark.parametrize(
    "text",
    [
        "Şükrü",
        "sukru",
        "SUKRU sam",
        "bos sam",
        "06 12345678",
        "0031 6 1234 5678",
        "612345678",
    ],
)
def test_somebody_is_found_by_name_or_number(db: Session, sam: Registration, text: str) -> None:
    assert find(db, {sam.owner_id}, text) == [sam]


def test_somebody_is_found_by_code_however_it_is_typed(db: Session, sam: Registration) -> None:
    code = reference_of(db, sam).code
    assert find(db, {sam.owner_id}, f" {code[:3].lower()} {code[3:6]}-{code[6:]}") == [sam]


@pytest.mark.parametrize(
    "text", ["", "  ", "Sam Jansen", "uk", "S", "06 87654321", "%", "' OR 1=1 --"]
)
def test_every_word_must_fit_whole_or_begin_a_name(
    db: Session, sam: Registration, text: str
) -> None:
    assert find(db, {sam.owner_id}, text) == []


def test_another_organisation_finds_nobody_not_even_by_code(db: Session, sam: Registration) -> None:
    others = set(db.scalars(select(Organization.id))) - {sam.owner_id}
    for text in ("sukru", "06 12345678", reference_of(db, sam).code):
        assert find(db, others, text) == []
        assert find(db, set(), text) == []


def test_the_same_name_is_stored_differently_for_every_organisation(
    db: Session, sam: Registration, vault: Vault
) -> None:
    other = db.scalars(select(Organization).where(Organization.slug == "randstad")).one()
    here = index_words(vault, sam.owner_id, "Sam", "+31612345678")
    assert here.isdisjoint(index_words(vault, other.id, "Sam", "+31612345678"))
    stored = set(db.scalars(select(LookupTerm.digest)))
    assert here <= stored
    assert all(len(digest) == 32 for digest in stored)


def test_words_are_compared_without_capitals_accents_and_marks() -> None:
    assert normal_words("Éva  van-den BERG") == ["eva", "van", "den", "berg"]
    assert normal_words("فاطِمة") == normal_words("فاطمة")
    assert normal_words("🌷") == []


def test_after_a_new_key_and_a_new_index_the_old_key_can_go(
    database: Database, db: Session, sam: Registration
) -> None:
    printed, owner = reference_of(db, sam), sam.owner_id
    both = Vault({"s2": b"another secret key, 32 bytes too", **SECRET_KEYS}, ENCRYPTION_KEYS)
    db.info["vault"] = both
    assert find(db, {owner}, "sukru") == [sam]
    assert by_code(db, printed.code) == by_link(db, printed.link) == sam
    db.commit()
    assert reindex_all(with_keys(database, both)) == 1
    db.refresh(sam)
    assert reference_of(db, sam) == printed
    db.info["vault"] = Vault({"s2": b"another secret key, 32 bytes too"}, ENCRYPTION_KEYS)
    assert find(db, {owner}, "sukru") == [sam]
    assert by_code(db, printed.code) == by_link(db, printed.link) == sam


def test_a_number_that_changes_during_a_new_index_is_found_afterwards(
    database: Database, db: Session, sam: Registration
) -> None:
    db.commit()

    def change() -> None:
        with database.writing.begin() as other:
            held = other.get_one(Registration, sam.id, with_for_update=True)
            change_phone(other, held, "06 87654321", now=NOW)

    changing = Thread(target=change)

    def begin_to_change(_by: Connection) -> None:
        changing.start()
        changing.join(HELD)

    with just_before(database.writer, "DELETE FROM lookup_term", begin_to_change):
        reindex_all(database)
    changing.join()
    assert find(db, {sam.owner_id}, "06 87654321") == [sam]
    assert find(db, {sam.owner_id}, "06 12345678") == []


def test_a_code_that_looks_like_another_leads_to_the_one_that_is_meant(
    db: Session, sam: Registration
) -> None:
    code = reference_of(db, sam).code
    assert by_code(db, code) == sam
    wrong = code.translate(str.maketrans("2Z5S8B6GV", "Z2S5B8G6U"))
    assert by_code(db, wrong) in (sam, None)
    assert by_code(db, "22222222") is None


def test_a_sign_that_may_mean_two_people_leads_to_neither(
    db: Session, known: Snapshot, sam: Registration
) -> None:
    robin = registered(db, known, first_name="Robin")
    vault = vault_of(db)
    sam.code_digest = code_digests(vault, "DK345678")[0]
    robin.code_digest = code_digests(vault, "QK345678")[0]
    db.flush()
    assert by_code(db, "DK3-456-78") == sam
    assert by_code(db, "QK3-456-78") == robin
    assert by_code(db, "0K3-456-78") is None
    robin.code_digest = code_digests(vault, "VK345678")[0]
    db.flush()
    assert by_code(db, "0K3-456-78") == sam
    assert by_code(db, "UK3-456-78") == robin
