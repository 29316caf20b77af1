from __future__ import annotations

import pytest

from portal.privacy.loaded import loaded_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Heeft een Wmo-indicatie.", ["Wmo", "indicatie"]),
        ("Leeft van een UITKERING", ["UITKERING"]),
        ("de uitkeringsinstantie belde", ["uitkering"]),
        ("Geeft BSN niet", ["BSN"]),
        ("zit in de WIA", ["WIA"]),
    ],
)
def test_a_word_that_repeats_a_decision_about_somebody_is_noticed(
    text: str, words: list[str]
) -> None:
    assert loaded_words(text) == words


@pytest.mark.parametrize("text", ["", "William wil graag werken.", "Iqbal kookt", "Belt later"])
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert loaded_words(text) == []
