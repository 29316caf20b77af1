"""Everything a receiver can say, as fields of a form; other than the roads into a state say."""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.test import TestResponse

from portal.referral.party import RECEIVER
from portal.referral.states import allowed
from portal.referral.words import TAKEN_UP
from portal.web.partner.form import ACTS
from tests.reply.asking import Asking
from tests.support.application import ORIGIN, CheckedClient

FIELDS: Mapping[str, Mapping[str, str]] = {
    "accept": {},
    "decline": {"reason": "language"},
    "contact_made": {},
    "hold": {"until": "2026-12-03"},
    "resume": {},
    "complete": {"outcome": "schooling"},
    "fail": {"reason": "moved"},
    "undo": {},
    "attempt": {"result": "voicemail"},
    "report": {"text": "Het gaat goed, we gaan door."},
}
# What leaves the state as it is, and is said of what was taken up.
WORDS = ("attempt", "report")


def may(state: str) -> dict[str, str]:
    """What a receiver may say in a state, and the state after it, by the table."""
    found = {row.event: row.to for row in allowed(state, RECEIVER) if row.event in ACTS}
    return found | (dict.fromkeys(WORDS, state) if state in TAKEN_UP else {})


def forge(client: CheckedClient, at: str, act: str, version: int, **fields: str) -> TestResponse:
    """Send a form that is not on the page, with everything a browser would send."""
    headers = {"Origin": ORIGIN, "Referer": ORIGIN + at, "Sec-Fetch-Site": "same-origin"}
    data = {"version": str(version), "seen": "0", **FIELDS[act], **fields}
    return client.post(f"{at}/{act}", data=data, headers=headers)


def press(client: CheckedClient, at: str, act: str, **fields: str) -> TestResponse:
    """Send the form that is on the page."""
    return client.submit(client.page(at), f"{at}/{act}", at=at, **{**FIELDS[act], **fields})


def forms_on(client: CheckedClient, at: str) -> set[str]:
    """Which acts the page offers."""
    page = client.page(at)
    ends = {form.get("action").rpartition("/")[2] for form in page.all("form")}
    return ends & set(ACTS)


def but_for_reading(asking: Asking) -> dict[str, list[object]]:
    """Every row, but for the record of who looked and who is signed in."""
    rows = asking.rows()
    return {name: found for name, found in rows.items() if name not in ("audit_event", "sign_in")}
