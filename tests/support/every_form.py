"""Take every form of a page, and send each of its fields with what should not be in it.

Whatever is sent is undone afterwards, so each form is tried on the page as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.orm import sessionmaker
from werkzeug.test import TestResponse

from portal.db.base import Base
from portal.db.engine import Database
from portal.web.limits import init_limits
from portal.web.state import Portal, install
from tests.support.application import ORIGIN, CheckedClient, values_of
from tests.support.html import Element, read_html

PLANTED = "<b id=planted>"
SUM, ITS_RESULT = "7919*6007", "47569433"
# Everything that some code takes for more than words; none of it is an option of any list.
ODD = (
    "🌷👩‍🍳 \u202e\u200f\u2067abc a\u0001\u001b[31m\u007f "
    f"\"'>{PLANTED}<script>alert(1)</script> '; DROP TABLE registration; -- "
    f"{{{{ {SUM} }}}}{{% raw %}}%(name)s %s {{0}} ${{{SUM}}}"
)
BAD = ("", "   \t\r\n\u00a0", ODD * 50, "a\u0000b", ODD)
# What no page can show again as it came: HTML knows neither, and a field is one line.
NOT_SHOWN = re.compile(r"[\s\u0000-\u001f\u007f]+")
# Questions with several answers; and a button that says anew what the field beside it holds.
SEVERAL = frozenset({"wish", "like", "practical", "times", "without", "rather"})
ASKED_AGAIN = ("Geef 1 antwoord.", "Give 1 answer.")
TAKEN_WELL = (200, 303, 400, 403, 404, 409, 410, 422, 429)
MULTIPART = "multipart/form-data; boundary=x"
NO_FORMS = (
    (b"{", "application/json"),
    (b"[1]", "application/json"),
    (b'{"email": ["a"], "version": {}}', "application/json"),
    (b"<a/>", "application/xml"),
    (b"\xff\xfe\x00", "text/plain"),
    (b"wish=x", "application/octet-stream"),
    (b"--x\r\nbroken", MULTIPART),
)
SHOWN_AGAIN = ("text", "tel", "email", "search", "number", "")


@dataclass(frozen=True)
class Form:
    """A form on a page: where it stands, where it goes, and what it sends as it is."""

    at: str
    action: str
    fields: Mapping[str, Sequence[str]]
    names: frozenset[str]
    several: frozenset[str]
    written: frozenset[str]

    def __repr__(self) -> str:
        return f"<Form {self.action} {sorted(self.names)}>"


def forms_on(page: Element, at: str) -> Iterator[Form]:
    """Return the forms of a page that post; `at` is its address."""
    for form in page.all("form"):
        if form.get("method") != "post":
            continue
        controls = page.all("input", "select", "textarea", "button")
        mine = [each for each in controls if _is_in(each, form) and each.get("name")]
        kinds = {each.get("name"): each for each in mine if each.tag != "button"}
        names = [each.get("name") for each in mine if each.get("type") in ("checkbox", "hidden")]
        for action, pressed in _ways(page, form, at).items():
            yield Form(
                at,
                action,
                {**values_of(form), **pressed},
                (frozenset(kinds) | frozenset(pressed)) - {"csrf_token"},
                frozenset(name for name in names if names.count(name) > 1),
                frozenset(name for name, each in kinds.items() if _is_written(each)),
            )


def _ways(page: Element, form: Element, at: str) -> dict[str, dict[str, list[str]]]:
    """Return where the buttons of a form lead, each with what the first such button sends along."""
    ways: dict[str, dict[str, list[str]]] = {}
    for button in page.all("button"):
        if _is_in(button, form) and button.get("type") != "button":
            action = button.get("formaction") or form.get("action") or at
            sends = ways.setdefault(action.partition("#")[0], {})
            if button.get("name"):
                sends.setdefault(button.get("name"), [button.get("value")])
    return ways


def _is_in(control: Element, form: Element) -> bool:
    if control.has("form"):
        return control.get("form") == form.get("id")
    # Elements are compared by what is in them, which is slow and not what is meant.
    return any(each is form for each in control.ancestors())


def _is_written(control: Element) -> bool:
    """Whether somebody types into it, and finds it there again."""
    return control.tag == "textarea" or (
        control.tag == "input" and control.get("type") in SHOWN_AGAIN
    )


def send(client: CheckedClient, form: Form, **fields: str | list[str]) -> TestResponse:
    """Send a form as a browser does, with other fields in it."""
    headers = {"Origin": ORIGIN, "Referer": ORIGIN + form.at, "Sec-Fetch-Site": "same-origin"}
    return client.post(form.action, data={**form.fields, **fields}, headers=headers)


def complaints(form: Form, name: str, typed: str, answer: TestResponse) -> Iterator[str]:
    """Yield what is wrong with an answer to a bad value; an error of ours fails in the client."""
    about = f"{form.action} {name}={typed[:40]!r} ({answer.status_code})"
    text = answer.text
    if answer.status_code not in TAKEN_WELL:
        yield about
    if PLANTED in text or "<script>alert" in text:
        yield f"{about}: the markup came back as markup"
    if ITS_RESULT in text:
        yield f"{about}: what was typed was worked out"
    if answer.status_code == 422 and name in form.written and not _stands(text, name, typed):
        yield f"{about}: what was typed is gone"


def _stands(text: str, name: str, typed: str) -> bool:
    page = read_html(text)[1]
    boxes = [
        *(each.get("value") for each in page.all("input", name=name)),
        *(each.text for each in page.all("textarea", name=name)),
    ]
    return _bare(typed) in [_bare(each) for each in boxes]


def _bare(text: str) -> str:
    return NOT_SHOWN.sub("", text)


@contextmanager
def undone(app: Flask) -> Iterator[Connection]:
    """Let the portal run inside one transaction that is taken back in the end."""
    running: Portal = app.extensions["portal"]
    init_limits(app)
    with running.database.writer.connect() as connection:
        outer = connection.begin()
        install(app, replace(running, database=_inside(running.database, connection)))
        try:
            yield connection
        finally:
            outer.rollback()
            install(app, running)


def _inside(database: Database, connection: Connection) -> Database:
    def sessions(made: sessionmaker) -> sessionmaker:  # type: ignore[type-arg]
        return sessionmaker(
            connection,
            info=made.kw["info"],
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
        )

    part: Any = _Part(connection)
    reading, writing = sessions(database.reading), sessions(database.writing)
    return replace(database, engine=part, writer=part, reading=reading, writing=writing)


@dataclass(frozen=True)
class _Part:
    """Where an engine would be: its transactions are part of the one that is taken back."""

    whole: Connection

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        part = self.whole.begin_nested()
        yield self.whole
        part.rollback()

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with self.whole.begin_nested():
            yield self.whole


def tried(app: Flask, client: CheckedClient, form: Form) -> Iterator[str]:
    """Yield the complaints about one form, each of its fields with each bad value."""
    for name, typed in product(sorted(form.names), BAD):
        with undone(app):
            answer = send(client, form, **{name: typed})
            after = client.get(answer.headers["Location"]) if _leads_on(answer) else answer
        yield from complaints(form, name, typed, after)


def no_form(app: Flask, client: CheckedClient, form: Form) -> Iterator[str]:
    """Yield the complaints when the address of a form is sent something that is none."""
    token = dict(form.fields).get("csrf_token", [""])[0]
    headers = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin", "X-CSRFToken": token}
    files = [(_with_file(name), MULTIPART) for name in sorted(form.names)]
    for body, kind in (*NO_FORMS, *files):
        with undone(app):
            answer = client.post(form.action, data=body, content_type=kind, headers=headers)
        if answer.status_code not in TAKEN_WELL:
            yield f"{form.action} {kind} {body[:20]!r} ({answer.status_code})"


def _with_file(name: str) -> bytes:
    """A form in which a field is a file."""
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="a.txt"'
    return f"{head}\r\n\r\nabc\r\n--x--\r\n".encode()


def _leads_on(answer: TestResponse) -> bool:
    """Whether it was taken: what was written stands on the page after, if anywhere."""
    return answer.status_code == 303


def asked_twice(app: Flask, client: CheckedClient, form: Form) -> Iterator[str]:
    """Yield the fields of a form that take one answer, and of two take one without a word.

    The first of the two is what the form holds, so that whoever only looks at the first acts on it.
    """
    for name in sorted(form.names - form.several - SEVERAL):
        with undone(app) as connection:
            before = _stored(connection)
            held = form.fields.get(name, [""])[0] or "1"
            answer = send(client, form, **{name: [held, "2"]})
            written = _stored(connection) != before
        told = any(each in answer.text for each in ASKED_AGAIN)
        if answer.status_code != 422 or not told or written:
            yield f"{form.action} {name} ({answer.status_code}){' written' if written else ''}"


def _stored(connection: Connection) -> dict[str, list[object]]:
    """Everything that is stored, but for who looked."""
    tables = (each for each in Base.metadata.sorted_tables if each.name != "audit_event")
    return {each.name: [*connection.execute(each.select())] for each in tables}
