"""What partners do in the stories of a demonstration, through the same rooms as the real thing.

The words of every deed begin with the slug of the partner; what follows a colon is the deed's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import select

from portal.catalogue.known import KnownOrganization
from portal.cli.demo_accounts import email_of
from portal.cli.demo_scene import Scene, identity_of
from portal.followup import partner
from portal.referral import answer
from portal.referral.ask import Ask
from portal.referral.consent import ask_consent, record_consent
from portal.referral.models import Referral
from portal.referral.party import Party, as_owner, as_receiver
from portal.referral.refer import refer
from portal.referral.words import report

AGREED = ("wishes", "likes", "times", "reach", "words")


def _ask(scene: Scene) -> None:
    """Ask the person, on their own page, whether this partner may be told."""
    receiver = _partner(scene)[0].id
    ask_consent(scene.db, scene.registration, receiver, shares=AGREED, by=scene.by, now=scene.now)


def _refer(scene: Scene) -> None:
    """Ask a partner, with the person's own yes, on the phone, for exactly that partner."""
    receiver, words = _partner(scene)
    record_consent(
        scene.db,
        scene.registration,
        receiver.id,
        shares=AGREED,
        method="phone",
        locale=scene.registration.locale,
        by=scene.by,
        now=scene.now,
    )
    by = as_owner(scene.by, scene.registration)
    refer(scene.db, scene.registration, Ask(receiver.id, words=words), by=by, now=scene.now)


def _accept(scene: Scene) -> None:
    referral, by, _words = _theirs(scene)
    answer.accept(scene.db, referral, by=by, now=scene.now)


def _decline(scene: Scene) -> None:
    referral, by, reason = _theirs(scene)
    answer.decline(scene.db, referral, reason, by=by, now=scene.now)


def _begin(scene: Scene) -> None:
    """They spoke to each other, and it has begun."""
    referral, by, _words = _theirs(scene)
    partner.log_attempt(scene.db, referral, "reached", by=by, now=scene.now)
    partner.contact_made(scene.db, referral, by=by, now=scene.now)


def _report(scene: Scene) -> None:
    referral, by, words = _theirs(scene)
    report(scene.db, referral, words, by=by, now=scene.now)


def _partner(scene: Scene) -> tuple[KnownOrganization, str]:
    slug, _colon, words = scene.words.partition(":")
    found = scene.catalogue.organization(slug)
    if found is None:
        raise LookupError(f"no organisation is called {slug}")
    return found, words


def _theirs(scene: Scene) -> tuple[Referral, Party, str]:
    """Return the newest referral to this partner, and somebody there who acts on it."""
    receiver, words = _partner(scene)
    query = select(Referral).where(
        Referral.registration_id == scene.registration.id, Referral.receiver_id == receiver.id
    )
    referral = scene.db.scalars(query.order_by(Referral.created_at.desc())).first()
    if referral is None:
        raise LookupError(f"{receiver.slug} was not asked")
    by = as_receiver(identity_of(scene.db, email_of("handler", receiver)), referral)
    return referral, by, words


PARTNER_DEEDS: Mapping[str, Callable[[Scene], None]] = {
    "ask": _ask,
    "refer": _refer,
    "accept": _accept,
    "decline": _decline,
    "begin": _begin,
    "report": _report,
}
