"""Whatever goes wrong, a person reads what to do, in their language, with a phone number."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from portal import create_app
from portal.db.engine import Database
from portal.settings import Settings
from tests.support.application import CheckedClient, client_of

PHONE = "088 123 4567"


@pytest.fixture
def stuck(settings: Settings, tmp_path: Path) -> CheckedClient:
    """A visitor of a portal whose database cannot be opened."""
    url = f"sqlite:///{tmp_path / 'no such folder' / 'portal.sqlite3'}"
    if not settings.database_url.startswith("sqlite"):
        url = "postgresql://nobody@127.0.0.1:9/nothing"
    app = create_app(replace(settings, database_url=url))
    if url.startswith("sqlite"):
        (tmp_path / "no such folder").rmdir()
    app.test_client_class = CheckedClient
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("nl", "We kunnen deze pagina niet vinden"),
        ("en", "We cannot find this page"),
        ("tr", "Bu sayfayı bulamıyoruz"),
        ("ar", "لا نجد هذه الصفحة"),
    ],
)
def test_an_unknown_address_is_answered_in_its_own_language(
    client: CheckedClient, locale: str, words: str
) -> None:
    page = client.page(f"/{locale}/there/is/nothing", status=404)
    assert words in page.text
    assert PHONE in page.text


def test_an_unknown_address_without_a_language_follows_the_phone(client: CheckedClient) -> None:
    answer = client.get("/nothing", headers={"Accept-Language": "tr-TR,tr;q=0.9"})
    assert answer.status_code == 404
    assert '<html lang="tr"' in answer.text


def test_when_the_database_is_down_there_is_a_page_with_a_number(stuck: CheckedClient) -> None:
    answer = stuck.get("/nl/status/K7P3XM92")
    assert answer.status_code == 503
    assert PHONE in answer.text
    assert answer.headers["Retry-After"] == "60"


def test_a_portal_without_a_pack_is_not_open_yet(client: CheckedClient) -> None:
    answered = {
        "wish": "paid_work",
        "age16": "yes",
        "phone": "06 12345678",
        "first_name": "Samira",
        "language": "nl",
    }
    answer = client.post("/nl/check", data=answered)
    assert answer.status_code == 503
    assert PHONE in answer.text


def test_a_database_without_a_table_is_down_too(client: CheckedClient, database: Database) -> None:
    with database.writing.begin() as db:
        db.execute(text("ALTER TABLE catalogue_version RENAME TO elsewhere"))
    answer = client.post("/nl/check", data={"wish": "paid_work"})
    assert answer.status_code == 503
    assert PHONE in answer.text


def test_when_the_database_is_down_health_says_so(stuck: CheckedClient) -> None:
    answer = stuck.get("/healthz")
    assert answer.status_code == 503
    assert "down" in answer.text


def test_health_answers_when_the_database_does(client: CheckedClient) -> None:
    assert client.get("/healthz").status_code == 200


def refused(answer: TestResponse, status: int) -> None:
    assert answer.status_code == status
    assert PHONE in answer.text
    assert "Traceback" not in answer.text


def test_a_body_of_ten_megabytes_is_refused_kindly(client: CheckedClient) -> None:
    refused(client.post("/nl/check", data={"first_name": "x" * 10_000_000}), 413)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "INVENTED"])
@pytest.mark.parametrize("path", ["/nl/", "/nl/check", "/nl/mine/x", "/nothing/here", "/desk/"])
def test_a_method_that_no_page_has_is_refused(
    client: CheckedClient, method: str, path: str
) -> None:
    answer = client.open(path, method=method)
    refused(answer, 405)
    assert "GET" in answer.headers["Allow"] or "POST" in answer.headers["Allow"]


def test_a_post_from_another_site_is_refused(client: CheckedClient) -> None:
    refused(client.post("/nl/check", headers={"Origin": "https://elsewhere.example"}), 403)
    refused(client.post("/nl/check", headers={"Sec-Fetch-Site": "cross-site"}), 403)


def test_an_error_of_ours_shows_no_trace_and_logs_no_words(
    own_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    @own_app.get("/nl/fails")
    def fails() -> str:
        raise ValueError("Samira Voorbeeld")

    client = client_of(own_app)
    client.expects_errors = True
    with caplog.at_level("INFO", "portal"):
        refused(client.get("/nl/fails"), 500)
    record = next(record for record in caplog.records if record.getMessage() == "unexpected")
    assert vars(record)["cause"] == "ValueError"
    assert "fails" in vars(record)["place"]
    assert "Samira" not in str([vars(record) for record in caplog.records])
