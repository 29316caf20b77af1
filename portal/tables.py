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
from portal.followup.marks import ClockMark
from portal.followup.models import ContactAttempt, Outcome
from portal.notify.models import OutboxMessage, SilentAddress
from portal.privacy.models import AuditEvent
from portal.referral.models import (
    ConsentAsk,
    PartnerLink,
    Referral,
    ReferralEvent,
    ReferralNote,
)
from portal.registration.facts import ReportFact
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
    "ClockMark",
    "Consent",
    "ConsentAsk",
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
    "PartnerLink",
    "Programme",
    "ProgrammeMember",
    "Referral",
    "ReferralEvent",
    "ReferralNote",
    "Registration",
    "RegistrationEvent",
    "ReportFact",
    "RoutingDecision",
    "Schedule",
    "Service",
    "SignIn",
    "SilentAddress",
    "Tombstone",
]
