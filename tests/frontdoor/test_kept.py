"""What was confirmed is on disk, and nothing of a person lies around in the open."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from portal.db.base import Base
from portal.db.engine import Database
from portal.registration.models import Registration
from portal.registration.queries import by_code
from portal.settings import Settings
from tests.frontdoor.served import Answer, Served, served
from tests.frontdoor.visiting import carried, code_on, link_on
from tests.registration.people import filled_in

pytestmark = pytest.mark.usefixtures("eindhoven")

NAME, PHONE, EMAIL = "Voorbeeldina-Zonnestraal", "06 29384756", "zonnestraal@post.nl"
LINE = "Ik houd zo van tulpenbollen"
PLANTED = (NAME, "29384756", EMAIL, "zonnestraal", "tulpenbollen", "Voorbeeldina", "5616 AB")


def register(portal: Served) -> Answer:
    """Go all the way to the receipt."""
    person = filled_in(first_name=NAME, phone=PHONE, email=EMAIL)
    page = portal.post("/nl/check", person).page
    sent = portal.post("/nl/send", {**carried(page), "consent": ["yes"]})
    assert sent.status == 303, sent.text
    return portal.get(sent.location)


def test_after_a_receipt_a_power_cut_loses_nothing(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    with served(settings, tmp_path) as portal:
        person = filled_in(first_name=NAME)
        page = portal.post("/nl/check", person).page
        sent = portal.post("/nl/send", {**carried(page), "consent": ["yes"]})
        portal.kill()
    assert sent.status == 303
    with database.reading() as db:
        assert db.scalars(select(Registration.state)).one() == "new"
    with served(settings, tmp_path) as portal:
        code = code_on(portal.get(sent.location).page)
    with database.reading() as db:
        assert by_code(db, code) is not None


def test_neither_file_nor_log_holds_a_name_a_number_a_word_or_a_token(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    with served(settings, tmp_path) as portal:
        receipt = register(portal).page
        code, mine = code_on(receipt), link_on(receipt)
        assert portal.post(f"{mine}/line", {"text": [LINE]}).status == 303
        assert portal.post(f"{mine}/phone", {"phone": ["06 29384757"]}).status == 303
        for path in (f"/nl/status/{code}", mine, f"{mine}/copy", f"/nl/mine/x{code}", f"/{NAME}"):
            portal.get(path)
        portal.post("/nl/check", {"first_name": [NAME], "phone": ["oops"]})
        portal.post("/nl/send", {"first_name": [NAME], "shown": ["x"]})
        logged = portal.log.read_text()
    token = mine.rpartition("/")[2]
    assert '"rule"' in logged
    assert [secret for secret in (*PLANTED, code, token, "29384757") if secret in logged] == []
    secrets = (*PLANTED, code, code.replace("-", ""), token, "29384757", "tulpen")
    for stored in (_file(settings), _values(database)):
        assert [secret for secret in secrets if secret.encode() in stored] == []


def _file(settings: Settings) -> bytes:
    """The bytes of an SQLite file, with what it has not yet written through."""
    address = urlsplit(settings.database_url)
    files = Path(address.path).parent.glob(f"{Path(address.path).name}*")
    return b"".join(file.read_bytes() for file in files if address.scheme == "sqlite")


def _values(database: Database) -> bytes:
    """Every value in every table."""
    with database.reading() as db:
        rows = [row for table in Base.metadata.sorted_tables for row in db.execute(select(table))]
    return b" ".join(
        value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row
    )
