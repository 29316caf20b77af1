"""What the check page says of who gets it, to whom it is not said every day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.frontdoor.visiting import check
from tests.support.application import CheckedClient

pytestmark = pytest.mark.usefixtures("eindhoven")


def test_who_does_not_speak_your_language_is_told_kindly(client: CheckedClient) -> None:
    text = check(client, language="ti").text
    assert "Sanne spreekt geen Tigrinya." in text
    assert "Sanne spreekt geen" not in check(client).text


def test_who_is_not_called_reads_no_word_about_calling_with_an_interpreter(
    client: CheckedClient,
) -> None:
    ways: dict[str, dict[str, Any]] = {
        "Noor spreekt geen Tigrinya en belt met een tolk.": {},
        "Noor spreekt geen Tigrinya. Een tolk helpt jullie met praten.": {
            "phone": [],
            "drop_by": "de-voorbeeldhoek",
        },
    }
    for said, way in ways.items():
        assert said in check(client, language="ti", rather="voorbeeldhoek", **way).text


def test_who_is_not_called_reads_what_the_number_is_for(client: CheckedClient) -> None:
    dropping_by = check(client, phone=[], drop_by="de-voorbeeldhoek").text
    assert "Wil je bellen? Het nummer is" in dropping_by
    assert "Wil je bellen?" not in check(client).text


def test_the_name_of_an_organisation_keeps_its_own_direction(client: CheckedClient) -> None:
    page = check(client, "ar")
    [other] = [
        each for each in page.all("button", name="rather") if each.get("value") == "springplank040"
    ]
    [name] = other.all("bdi")
    assert (name.get("lang"), name.get("dir")) == ("nl", "ltr")
