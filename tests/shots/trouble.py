"""What a tenant meets when something is in the way: too late, too often, changed, gone, broken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import update

from portal import MAX_BODY
from portal.catalogue.models import Contact
from portal.catalogue.version import bump_version
from portal.web.limits import CODE_GUESSES, SENDS
from tests.shots.camera import Camera
from tests.shots.demo import Stage
from tests.shots.people import NAMES

TRUDO = ("trudo-sanne", "trudo-mo")
CHECK = "form[action$='/send'] .go"


def photograph_check(camera: Camera) -> None:
    """The check page with everything that can be said on top of it."""
    page, stage = camera.page, camera.stage
    _arrive(camera)
    with _without(stage, TRUDO):
        _agree(camera, "check-changed")
    _arrive(camera)
    shown = page.locator(".person b").first.inner_text().lower()
    with _without(stage, (f"trudo-{shown}",)):
        _agree(camera, "receipt-somebody-else")
    _arrive(camera)
    with stage.later(hours=25):
        _agree(camera, "check-late")
    _arrive(camera)
    with stage.asked_too_often(SENDS):
        _agree(camera, "check-busy")
    _arrive(camera)
    form = page.evaluate("Object.fromEntries(new FormData(document.querySelector('#answers')))")
    page.context.request.post(
        f"/{camera.locale}/send",
        form={**form, "consent": "yes"},
        headers={"Origin": stage.address, "Sec-Fetch-Site": "same-origin"},
    )
    page.evaluate("document.querySelector('#answers [name=first_name]').value = 'Ander'")
    _agree(camera, "check-sent-before")


def photograph_far(camera: Camera) -> None:
    """A postcode that nobody serves, a landlord who need not know, a language nobody speaks."""
    _arrive(camera, postcode="9999 XX", landlord="nobody")
    camera.shoot("check-far-away")
    _arrive(camera, landlord_hidden="1")
    camera.shoot("check-landlord-hidden")
    _arrive(camera, phone="", drop_by="de-voorbeeldhoek")
    camera.shoot("check-drops-by")
    page = camera.page
    page.locator("[name=consent]").check(force=True)
    camera.press(CHECK, "receipt-drops-by")
    with camera.stage.later(hours=2):
        camera.open(page.url, "receipt-after-an-hour")


def _arrive(camera: Camera, **said: str) -> None:
    """Go to the check page in one step, as whoever has no scripts does."""
    _post(camera, **said)
    camera.page.wait_for_selector(CHECK)


def _post(camera: Camera, **said: str) -> None:
    """Send all answers at once."""
    fields = {
        "wish": "paid_work",
        "age16": "yes",
        "postcode": "5616 AB",
        "landlord": "trudo",
        "phone": "06 12345678",
        "first_name": NAMES[camera.locale],
        "language": camera.locale,
        **said,
    }
    camera.open(f"/{camera.locale}/")
    inputs = "".join(f'<input name="{name}" value="{value}">' for name, value in fields.items())
    form = f'<form id="go" method="post" action="/{camera.locale}/check">{inputs}</form>'
    camera.page.evaluate("form => document.body.insertAdjacentHTML('beforeend', form)", form)
    with camera.page.expect_navigation():
        camera.page.evaluate("document.querySelector('#go').submit()")


def _agree(camera: Camera, name: str) -> None:
    camera.page.locator("[name=consent]").check(force=True)
    camera.press(CHECK, name)


@contextmanager
def _without(stage: Stage, slugs: tuple[str, ...]) -> Iterator[None]:
    """Let contacts be switched off for a moment."""
    _switch(stage, slugs, active=False)
    try:
        yield
    finally:
        _switch(stage, slugs, active=True)


def _switch(stage: Stage, slugs: tuple[str, ...], *, active: bool) -> None:
    with stage.world.writing() as db:
        db.execute(update(Contact).where(Contact.slug.in_(slugs)).values(active=active))
        bump_version(db)


def photograph_errors(camera: Camera) -> None:
    """Codes that are wrong, pages that are not there, too much text, and mistakes of ours."""
    page, locale = camera.page, camera.locale
    for typed, name in (("K7P", "code-short"), ("K7P-3XM-92", "code-unknown")):
        camera.open(f"/{locale}/status")
        page.fill("#code", typed)
        camera.press("main .go", name)
    with camera.stage.asked_too_often(CODE_GUESSES):
        camera.open(f"/{locale}/status/K7P-3XM-92", "code-too-often")
    camera.open(f"/{locale}/nothing/here", "not-found")
    with camera.stage.without_database():
        camera.open(f"/{locale}/", "no-database")
    _post(camera, first_name="a" * MAX_BODY)
    camera.shoot("too-much-text")
    with camera.stage.with_a_mistake():
        _post(camera)
        camera.shoot("our-mistake")
    elsewhere = f'<form method="post" action="{camera.stage.address}/{locale}/send"><button>'
    page.goto("about:blank")
    page.set_content(elsewhere)
    camera.press("button", "from-elsewhere")
