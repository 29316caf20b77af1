"""The portal without a network: an application, and a client that looks at every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from portal import create_app
from portal.frontdoor.shelf import init_shelf
from portal.settings import Settings
from portal.web.limits import init_limits
from portal.web.state import Portal, install
from tests.support.clock import SettableClock
from tests.support.databases import hang_up
from tests.support.html import Element, read_html
from tests.support.page_checks import complaints_about
from tests.support.saved_pages import save_page

ORIGIN = "https://localhost"
# What a running portal keeps besides what it runs on.
MEMORY = ("limits", "catalogue", "shelf", "stencils", "last_error")


class CheckedClient(FlaskClient):
    """A browser without a window. Every HTML page that it fetches must pass every check.

    Addresses are https. An error of ours (500) fails the test with its cause, unless
    `expects_errors` is set.
    """

    expects_errors = False

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request, follow redirects if asked, and look at the answer."""
        if args and isinstance(args[0], str):
            kwargs.setdefault("base_url", ORIGIN)
        # Read to the end, so that a file that is sent is closed again.
        kwargs.setdefault("buffered", True)
        response = super().open(*args, **kwargs)
        if response.status_code == 500 and not self.expects_errors:
            cause = self.application.extensions["last_error"]
            raise AssertionError(f"{response.request.path} failed: {cause!r}") from cause
        redirects = response.status_code in (301, 302, 303, 308)
        # An answer to HEAD has no page to look at.
        if response.mimetype == "text/html" and not redirects and response.request.method != "HEAD":
            look_at(response)
        return response

    def page(self, path: str, status: int = 200) -> Element:
        """Fetch a page that must have this status and return it as a tree."""
        response = self.get(path)
        assert response.status_code == status, f"{path}: {response.status}"
        return read_html(response.text)[1]

    def submit(
        self, page: Element, action: str, /, *, at: str = "/", **fields: str | list[str]
    ) -> TestResponse:
        """Send the form of `page` with this action as a browser would, with `fields` filled in.

        What the form already holds travels along. `at` is the address of the page itself.
        """
        forms = [form for form in page.all("form") if (form.get("action") or at) == action]
        assert len(forms) == 1, f"{len(forms)} forms go to {action}"
        data = {**values_of(forms[0]), **fields}
        headers = {"Origin": ORIGIN, "Referer": ORIGIN + at, "Sec-Fetch-Site": "same-origin"}
        return self.post(action, data=data, headers=headers)


def values_of(form: Element) -> dict[str, list[str]]:
    """Return what a form sends when it is left as it is, by the name of the field."""
    values: dict[str, list[str]] = {}
    for control in form.all("input", "select", "textarea"):
        if control.get("name") and not control.has("disabled"):
            values.setdefault(control.get("name"), []).extend(_values(control))
    return {name: found for name, found in values.items() if found}


def _values(control: Element) -> list[str]:
    if control.tag == "textarea":
        return ["".join(child for child in control.children if isinstance(child, str))]
    if control.tag == "select":
        options = control.all("option")
        chosen = [option for option in options if option.has("selected")] or options[:1]
        return [option.get("value") for option in chosen]
    kind = control.get("type")
    if kind in ("submit", "button", "image", "reset", "file"):
        return []
    if kind in ("checkbox", "radio") and not control.has("checked"):
        return []
    return [control.get("value")]


def look_at(response: TestResponse) -> None:
    """Fail when an HTML answer breaks a rule that holds for every page; keep a copy of it."""
    path = response.request.path
    complaints = complaints_about(response.text, path)
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        complaints.append(f"the content security policy is {policy!r}")
    assert not complaints, f"{path} ({response.status}):\n" + "\n".join(complaints)
    save_page(response.text, path)


def make(settings: Settings, clock: SettableClock) -> Flask:
    """Make an application fit for tests: quick to start again, and open about its errors."""
    app = create_app(settings, clock=clock)
    compiled = settings.data / "templates"
    compiled.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    app.test_client_class = CheckedClient
    _remember_errors(app)
    return app


def _remember_errors(app: Flask) -> None:
    """Keep the last error that was turned into a page, so that a test can show its cause."""
    handlers = app.error_handler_spec[None][None]
    show = handlers[Exception]

    def remember(error: Exception) -> Any:
        app.extensions["last_error"] = error
        return show(error)

    handlers[Exception] = remember


def begin_anew(app: Flask, clock: SettableClock) -> None:
    """Let an application that is kept remember nothing: neither visitors nor what it has read."""
    install(app, replace(running(app), clock=clock))
    for name in MEMORY:
        app.extensions.pop(name, None)
    init_limits(app)
    init_shelf(app)


def close(app: Flask) -> None:
    """Let go of the database."""
    hang_up(running(app).database)


def running(app: Flask) -> Portal:
    """Return what an application runs on."""
    found: Portal = app.extensions["portal"]
    return found


def client_of(app: Flask) -> CheckedClient:
    """Return a browser that visits this application."""
    made = app.test_client()
    assert isinstance(made, CheckedClient)
    return made


@pytest.fixture(scope="session")
def applications() -> dict[str, Flask]:
    """The applications of this process, by the address of their database.

    To make one takes as long as ten requests, and a fresh one has every page and every statement to
    translate anew. So they are kept, as they run for months elsewhere, and forget what they knew.
    """
    return {}


@pytest.fixture
def app(
    settings: Settings, clock: SettableClock, applications: dict[str, Flask]
) -> Iterator[Flask]:
    """The portal on a fresh database, with a clock that the test sets."""
    app = applications.get(settings.database_url) or make(settings, clock)
    applications[settings.database_url] = app
    begin_anew(app, clock)
    before = _set_up(app)
    yield app
    close(app)
    assert _set_up(app) == before, "who changes an application asks for `own_app`"


def _set_up(app: Flask) -> tuple[dict[str, Any], int]:
    return dict(app.config), len(list(app.url_map.iter_rules()))


@pytest.fixture
def own_app(settings: Settings, clock: SettableClock) -> Iterator[Flask]:
    """The same for one test alone, which may change it."""
    app = make(settings, clock)
    yield app
    close(app)


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """A visitor's browser without scripts, which checks every page it is shown."""
    return client_of(app)
