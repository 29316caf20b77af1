"""What a person told us, read back from what was stored."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.catalogue.snapshot import Snapshot
from portal.privacy.encryption import unseal
from portal.registration.answers import Answers
from portal.registration.models import Registration


def answers_of(db: Session, registration: Registration, catalogue: Snapshot) -> Answers:
    """Return the answers as far as they were stored: of a postcode that is four digits."""
    said = registration.answers
    landlord = catalogue.organizations.get(registration.landlord_id or registration.id)
    location = catalogue.locations.get(registration.drop_by_id or registration.id)
    return Answers(
        wishes=tuple(said.get("wishes", ())),
        likes=tuple(said.get("likes", ())),
        practical=tuple(said.get("practical", ())),
        times=tuple(said.get("times", ())),
        first_name=unseal(db, registration, "first_name") or "",
        language=registration.language,
        postcode=registration.digits,
        landlord=landlord.slug if landlord else None,
        landlord_hidden=registration.landlord_hidden,
        phone=unseal(db, registration, "phone"),
        email=unseal(db, registration, "email"),
        drop_by=location.slug if location else None,
        # Only a yes is stored: who said no and who was never asked read nothing about it.
        shared_phone="yes" if registration.phone and registration.shared_phone else None,
    )
