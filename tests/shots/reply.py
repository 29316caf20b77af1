"""What a partner without an account meets behind a link, and where a link leads no more."""

from __future__ import annotations

from uuid import UUID

from portal.referral.end import lapse, retract
from portal.referral.link import LASTS
from portal.referral.party import as_owner
from portal.registration.models import Registration
from portal.reply.opening import WRONG_LINKS
from tests.desk.world import SANNE
from tests.reply.asking import ROADS
from tests.shots.camera import Camera
from tests.shots.demo import Stage
from tests.shots.people import somebody

ACCEPT = "#act-accept button.go"


def photograph_states(camera: Camera) -> None:
    """One link in every state: asked, taken up, begun, resting, and each end."""
    stage = camera.stage
    for state in ROADS:
        with stage.later():
            link = _link(stage, bring=state)
            camera.open(link)
            camera.unfold()
            camera.shoot(f"reply-{state}")
    for name, end in (("lapsed", _lapse), ("retracted", _retract)):
        referral = _ask(stage)
        with stage.later(days=20):
            end(stage, referral)
            camera.open(f"/reply/{stage.asking.token(referral)}", f"reply-{name}")


def photograph_mistakes(camera: Camera) -> None:
    """No reason chosen, too late, a page that was open while somebody else answered."""
    stage = camera.stage
    referral = _ask(stage)
    link = f"/reply/{stage.asking.token(referral)}"
    camera.open(link)
    camera.unfold()
    camera.press("#act-decline button", "reply-no-reason")
    with stage.later(days=4):
        camera.open(link, "reply-late")
    camera.open(link)
    stage.asking.bring(referral, "accepted")
    camera.press(ACCEPT, "reply-answered-before")
    camera.press("form[action$='/all'] button", "reply-mail-the-list")


def photograph_lost(camera: Camera) -> None:
    """Links that lead nowhere, and the list of everybody."""
    stage = camera.stage
    referral = _ask(stage)
    link = f"/reply/{stage.asking.token(referral)}"
    camera.open(link[:-5], "reply-cut-off")
    camera.open(f"/reply/{'A' * 32}", "reply-unknown")
    with stage.asked_too_often(WRONG_LINKS, "reply"):
        camera.open(f"/reply/{'A' * 32}", "reply-too-often")
    camera.open(f"/reply/{stage.asking.list_token()}", "reply-list")
    with stage.later(days=LASTS.days):
        camera.open(link, "reply-expired")
        camera.press("form .go", "reply-fresh-one")
    with stage.later():
        stage.asking.bring(referral, "rejected")
        camera.open(link, "reply-used")
    camera.open(f"/reply/{stage.asking.list_token('koenraed')}", "reply-list-empty")


def _ask(stage: Stage) -> UUID:
    person = somebody(stage, "nl")
    return stage.asking.refer(registration=person.id, words="Wil graag in de ochtend beginnen.")


def _link(stage: Stage, *, bring: str) -> str:
    referral = _ask(stage)
    stage.asking.bring(referral, bring)
    return f"/reply/{stage.asking.token(referral)}"


def _lapse(stage: Stage, referral: UUID) -> None:
    stage.asking.act(referral, lambda db, row: lapse(db, row, now=stage.clock()))


def _retract(stage: Stage, referral: UUID) -> None:
    by, now = stage.world.identity(SANNE), stage.clock()
    stage.asking.act(
        referral,
        lambda db, row: retract(
            db,
            row,
            "other_partner",
            by=as_owner(by, db.get_one(Registration, row.registration_id)),
            now=now,
        ),
    )
