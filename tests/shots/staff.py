"""What people at a desk and at a counter meet."""

from __future__ import annotations

from portal.i18n import LOCALES
from tests.shots.camera import Camera
from tests.shots.demo import PASSWORD


def sign_in(camera: Camera, email: str) -> None:
    """Sign in, and take a picture of the page for it."""
    camera.open("/sign-in", "sign-in")
    camera.page.locator("[name=email]").fill(email)
    camera.page.locator("[name=password]").fill(PASSWORD)
    camera.page.locator("main form button").last.click()
    camera.page.wait_for_load_state("networkidle")


def photograph_desk(camera: Camera) -> None:
    """The work list, somebody's case, the sessions."""
    sign_in(camera, "handler@trudo.example")
    camera.open("/desk/", "today")
    case = camera.page.locator("a[href*='/desk/registrations/']").first.get_attribute("href") or ""
    camera.open(case, "case")
    camera.open("/sessions", "sessions")


def photograph_coordinator(camera: Camera) -> None:
    """Who lands where, and the team: somebody away, fast or slow, switching off."""
    sign_in(camera, "coordinator@trudo.example")
    camera.open("/desk/coverage", "coverage")
    camera.open("/desk/team", "team")
    for link in camera.links("/desk/team/")[:3]:
        camera.open(link, "team-part")


def photograph_walkin(camera: Camera) -> None:
    """The list of a registrar, the dense page, and what is read aloud and given along."""
    sign_in(camera, "registrar@voorbeeldhoek.example")
    camera.open("/walkin/", "walkin")
    camera.open("/walkin/new", "walkin-new")
    camera.page.click("#walkin .dock button")
    camera.shoot("walkin-error")
    for language in LOCALES:
        _register(camera, language)
    camera.open("/walkin/", "walkin-status")


def _register(camera: Camera, language: str) -> None:
    page = camera.page
    camera.open("/walkin/new")
    page.check("[name=wish][value=paid_work]")
    page.select_option("#language", language)
    page.fill("#first_name", "Voorbeeld-Robin")
    page.fill("#phone", "06 12345678")
    page.click("#walkin .dock button")
    camera.shoot(f"walkin-read-aloud-{language}")
    page.check("[name=consent]")
    page.click("#agree .dock button")
    camera.shoot("walkin-receipt")
    page.click("form[action*=receipt]:not([action$=called]) button")
    camera.shoot(f"walkin-slip-{language}")


def photograph_viewer(camera: Camera) -> None:
    """What somebody without cases sees at the desk."""
    sign_in(camera, "viewer@aan-de-slag040.example")
    camera.shoot("start-viewer")
    camera.open("/desk/", "no-cases")
