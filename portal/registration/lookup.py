"""Find a registration by name, phone number or code, without a readable index.

Every whole normalised word is stored as a keyed digest, salted with the organisation that may
search: the same name at two organisations gives two digests, so nothing can be compared across.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from portal.db.batches import in_batches
from portal.db.engine import Database
from portal.privacy.encryption import Vault, unseal, vault_of
from portal.registration.models import LookupTerm, Registration
from portal.registration.queries import by_code, reference_of
from portal.registration.reference import code_digests, link_digests
from portal.registration.ways import read_phone

MOST_FOUND = 50
# Half a name has no digest, so names are read one by one: only of open cases, and not of many.
MOST_READ = 300
LEAST_TYPED = 2  # signs of each word; one letter fits too many


def normal_words(text: str) -> list[str]:
    """Return the words of a name without capitals and accents: "Şükrü-Can" gives two."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if _counts(each))
    return list(dict.fromkeys("".join(c if c.isalnum() else " " for c in bare).split()))


def index_words(vault: Vault, organization: UUID, name: str, phone: str | None) -> set[bytes]:
    """Return the digests under which one organisation finds a name and an E.164 number."""
    terms = [f"word:{word}" for word in normal_words(name)]
    if phone:
        terms.append(f"phone:{phone}")
    purpose = _purpose(organization)
    return {vault.digest(purpose, term) for term in terms}


def find(db: Session, organizations: Collection[UUID], text: str) -> list[Registration]:
    """Return what these organisations own and the words, number or code lead to, newest first.

    Every word must fit; nothing is found for an empty text. When no whole word leads to anybody,
    the beginnings of the names in open cases do.
    """
    wanted = {each for found in _by_terms(db, organizations, text) for each in found}
    if coded := by_code(db, text):
        wanted.add(coded.id)
    if not wanted:
        return _by_beginnings(db, organizations, normal_words(text))
    owned = select(Registration).where(Registration.owner_id.in_(organizations))
    newest = owned.order_by(Registration.received_at.desc(), Registration.id)
    return list(db.scalars(newest.where(Registration.id.in_(wanted)).limit(MOST_FOUND)))


def reindex(db: Session, registration: Registration) -> None:
    """Make the search words of one registration anew, as after a change of number or owner."""
    name = unseal(db, registration, "first_name") or ""
    phone = unseal(db, registration, "phone")
    found = index_words(vault_of(db), registration.owner_id, name, phone)
    db.execute(delete(LookupTerm).where(LookupTerm.registration_id == registration.id))
    if found:
        db.execute(insert(LookupTerm), _rows(registration.id, registration.owner_id, found))


def reindex_all(database: Database) -> int:
    """Make all search words and digests anew with the current key; return how many were done.

    The code and link of a registration keep the key version they derive from; only the digests by
    which they are found change, so that what is printed on paper stays right.
    """
    return in_batches(database, Registration.metadata.tables["registration"], _reindex_some)


def term_rows(
    vault: Vault, registration: UUID, organization: UUID, name: str, phone: str | None
) -> list[dict[str, object]]:
    """Return the rows of `lookup_term` for a new registration."""
    return _rows(registration, organization, index_words(vault, organization, name, phone))


def _reindex_some(db: Session, ids: Sequence[UUID]) -> int:
    """Hold them: a name or number that changed meanwhile would be found by its old words."""
    vault, some = vault_of(db), select(Registration).where(Registration.id.in_(ids))
    held = db.scalars(some.order_by(Registration.id).with_for_update()).all()
    for registration in held:
        reference = reference_of(db, registration)
        registration.code_digest = code_digests(vault, reference.code)[0]
        registration.link_digest = link_digests(vault, reference.link)[0]
        reindex(db, registration)
    return len(held)


def _rows(registration: UUID, owner: UUID, found: Iterable[bytes]) -> list[dict[str, object]]:
    return [
        {"registration_id": registration, "organization_id": owner, "digest": digest}
        for digest in sorted(found)
    ]


def _by_terms(db: Session, organizations: Collection[UUID], text: str) -> Iterator[list[UUID]]:
    """The registrations with all of these words, or with this number."""
    for terms in (_phone_terms(text), [f"word:{word}" for word in normal_words(text)]):
        for organization in organizations if terms else ():
            yield _with_all(db, organization, terms)


def _by_beginnings(
    db: Session, organizations: Collection[UUID], typed: list[str]
) -> list[Registration]:
    """The open cases in whose name each of these begins a word, newest first."""
    if not typed or min(map(len, typed)) < LEAST_TYPED:
        return []
    query = select(Registration).where(
        Registration.owner_id.in_(organizations), Registration.state != "closed"
    )
    newest = query.order_by(Registration.received_at.desc(), Registration.id).limit(MOST_READ)
    return [each for each in db.scalars(newest) if _begins(db, each, typed)][:MOST_FOUND]


def _begins(db: Session, registration: Registration, typed: list[str]) -> bool:
    name = normal_words(unseal(db, registration, "first_name") or "")
    return all(any(word.startswith(each) for word in name) for each in typed)


def _with_all(db: Session, organization: UUID, terms: list[str]) -> list[UUID]:
    vault, purpose = vault_of(db), _purpose(organization)
    digests = [digest for term in terms for digest in vault.digests(purpose, term)]
    query = (
        select(LookupTerm.registration_id)
        .where(LookupTerm.organization_id == organization, LookupTerm.digest.in_(digests))
        .group_by(LookupTerm.registration_id)
        .having(func.count() >= len(terms))
    )
    return list(db.scalars(query))


def _phone_terms(text: str) -> list[str]:
    try:
        return [f"phone:{read_phone(text)}"]
    except ValueError:
        return []


def _purpose(organization: UUID) -> str:
    return f"lookup/{organization}"


def _counts(each: str) -> bool:
    return unicodedata.category(each) not in ("Mn", "Cf")
