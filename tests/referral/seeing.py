"""How deep somebody sees a referral that their organisation was asked for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.referral.models import Referral
from portal.referral.visible import Depth, depth_for_receiver, received_by
from tests.referral.town import WEDNESDAY


def depth(db: Session, identity: Identity, referral: Referral, at: datetime = WEDNESDAY) -> Depth:
    """How deep, as a door finds it: first the rows, then the depth of one of them."""
    db.flush()
    if referral not in db.scalars(received_by(identity, now=at)):
        return Depth.NOTHING
    found = depth_for_receiver(db, referral, now=at)
    assert found != Depth.NOTHING, "what is among the rows has a depth"
    return found
