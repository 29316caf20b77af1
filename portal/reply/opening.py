"""What a token in an address leads to, for looking and for answering."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from limits import parse
from sqlalchemy.orm import Session

from portal.referral.link import Opened, open_link, open_one
from portal.referral.models import Referral
from portal.referral.refusals import UnknownLinkError
from portal.web.limits import count_try
from portal.web.state import now

# Wrong links only: a whole office may look from one address. Whoever has a right one is let in
# always: no link can be guessed.
WRONG_LINKS = parse("30/10minutes")


@dataclass(frozen=True, slots=True)
class Page:
    """One page behind a token: of a referral, or None for the list. `home` is its address."""

    opened: Opened
    referral: Referral | None
    home: str
    list_home: str | None

    def __repr__(self) -> str:
        return "<Page>"


def open_page(db: Session, token: str, referral_id: UUID | None = None) -> Page:
    """Open a link, and one of those it covers; nothing is changed by looking (rule 7).

    Raises:
        LinkError: see `portal.referral.link.open_link`.
        TryLaterError: too many links that do not exist were tried from this address.
    """
    try:
        opened = open_link(db, token, now=now())
        if referral_id is None:
            return Page(opened, opened.referral, f"/reply/{token}", None)
        referral = open_one(db, opened, referral_id, now=now())
    except UnknownLinkError:
        count_try(WRONG_LINKS, "reply")
        raise
    return Page(opened, referral, f"/reply/{token}/{referral_id}", f"/reply/{token}")
