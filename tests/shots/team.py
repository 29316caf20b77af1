"""What coordinators meet: who lands where, the team, norms, and switching off."""

from __future__ import annotations

from sqlalchemy import select

from portal.catalogue.models import Contact
from tests.shots.camera import Camera
from tests.shots.staff import COORDINATOR, HANDLER, sign_in

KEEP = "form[action$='{}'] button"


def photograph_team(camera: Camera) -> None:
    """Who lands where, the team, and what a form says that cannot be kept."""
    sign_in(camera, COORDINATOR)
    page = camera.page
    camera.open("/desk/coverage", "coverage")
    camera.open("/desk/team", "team")
    member = camera.links("/desk/team/contacts/")[0]
    camera.open(member, "team-member")
    page.fill("#first", "2026-11-30")
    page.fill("#last", "2026-11-25")
    camera.press(KEEP.format("absence"), "team-absence-error")
    page.fill("#people", "veel")
    camera.press(KEEP.format("room"), "team-room-error")
    camera.open("/desk/team")
    camera.open(camera.links("/desk/team/organizations/")[0], "team-pace")
    page.fill("main input[type=text] >> nth=0", "x")
    page.fill("#holidays", "morgen")
    camera.press("main form .go", "team-pace-error")


def photograph_switching(camera: Camera) -> None:
    """What switching off would do, without doing it; and that somebody came meanwhile."""
    sign_in(camera, COORDINATOR)
    camera.open("/desk/team")
    contact = camera.links("/desk/team/contacts/")[0]
    camera.open(f"{contact}/switch", "switch-contact")
    camera.press("main form .go", "switch-contact-nobody-chosen")
    camera.open("/desk/team")
    for number, link in enumerate(camera.links("/switch")):
        camera.open(link, f"switch-{number}")


def photograph_away(camera: Camera) -> None:
    """A handler who is away, and one who is switched off, look at their list."""
    stage = camera.stage
    sign_in(camera, HANDLER)
    with stage.world.writing() as db:
        seat = db.scalars(select(Contact).where(Contact.slug == "trudo-sanne")).one()
        seat.absent_from = seat.absent_until = stage.clock().date()
    camera.open("/desk/", "today-away")
    with stage.world.writing() as db:
        seat = db.get_one(Contact, seat.id)
        seat.absent_from = seat.absent_until = None
        seat.active = False
    camera.open("/desk/", "today-switched-off")
    with stage.world.writing() as db:
        db.get_one(Contact, seat.id).active = True


def photograph_quiet(camera: Camera) -> None:
    """Desks where nothing waits: a list without people, nothing asked, nowhere to land."""
    sign_in(camera, "handler@metmet.example")
    camera.open("/desk/", "today-empty")
    camera.open("/desk/asked", "asked-empty")
    camera.page.context.clear_cookies()
    sign_in(camera, "coordinator@koenraed.example")
    camera.open("/desk/coverage", "coverage-partner")


def photograph_silences(camera: Camera) -> None:
    """Whoever takes over sees those who wait too long elsewhere."""
    with camera.stage.later(days=12):
        sign_in(camera, "handler@voorbeeldhoek.example")
        camera.open("/desk/", "today-silences")
        camera.page.context.clear_cookies()
        sign_in(camera, COORDINATOR)
        camera.open("/desk/", "today-coordinator-late")
