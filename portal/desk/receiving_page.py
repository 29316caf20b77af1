"""The list of what was asked of us, in blocks of a fixed order, and the page of one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.identity import Identity
from portal.privacy.audit import Action, record
from portal.referral.models import Referral
from portal.referral.visible import received_by
from portal.registration.models import Registration
from portal.registration.visible import cases_of
from portal.web.login import current_identity
from portal.web.partner import words
from portal.web.partner.acting import Result
from portal.web.partner.form import NOTHING_SENT, Sent
from portal.web.partner.page import Row, rows_of
from portal.web.partner.showing import page_words
from portal.web.state import now
from portal.web.transaction import transaction

# More is no list to work from; what is further down comes up as the rest is done.
MOST_ROWS = 200


class AskedBlock(IntEnum):
    """The blocks, in their order."""

    TO_ANSWER = 0
    LATE = 1
    IN_HAND = 2
    RESTING = 3
    ENDED = 4


def load_received(db: Session, referral_id: UUID) -> Referral | None:
    """Return a referral to one of my organisations; None for all else, also for what is ours."""
    query = received_by(current_identity(), now=now()).where(Referral.id == referral_id)
    return db.scalar(query)


def owns(db: Session, referral_id: UUID) -> UUID | None:
    """Return the registration of a referral that one of my organisations owns."""
    query = cases_of(current_identity()).join(Referral, Referral.registration_id == Registration.id)
    found = db.scalar(query.where(Referral.id == referral_id))
    return found.id if found else None


def in_our_hands(db: Session) -> list[Row]:
    """Return what my organisations have to answer or do, the most urgent first."""
    blocks = _blocks(db, current_identity(), now())
    wanted = (AskedBlock.LATE, AskedBlock.TO_ANSWER, AskedBlock.IN_HAND)
    return [row for block in wanted for row in blocks[block]]


def show_list(db: Session) -> ResponseReturnValue:
    """Write the list."""
    blocks = _blocks(db, current_identity(), now())
    return render_template(
        "desk/receiving/asked.html",
        blocks=blocks,
        is_cut=sum(map(len, blocks.values())) == MOST_ROWS,
        most=MOST_ROWS,
        AskedBlock=AskedBlock,
        words=words,
    )


def put_on_record(referral_id: UUID) -> None:
    """Write down that my organisation reads it before it does; nothing for what it does not see.

    In a transaction of its own: whoever registers must not wait until a page is drawn.
    """
    with transaction() as db:
        referral = load_received(db, referral_id)
        if referral is not None:
            _write_down_reading(db, referral)


def _write_down_reading(db: Session, referral: Referral) -> None:
    record(
        db,
        Action.READ_REFERRAL,
        account_id=current_identity().account_id,
        organization_id=referral.receiver_id,
        registration_id=referral.registration_id,
        now=now(),
    )


def show_received(
    db: Session,
    referral: Referral,
    sent: Sent = NOTHING_SENT,
    result: Result | None = None,
    *,
    on_record: bool = False,
) -> ResponseReturnValue:
    """Write the page, and write down who reads it, unless that is `on_record` already."""
    if not on_record:
        _write_down_reading(db, referral)
    page = render_template(
        "desk/receiving/referral.html",
        **page_words(
            db,
            referral,
            home=url_for("desk.received", referral_id=referral.id),
            signed_in=True,
            sent=sent,
            result=result,
        ),
    )
    return page, result.status if result else 200


def _blocks(db: Session, me: Identity, at: datetime) -> Mapping[AskedBlock, Sequence[Row]]:
    query = received_by(me, now=at)
    blocks: dict[AskedBlock, list[Row]] = {block: [] for block in AskedBlock}
    # What is open comes first on every database, wherever it puts what has no day.
    urgent = (Referral.ended_at.is_not(None), Referral.due_at, Referral.ended_at.desc())
    found = db.scalars(query.order_by(*urgent, Referral.id).limit(MOST_ROWS)).all()
    for row in rows_of(db, found, now=at) if found else ():
        blocks[_block_of(row)].append(row)
    return blocks


def _block_of(row: Row) -> AskedBlock:
    if row.due is None:
        return AskedBlock.ENDED
    if row.late:
        return AskedBlock.LATE
    by_state = {"requested": AskedBlock.TO_ANSWER, "on_hold": AskedBlock.RESTING}
    return by_state.get(row.referral.state, AskedBlock.IN_HAND)
