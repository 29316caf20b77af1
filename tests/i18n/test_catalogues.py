"""Every word a tenant may read exists in every language, with its placeholders and plural forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from portal.cli.translations import FOLDER, PATHS, extract_words, locales_of, po_file

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|</?\w+[^>]*>")
CATALOGUES = [(locale, domain) for domain in PATHS for locale in locales_of(domain)]
# Names, and words that really are the same in both languages.
SAME = {"Voordeur", "E-mail", "Postcode", "Print", "WhatsApp", "OK", "Partner", "Partners"}
PLURALS = {"nl": 2, "tr": 2, "ar": 6}


def read(locale: str, domain: str) -> Catalog:
    with po_file(locale, domain).open("rb") as file:
        return read_po(file, locale=locale, domain=domain)


def texts(message: Message) -> list[str]:
    found = message.string
    return list(found) if isinstance(found, tuple | list) else [found or ""]


def pairs(locale: str, domain: str) -> Iterator[tuple[Message, Message | None]]:
    catalog = read(locale, domain)
    for message in extract_words(domain):
        if message.id:
            yield message, catalog.get(message.id, message.context)


def source(message: Message) -> str:
    return message.id[-1] if isinstance(message.id, tuple | list) else message.id


@pytest.mark.parametrize(("locale", "domain"), CATALOGUES)
def test_no_word_is_missing(locale: str, domain: str) -> None:
    missing = [m.id for m, found in pairs(locale, domain) if not found or not all(texts(found))]
    assert missing == []


@pytest.mark.parametrize(("locale", "domain"), CATALOGUES)
def test_nothing_is_fuzzy(locale: str, domain: str) -> None:
    assert [m.id for m in read(locale, domain) if m.id and m.fuzzy] == []


@pytest.mark.parametrize(("locale", "domain"), CATALOGUES)
def test_placeholders_and_tags_are_those_of_the_source(locale: str, domain: str) -> None:
    for message, found in pairs(locale, domain):
        wanted = set(PLACEHOLDER.findall(source(message)))
        for number, text in enumerate(texts(found) if found else []):
            placed = set(PLACEHOLDER.findall(text))
            # A form for "one" or "two" may write the number as part of the word.
            counted = {"%(count)s", "%(num)s"} if message.pluralizable and number < 3 else set()
            assert wanted - counted <= placed <= wanted, (message.id, text)


@pytest.mark.parametrize(("locale", "domain"), CATALOGUES)
def test_nothing_is_said_twice_in_one_breath(locale: str, domain: str) -> None:
    """Merging catalogues by hand once wrote a sentence behind itself."""
    said = [text for _, found in pairs(locale, domain) if found for text in texts(found)]
    # What is made of one piece again and again is found in itself before its end.
    assert [text for text in said if text in (text + text)[1:-1]] == []


@pytest.mark.parametrize(("locale", "domain"), CATALOGUES)
def test_plural_forms_are_as_many_as_the_language_has(locale: str, domain: str) -> None:
    for message, found in pairs(locale, domain):
        if message.pluralizable:
            assert found is not None
            assert len(texts(found)) == PLURALS[locale], message.id


@pytest.mark.parametrize(("locale", "domain"), CATALOGUES)
def test_a_copied_english_text_counts_as_missing(locale: str, domain: str) -> None:
    copied = [
        message.id
        for message, found in pairs(locale, domain)
        if found and source(message) in texts(found) and source(message) not in SAME
        if re.search(r"[a-z]{4}", PLACEHOLDER.sub("", source(message)))
    ]
    assert copied == []


@pytest.mark.parametrize("domain", sorted(PATHS))
def test_the_template_holds_exactly_the_words_of_code_and_pages(domain: str) -> None:
    with (FOLDER / f"{domain}.pot").open("rb") as file:
        stored = {(m.id, m.context) for m in read_po(file) if m.id}
    assert stored == {(m.id, m.context) for m in extract_words(domain) if m.id}, (
        "run `portal translations update`"
    )


@pytest.mark.parametrize(("locale", "domain"), CATALOGUES)
def test_a_catalogue_says_who_translated_it_and_whether_a_native_speaker_read_it(
    locale: str, domain: str
) -> None:
    header = po_file(locale, domain).read_text().partition('\nmsgid "')[0]
    assert re.search(r"# translated by: \S+", header)
    assert re.search(r"# reviewed: (yes|no)\b", header)
