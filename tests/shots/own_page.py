"""A tenant's own page wherever they can stand, by private link and by code; what they do there."""

from __future__ import annotations

from tests.shots.camera import Camera
from tests.shots.people import DONE, PARTNERS, Person, somebody

BY_CODE = ("new", "spoken", "question", "partner-asked", "partner-begun")


def photograph_standings(camera: Camera) -> None:
    """Every sentence that can stand on top."""
    for standing in (*DONE, *PARTNERS):
        with camera.stage.later():
            person = _standing(camera, standing)
            camera.open(person.mine, f"mine-{standing}")
            if standing in BY_CODE:
                camera.open(person.by_code, f"code-{standing}")
    with camera.stage.later():
        person = somebody(camera.stage, camera.locale)
        person.is_asked_whether_they_called()
        camera.open(person.mine, "mine-contacted")
        camera.press("form[action$=contacted] [value=no]", "mine-not-contacted")


def _standing(camera: Camera, standing: str) -> Person:
    person = somebody(camera.stage, camera.locale)
    for deed in DONE.get(standing, ()):
        person.act(deed)
    if standing in PARTNERS:
        person.refer(PARTNERS[standing])
    return person


def photograph_late(camera: Camera) -> None:
    """The promise was not kept."""
    person = somebody(camera.stage, camera.locale)
    tried = _standing(camera, "tried")
    with camera.stage.later(days=8):
        camera.open(tried.mine, "mine-late-tried")
        camera.open(person.mine, "mine-late")
        camera.open(person.by_code, "code-late")
        camera.press("form[action$=nobody-called] button", "code-told")
        camera.open(person.mine, "mine-told")


def photograph_answers(camera: Camera) -> None:
    """A question is answered; a line and a number that cannot be taken; stop, and go on."""
    page = camera.page
    person = _standing(camera, "question")
    camera.open(person.mine)
    camera.press("form[action$=answer] [value=yes]", "mine-said-yes")
    page.fill("#text", "Mijn BSN is 123456782")
    camera.press("form[action$=line] button", "mine-line-error")
    page.fill("#text", "…")
    page.fill("#phone", "12")
    camera.press("form[action$=phone] button", "mine-phone-error")
    camera.open(person.mine)
    page.locator("section.part details").evaluate_all("all => all.forEach(d => d.open = true)")
    camera.shoot("mine-what-they-know")
    camera.press("form[action$=stop] button", "mine-stopped")
    camera.press("form[action$=undo-stop] button", "mine-going-on")


def photograph_ends(camera: Camera) -> None:
    """No to the owner, and delete everything: asked once more. What a deleted page says."""
    person = somebody(camera.stage, camera.locale)
    camera.open(person.mine)
    camera.press("form[action$=consent] [value=no]", "mine-no-to-owner")
    camera.open(person.mine)
    camera.press("form[action$=erase] button", "mine-erase")
    address = person.mine
    camera.press("form[action$=erase] button", "mine-erased")
    camera.open(address, "mine-gone")
