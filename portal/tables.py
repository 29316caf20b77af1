"""Every table, imported in one place, for whoever needs the whole schema."""

from portal.accounts.models import Account, Membership, SignIn
from portal.catalogue.models import (
    Area,
    AreaPostcode,
    CatalogueVersion,
    Contact,
    EntryLink,
    Holding,
    Location,
    Organization,
    Programme,
    ProgrammeMember,
    Schedule,
    Service,
)
from portal.db.base import Base
from portal.followup.models import ContactAttempt, Outcome
from portal.notify.models import OutboxMessage, SilentAddress
from portal.privacy.models import AuditEvent
from portal.referral.models import Referral, ReferralEvent
from portal.registration.models import (
    Consent,
    LookupTerm,
    Note,
    Registration,
    RegistrationEvent,
    RoutingDecision,
    Tombstone,
)

__all__ = [
    "Account",
    "Area",
    "AreaPostcode",
    "AuditEvent",
    "Base",
    "CatalogueVersion",
    "Consent",
    "Contact",
    "ContactAttempt",
    "EntryLink",
    "Holding",
    "Location",
    "LookupTerm",
    "Membership",
    "Note",
    "Organization",
    "OutboxMessage",
    "Outcome",
    "Programme",
    "ProgrammeMember",
    "Referral",
    "ReferralEvent",
    "Registration",
    "RegistrationEvent",
    "RoutingDecision",
    "Schedule",
    "Service",
    "SignIn",
    "SilentAddress",
    "Tombstone",
]
