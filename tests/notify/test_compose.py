"""What messages say: in the language of the person, and safe on a shared phone (rule 8)."""

from __future__ import annotations

import re
from datetime import date

import pytest

from portal.i18n import LOCALES, STAFF_LOCALES
from portal.notify.compose import ComposeError, compose
from portal.notify.kinds import KINDS, PERSON
from portal.settings import ROOT

TEMPLATES = ROOT / "templates" / "messages"
WORDS = {
    "name": "Fatma",
    "caller": "Sanne",
    "number": "+31401234501",
    "day": date(2026, 12, 29),
    "way": "phone",
    "organization": "Trudo",
    "code": "K7P-3XM-92",
    "link": "https://voordeur.example/nl/mine/secret",
    "help_number": "+31401234567",
    "partner": "Randstad",
    "count": 3,
}
SECRETS = ("Trudo", "Randstad", "K7P", "secret", "http")
# Work, landlord, home, money, help and learning, in each language.
TELLING = {
    "nl": "werk|baan|huur|woning|corporatie|geld|hulp|leren|cursus|buurt|uitkering",
    "en": r"\bwork|job|rent|landlord|hous|money|help|learn|course|neighbour|benefit",
    "tr": r"\bişe|\biş\b|çalış|kira|ev sahibi|konut|para\b|yardım|öğren|kurs|mahalle",
    "ar": "عمل|وظيفة|إيجار|مؤجر|سكن|مال|مساعدة|تعلم|دورة|الحي|حيّك",
}
SMS_KINDS = sorted(path.name.removesuffix(".sms.txt") for path in TEMPLATES.glob("*/*.sms.txt"))
TO_PERSON = [kind for kind in SMS_KINDS if kind in KINDS and KINDS[kind].audience == PERSON]
# Signs in each part of a longer SMS: of plain Latin letters, and of all others.
PLAIN, OTHER = 153, 67


def texts(kind: str, locale: str) -> list[str]:
    """An SMS with and without a day."""
    return [
        compose(kind, "sms", {**WORDS, "day": day}, locale).text for day in (WORDS["day"], None)
    ]


def test_every_kind_has_words_for_the_ways_it_can_go() -> None:
    for name, kind in KINDS.items():
        assert (TEMPLATES / kind.audience / f"{name}.sms.txt").is_file(), name
        mail = (TEMPLATES / kind.audience / f"{name}.mail.txt").is_file()
        # A number that changed is told to that number.
        assert mail or kind.old_address, name


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", TO_PERSON)
def test_an_sms_holds_first_names_a_day_and_a_number_and_nothing_else(
    kind: str, locale: str
) -> None:
    for text in texts(kind, locale):
        assert not [secret for secret in SECRETS if secret in text], text
        assert not re.search(TELLING[locale], text, re.IGNORECASE), text
        assert len(text) <= (PLAIN if text.isascii() else 3 * OTHER), text


@pytest.mark.parametrize("kind", TO_PERSON)
def test_an_sms_needs_nothing_but_names_a_day_and_a_number(kind: str) -> None:
    safe = {key: WORDS[key] for key in ("name", "caller", "number", "day")}
    assert compose(kind, "sms", safe, "nl") == compose(kind, "sms", WORDS, "nl")


@pytest.mark.parametrize("missing", ["caller", "number", "name", "day"])
def test_a_place_that_stays_open_blocks_the_message(missing: str) -> None:
    words = {key: value for key, value in WORDS.items() if key != missing}
    for way in ("sms", "mail"):
        with pytest.raises(ComposeError):
            compose("receipt", way, words, "nl")


@pytest.mark.parametrize(("kind", "way"), [("nothing", "mail"), ("receipt", "pigeon")])
def test_what_has_no_words_is_an_error(kind: str, way: str) -> None:
    with pytest.raises(ComposeError):
        compose(kind, way, WORDS, "nl")


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        (
            "nl",
            "Hallo Fatma. Sanne belt je uiterlijk dinsdag 29 december. Het nummer is 040 123 4501.",
        ),
        (
            "en",
            (
                "Hello Fatma. Sanne calls you on Tuesday 29 December at the latest."
                " The number is 040 123 4501."
            ),
        ),
        ("tr", "Merhaba Fatma. Sanne sizi en geç 29 Aralık Salı günü arar. Numara: 040 123 4501."),
        (
            "ar",
            (
                "مرحبًا Fatma. سيصلك اتصال من Sanne قبل نهاية يوم الثلاثاء 29 ديسمبر. "
                "الرقم هو \N{LEFT-TO-RIGHT MARK}0401234501."
            ),
        ),
    ],
)
def test_the_receipt_by_sms(locale: str, text: str) -> None:
    assert compose("receipt", "sms", WORDS, locale).text == text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", [kind for kind in TO_PERSON if not KINDS[kind].old_address])
def test_a_mail_is_in_the_language_of_the_person_with_a_harmless_subject(
    kind: str, locale: str
) -> None:
    for way in ("phone", "email"):
        letter = compose(kind, "mail", {**WORDS, "way": way}, locale)
        assert letter.locale == locale
        assert WORDS["link"] in letter.text.splitlines()
        assert "K7P-3XM-92" in letter.text
        assert not [secret for secret in SECRETS if secret in letter.subject]
        assert not re.search(TELLING[locale], letter.subject, re.IGNORECASE)
        if locale != "en":
            english = compose(kind, "mail", {**WORDS, "way": way}, "en")
            assert not set(letter.text.splitlines()) & set(english.text.splitlines()) - {
                "",
                "Voordeur",
                WORDS["link"],
            }


def test_somebody_with_only_a_mail_address_is_not_told_that_we_call() -> None:
    assert "belt" not in compose("receipt", "mail", {**WORDS, "way": "email"}, "nl").text


@pytest.mark.parametrize("locale", ["de", "xx", ""])
def test_a_language_that_is_not_offered_becomes_dutch(locale: str) -> None:
    assert compose("receipt", "sms", WORDS, locale).locale == "nl"


def test_staff_read_dutch_or_english_whatever_the_person_reads() -> None:
    words = {"organization": "Trudo", "day": WORDS["day"], "link": "https://x.example/desk/"}
    for locale in LOCALES:
        letter = compose("nobody_called", "mail", words, locale)
        assert letter.locale == (locale if locale in STAFF_LOCALES else "nl")


def test_a_name_is_not_changed_into_html() -> None:
    assert (
        "O'Neill & <b>" in compose("receipt", "sms", {**WORDS, "name": "O'Neill & <b>"}, "nl").text
    )


def test_a_name_cannot_add_a_line_to_the_subject() -> None:
    words = {**WORDS, "caller": "Sanne\nBcc: all"}
    assert "\n" not in compose("other_contact", "mail", words, "nl").subject
