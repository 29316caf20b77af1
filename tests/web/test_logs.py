"""The log knows which rule was asked for and how it went. It knows no person and no token."""

from __future__ import annotations

import json
import logging

import pytest

from portal.web.logs import JsonLine
from tests.support.application import CheckedClient


def lines(records: list[logging.LogRecord]) -> list[dict[str, object]]:
    return [json.loads(JsonLine().format(record)) for record in records]


def test_a_request_is_logged_by_its_rule_and_not_by_its_address(
    client: CheckedClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "portal"):
        client.get("/nl/status/K7P3XM92")
    (line,) = lines(caplog.records)
    assert str(line["rule"]).endswith("/status/<code>")
    assert "K7P3XM92" not in json.dumps(line)


def test_an_address_that_does_not_exist_is_not_repeated_in_the_log(
    client: CheckedClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "portal"):
        client.get("/nl/my-secret-name")
    assert "my-secret-name" not in json.dumps(lines(caplog.records))


def test_a_method_that_a_visitor_invents_is_one_word(
    client: CheckedClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "portal"):
        answer = client.open("/nl/", method="SAMIRA")
    assert answer.status_code == 405
    (line,) = lines(caplog.records)
    assert line["method"] == "other"


def test_a_mistake_is_logged_by_kind_and_place_and_never_in_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def asks() -> None:
        raises("Samira")

    def raises(name: str) -> None:
        raise LookupError(name)

    try:
        asks()
    except LookupError:
        logging.getLogger("portal").exception("mistake", extra={"kind": "receipt", "way": "mail"})
    (line,) = lines(caplog.records)
    assert (line["cause"], line["kind"], line["way"]) == ("LookupError", "receipt", "mail")
    function, _, number = str(line["place"]).rpartition(":")
    assert function == raises.__qualname__
    assert int(number) == raises.__code__.co_firstlineno + 1
    assert "Samira" not in json.dumps(line)


def test_what_is_not_on_the_list_is_not_written() -> None:
    record = logging.LogRecord("portal", logging.INFO, "file", 1, "request", ("Samira",), None)
    record.name_of_person = "Samira"
    assert "Samira" not in JsonLine().format(record)
