"""What owner and partners meet when several organisations help one person."""

from __future__ import annotations

from portal.i18n import LOCALES
from tests.shots.camera import Camera
from tests.shots.people import somebody
from tests.shots.staff import HANDLER, sign_in

# Of the demonstration: somebody asked, two partners at work, one who waits, one who came back.
PEOPLE = ("Amina", "Dirk", "Zeynep", "Yusuf")
ACCEPT = "#act-accept button.go"


def photograph_cases(camera: Camera) -> None:
    """Cases with partners; who is the only one of a name is found at once."""
    sign_in(camera, HANDLER)
    for name in PEOPLE:
        camera.find(name)
        camera.unfold()
        camera.shoot(f"case-{name}")


def photograph_asking(camera: Camera) -> None:
    """Asking a partner: who, what may be told, read aloud in every language, the sheet, sent."""
    sign_in(camera, HANDLER)
    for language in LOCALES:
        person = somebody(camera.stage, language)
        camera.open(f"/desk/registrations/{person.id}")
        camera.press("[name=result][value=reached]")
        camera.open(f"/desk/registrations/{person.id}/partners", f"partners-{language}")
        # The first was named as a fallback, and may be told already.
        camera.open(camera.links("/partners/")[1], f"partner-{language}")
        camera.page.check("[name=share][value=words]")
        camera.press("main form[action$=aloud] .go", f"read-aloud-{language}")
        camera.press("main form[action$=agreed] .go", f"read-aloud-without-yes-{language}")
        camera.page.check("[name=yes]")
        camera.press("main form[action$=agreed] .go", f"ask-{language}")
        _sheet(camera, language)


def _sheet(camera: Camera, language: str) -> None:
    camera.page.fill("#words", "Is depressief. Wil graag koken.")
    camera.press("main form[action$=refer] .go", f"ask-loaded-{language}")
    camera.page.fill("#words", "Wil graag koken.")
    camera.unfold()
    camera.shoot(f"ask-unfolded-{language}")
    camera.press("main form[action$=refer] .go", f"sheet-{language}")
    camera.press("[name=go][value=send]", f"case-sent-{language}")


def photograph_asked(camera: Camera) -> None:
    """What is asked of us, signed in."""
    sign_in(camera, "handler@randstad.example")
    camera.open("/desk/", "today-partner")
    camera.open("/desk/asked", "asked")
    for link in camera.links("/desk/referrals/"):
        camera.open(link, "asked-one")


def photograph_outbox(camera: Camera) -> None:
    """Every message that would have gone out."""
    camera.open("/demo/outbox", "outbox")
