"""What people at a desk meet: the list, a case in every state, the team, and what goes wrong."""

from __future__ import annotations

from portal.web.limits import SIGN_INS
from tests.shots.camera import Camera
from tests.shots.demo import PASSWORD
from tests.shots.people import DONE, NAMES, PARTNERS, Person, somebody

HANDLER, COORDINATOR = "handler@trudo.example", "coordinator@trudo.example"


def sign_in(camera: Camera, email: str) -> None:
    """Sign in."""
    camera.open("/sign-in")
    camera.page.locator("[name=email]").fill(email)
    camera.page.locator("[name=password]").fill(PASSWORD)
    camera.press("main form button")


def photograph_sign_in(camera: Camera) -> None:
    """The way in: nothing filled in, the wrong password, too many of them."""
    camera.open("/sign-in", "sign-in")
    camera.press("main form button", "sign-in-empty")
    camera.page.fill("[name=email]", HANDLER)
    camera.page.fill("[name=password]", "not it")
    camera.press("main form button", "sign-in-wrong")
    with camera.stage.asked_too_often(SIGN_INS):
        camera.page.fill("[name=password]", "not it")
        camera.press("main form button", "sign-in-too-often")


def photograph_desk(camera: Camera) -> None:
    """The work list, nobody found, the sessions, and somewhere one may not go."""
    sign_in(camera, HANDLER)
    camera.open("/desk/", "today")
    camera.open("/sessions", "sessions")
    camera.open("/desk/find", "find")
    camera.find("Niemand")
    camera.shoot("find-nobody")
    camera.open("/desk/coverage", "not-allowed")
    camera.open(f"/desk/registrations/{'0' * 8}-0000-4000-8000-{'0' * 12}", "case-gone")


def photograph_standings(camera: Camera) -> None:
    """A case wherever it can stand, with everything unfolded."""
    sign_in(camera, HANDLER)
    for standing in (*DONE, *PARTNERS):
        with camera.stage.later():
            person = somebody(camera.stage, "nl")
            for deed in DONE.get(standing, ()):
                person.act(deed)
            if standing in PARTNERS:
                person.refer(PARTNERS[standing])
            camera.open(_case(person))
            camera.unfold()
            camera.shoot(f"case-{standing}")


def photograph_acts(camera: Camera) -> None:
    """A call is written down and can be undone; a form without an answer; somebody was first."""
    sign_in(camera, HANDLER)
    page, person = camera.page, somebody(camera.stage, "ar")
    camera.open(_case(person))
    camera.press("[name=result][value=no_answer]", "case-called")
    page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    camera.press("form[action$=close] button", "case-close-without-reason")
    camera.open(_case(person))
    person.act(DONE["spoken"][1])
    person.act(DONE["spoken"][0])
    camera.press("[name=result][value=voicemail]", "case-somebody-was-first")
    camera.open(_case(person))
    page.fill("main textarea[name=text]", "Belt morgen terug.")
    page.evaluate("document.querySelectorAll('[name=csrf_token]').forEach(f => f.value = 'old')")
    camera.press("form[action$=notes] button", "page-was-old")
    camera.find(NAMES["nl"])
    camera.shoot("find-several")


def photograph_signed_out(camera: Camera) -> None:
    """A note that was typed while the session ended."""
    sign_in(camera, HANDLER)
    person = somebody(camera.stage, "nl")
    camera.open(_case(person))
    camera.page.fill("main textarea[name=text]", "Belt morgen terug.")
    with camera.stage.later(hours=2):
        camera.press("form[action$=notes] button", "signed-out-meanwhile")


def _case(person: Person) -> str:
    return f"/desk/registrations/{person.id}"


def photograph_viewer(camera: Camera) -> None:
    """What somebody without cases sees at the desk, and who runs the portal."""
    for role in ("viewer", "administrator"):
        sign_in(camera, f"{role}@aan-de-slag040.example")
        camera.open("/start", f"start-{role}")
        camera.open("/desk/", f"no-cases-{role}")
        camera.page.context.clear_cookies()
