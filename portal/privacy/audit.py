"""Who looked at whom, and who signed in. Codes and ids only; kept when the registration is gone."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from portal.privacy.models import AuditEvent


class Action(StrEnum):
    """What is worth remembering about an account."""

    READ_CASE = "read_case"
    READ_REFERRAL = "read_referral"
    SEARCH = "search"
    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    REVOKE_SIGN_IN = "revoke_sign_in"
    SWITCH_OFF = "switch_off"
    SWITCH_ON = "switch_on"
    NOT_TOLD_SEEN = "not_told_seen"


def record(
    db: Session,
    action: Action,
    *,
    account_id: UUID | None,
    now: datetime,
    organization_id: UUID | None = None,
    registration_id: UUID | None = None,
) -> None:
    """Write down that an account did this; the words it searched for are never written."""
    db.add(
        AuditEvent(
            at=now,
            account_id=account_id,
            organization_id=organization_id,
            registration_id=registration_id,
            action=action,
        )
    )
