"""What a registrar meets at a counter, and what is read aloud and given along."""

from __future__ import annotations

from portal.i18n import LOCALES
from tests.shots.camera import Camera
from tests.shots.people import NAMES
from tests.shots.staff import sign_in

REGISTRAR = "registrar@voorbeeldhoek.example"
GO, AGREE = "#walkin .dock button", "#agree .dock button"


def photograph_counter(camera: Camera) -> None:
    """The list, the dense page with and without mistakes, and a page of somebody too young."""
    sign_in(camera, REGISTRAR)
    page = camera.page
    camera.open("/walkin/", "walkin")
    camera.open("/walkin/new", "walkin-new")
    with page.expect_response("**/walkin/near/*"):
        page.fill("#postcode", "5616 AB")
    camera.shoot("walkin-near")
    page.fill("#postcode", "")
    camera.press(GO, "walkin-empty")
    page.fill("#postcode", "56")
    page.fill("#phone", "12")
    page.fill("#email", "sam@")
    camera.press(GO, "walkin-wrong")
    camera.open("/walkin/new")
    page.check("[name=age16][value=no]")
    camera.press(GO, "walkin-sixteen")


def photograph_registering(camera: Camera) -> None:
    """Somebody of every language: read aloud, no yes, the receipt, the slip, spoken together."""
    sign_in(camera, REGISTRAR)
    for language in LOCALES:
        _register(camera, language)
    camera.open("/walkin/", "walkin-status")


def _register(camera: Camera, language: str) -> None:
    page = camera.page
    camera.open("/walkin/new")
    page.check("[name=wish][value=paid_work]")
    page.select_option("#language", language)
    page.fill("#first_name", NAMES[language])
    page.fill("#phone", "06 12345678")
    camera.press(GO, f"walkin-read-aloud-{language}")
    camera.press(AGREE, f"walkin-without-yes-{language}")
    page.check("[name=consent]")
    camera.press(AGREE, f"walkin-receipt-{language}")
    receipt = page.url
    camera.press("form[action$=called] button", f"walkin-called-together-{language}")
    camera.press("form[action*=receipt]:not([action$=called]) button", f"walkin-slip-{language}")
    camera.open(receipt, f"walkin-receipt-again-{language}")


def photograph_lock(camera: Camera) -> None:
    """A page that closed itself, and a registrar who comes back after a quarter of an hour."""
    camera.page.clock.install()
    sign_in(camera, REGISTRAR)
    camera.open("/walkin/new")
    camera.page.clock.run_for("06:00")
    camera.page.wait_for_selector("[data-locked]")
    camera.shoot("walkin-closed-itself")
