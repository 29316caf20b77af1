"""What a tenant meets, from the start to the private page, with the mistakes on the way."""

from __future__ import annotations

from tests.shots.camera import Camera

GO = ".go:visible"


def photograph_questions(camera: Camera) -> None:
    """Every question as it opens; errors where something is needed; check and receipt."""
    page, locale = camera.page, camera.locale
    camera.open(f"/{locale}/", "start")
    go = page.locator(GO).first
    go.click()
    _with_error(camera, "wish")
    page.locator("[name=wish][value=paid_work]").check(force=True)
    page.locator("[name=wish][value=together]").check(force=True)
    camera.shoot("wish-chosen", whole=False)
    go.click()
    camera.shoot("age", whole=False)
    page.locator("[name=age16][value=yes]").check(force=True)
    go.click()
    camera.shoot("home", whole=False)
    page.locator("[name=postcode]").fill("5611 AB")
    page.locator("[name=landlord][value=trudo]").check(force=True)
    camera.shoot("home-filled", whole=False)
    for name in ("likes", "practical"):
        go.click()
        camera.shoot(name, whole=False)
    go.click()
    _with_error(camera, "reach")
    page.locator("[name=phone]").fill("06 12345678")
    go.click()
    _with_error(camera, "name")
    page.locator("[name=first_name]").fill("Samira")
    go.click()
    _check_and_after(camera)


def _with_error(camera: Camera, name: str) -> None:
    camera.shoot(name, whole=False)
    camera.page.locator(GO).first.click()
    camera.shoot(f"{name}-error", whole=False)


def _check_and_after(camera: Camera) -> None:
    page = camera.page
    page.wait_for_selector("form[action$='/send']")
    camera.shoot("check")
    send = page.locator("form[action$='/send'] .go")
    send.click()
    page.wait_for_load_state("networkidle")
    camera.shoot("check-without-consent")
    page.locator("[name=consent]").check(force=True)
    page.locator("form[action$='/send'] .go").click()
    page.wait_for_selector("[data-sent]", state="attached")
    camera.shoot("receipt")


def photograph_others(camera: Camera) -> None:
    """Pages beside the questions."""
    locale = camera.locale
    for entry in ("eindhoven", "moerwijk", "maastricht"):
        camera.open(f"/{locale}/{entry}/", f"start-{entry}")
    camera.open(f"/{locale}/sixteen", "sixteen")
    camera.open(f"/{locale}/status", "status-code")


def photograph_plain(camera: Camera) -> None:
    """The same without a script: one page."""
    camera.open(f"/{camera.locale}/", "all-questions")
    camera.page.locator("form#answers .go").last.click()
    camera.page.wait_for_load_state()
    camera.shoot("all-questions-error")
