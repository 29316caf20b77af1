from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.catalogue.models import WISHES
from portal.i18n.locales import SPOKEN
from portal.registration.answers import (
    FIELD_OF,
    NO_LANDLORD,
    PRACTICAL,
    TIMES,
    Answers,
    as_fields,
    parse,
    says_under_sixteen,
)
from portal.registration.questions import QUESTIONS
from tests.registration.people import OFFERED, filled_in, problems, read

TRICKY = "<script>alert('x')</script>', 1); DROP TABLE registration;--"


def answers(**changes: str | list[str]) -> Answers:
    found = read(**changes).answers
    assert found, read(**changes).problems
    return found


def test_a_wish_a_way_to_be_reached_and_a_name_are_enough() -> None:
    least = {"wish": ["dont_know"], "phone": ["06 12345678"], "first_name": ["Sam"]}
    found = parse(least, OFFERED, language="tr")
    assert found.problems == ()
    assert found.answers
    assert found.answers.language == "tr"


@pytest.mark.parametrize(
    "way", [{"phone": "0612345678"}, {"email": "sam@post.nl"}, {"drop_by": "de-hoek"}]
)
def test_any_one_way_to_be_reached_is_enough(way: dict[str, str]) -> None:
    assert problems(**{"phone": "", **way}) == {}


def test_nothing_at_all_asks_for_those_three() -> None:
    found = dict(parse({}, OFFERED, language="nl").problems)
    assert found == {"wish": "needed", "phone": "reach", "first_name": "needed"}


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("first_name", "x" * 61, "long"),
        ("first_name", "", "needed"),
        ("first_name", "   \u00a0\t ", "needed"),
        ("first_name", "\u202e\u200f\u0000\u0007", "needed"),
        ("first_name", "123456782", "bsn"),
        ("first_name", "Sam 1234.56.782", "bsn"),
        ("first_name", "Sam ١٢٣٤٥٦٧٨٢", "bsn"),
        ("first_name", "WIN! Bel 0900 1234567", "wrong"),
        ("first_name", "Bel 1 2 3 4", "wrong"),
        ("first_name", "Gratis € voor u", "wrong"),
        ("phone", "x" * 41, "long"),
        ("phone", "112", "wrong"),
        ("phone", TRICKY[:40], "wrong"),
        ("phone", "123456782", "bsn"),
        ("email", "sam", "wrong"),
        ("email", "sam@@post.nl", "wrong"),
        ("email", "s" * 250 + "@post.nl", "long"),
        ("email", f"{TRICKY}@post.nl", "wrong"),
        ("postcode", "5611 SS", "wrong"),
        ("postcode", "0611 AB", "wrong"),
        ("postcode", "Eindhoven", "wrong"),
        ("wish", "riches", "unknown"),
        ("practical", "debts", "unknown"),
        ("times", "night", "unknown"),
        ("age16", "perhaps", "unknown"),
        ("shared_phone", TRICKY[:60], "unknown"),
        ("language", "klingon", "unknown"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(field: str, text: str, code: str) -> None:
    assert problems(**{field: text})[field] == code


@pytest.mark.parametrize(
    ("field", "both"),
    [
        ("first_name", ["Sam", "Robin"]),
        ("phone", ["0612345678", "0687654321"]),
        ("age16", ["yes", "perhaps"]),
        ("landlord", ["trudo", "woonbedrijf"]),
        ("language", ["nl", "tr"]),
    ],
)
def test_two_answers_where_one_is_asked_are_asked_again(field: str, both: list[str]) -> None:
    assert problems(**{field: both}) == {field: "two"}


def test_the_same_answer_twice_is_one_answer() -> None:
    assert answers(first_name=["Sam", " Sam "]).first_name == "Sam"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Şükrü   Can ", "Şükrü Can"),
        ("Sam 🌷", "Sam 🌷"),
        ("👩‍🍳", "👩‍🍳"),
        ("فاطمة\u200f", "فاطمة"),
        ("\u202eSam\u202c", "Sam"),
        ("Sa\u0000m\r\nBos", "Sam Bos"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e\u0301va", "éva"),
        ("O'Brien <b>x</b>", "O'Brien <b>x</b>"),
    ],
)
def test_a_name_is_kept_as_it_is_meant(typed: str, kept: str) -> None:
    assert answers(first_name=typed).first_name == kept


def test_a_valid_phone_number_is_not_taken_for_a_bsn() -> None:
    assert problems(phone="0111222333") == {}
    assert problems(phone="111222333") == {"phone": "bsn"}


@pytest.mark.parametrize(
    ("field", "slug"), [("like", "zingen"), ("landlord", "vesteda"), ("drop_by", "de-oude-hoek")]
)
def test_what_is_gone_since_is_taken_out_and_named(field: str, slug: str) -> None:
    found = read(**{field: slug})
    assert found.gone == (field,)
    assert found.answers
    assert field not in as_fields(found.answers)


def test_dropping_by_where_nobody_is_any_more_is_no_way_to_be_reached() -> None:
    assert problems(phone=[], drop_by="de-oude-hoek") == {"phone": "reach"}


def test_an_organisation_that_cannot_be_chosen_any_more_is_taken_out() -> None:
    found = read(rather="metmet")
    assert found.gone == ("rather",)
    assert found.answers
    assert found.answers.rather is None


def test_the_button_just_pressed_beats_the_choice_that_travelled_along() -> None:
    assert answers(rather=["trudo", "springplank040"]).rather == "springplank040"


def test_rather_not_saying_where_you_live_beats_what_is_no_postcode() -> None:
    found = answers(postcode="nergens", postcode_hidden="1")
    assert (found.postcode, found.digits, found.postcode_hidden) == (None, None, True)


@pytest.mark.parametrize(
    ("typed", "kept"), [("5616ab", "5616 AB"), (" 5616 ", "5616"), ("٥٦١٦ ab", "5616 AB")]
)
def test_a_postcode_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert answers(postcode=typed).postcode == kept


def test_nothing_beside_something_else_was_forgotten() -> None:
    assert answers(practical=["nothing", "travel"]).practical == ("travel",)
    assert answers(practical="nothing").practical == ("nothing",)


def test_nobody_under_16_can_be_stored() -> None:
    assert says_under_sixteen(filled_in(age16="no"))
    assert says_under_sixteen(filled_in(age16=["yes", "no"]))
    assert problems(age16="no") == {"age16": "under_sixteen"}


def test_every_option_on_a_screen_is_one_that_is_read() -> None:
    known = {"wish": WISHES, "practical": PRACTICAL, "landlord": NO_LANDLORD, "times": TIMES}
    for question in QUESTIONS:
        for field in set(question.fields) & set(known):
            codes = {option.code for option in question.options}
            assert codes <= set(known[field]), question.key


def test_every_field_on_a_screen_is_one_that_is_read() -> None:
    asked = {field for question in QUESTIONS for field in question.fields}
    assert asked == set(FIELD_OF.values()) - {"entry", "rather"}


def test_the_order_of_tapping_does_not_matter() -> None:
    one = answers(wish=["together", "paid_work"], like=["koken", "groen"])
    other = answers(wish=["paid_work", "together"], like=["groen", "koken"])
    assert one.canonical() == other.canonical()
    assert one.canonical() != answers(wish=["paid_work"], like=["groen", "koken"]).canonical()


def test_answers_do_not_show_a_person_when_printed() -> None:
    assert "Sam" not in repr(answers(first_name="Sam"))


def several(known: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(known), max_size=4)


FORMS = st.fixed_dictionaries(
    {
        "wish": st.lists(st.sampled_from(WISHES), min_size=1, max_size=4),
        "first_name": st.lists(st.text(max_size=40), min_size=1, max_size=1),
        "phone": st.sampled_from([["0612345678"], ["+32 470 12 34 56"], ["06-1234 5678"]]),
    },
    optional={
        "age16": st.just(["yes"]),
        "postcode": st.sampled_from([["5616ab"], ["5611"], ["1234 ZZ"]]),
        "postcode_hidden": st.just(["1"]),
        "landlord": st.sampled_from([["trudo"], ["unknown"], ["nobody"], ["gone"]]),
        "landlord_hidden": st.just(["1"]),
        "like": several(("koken", "groen", "gone")),
        "practical": several(PRACTICAL),
        "times": several(TIMES),
        "shared_phone": st.sampled_from([["yes"], ["no"]]),
        "email": st.sampled_from([["sam@post.nl"], ["Sam.Bos@POST.nl"]]),
        "drop_by": st.just(["de-hoek"]),
        "language": st.lists(st.sampled_from(tuple(SPOKEN)), min_size=1, max_size=1),
        "entry": st.just(["poster"]),
        "rather": st.just(["trudo"]),
    },
)


@given(FORMS)
def test_answers_travel_through_check_and_change_unchanged(form: dict[str, list[str]]) -> None:
    first = parse(form, OFFERED, language="nl").answers
    if first is None:
        return
    again = parse(as_fields(first), OFFERED, language="ar")
    assert again.problems == ()
    assert again.gone == ()
    assert again.answers == first


@given(st.dictionaries(st.sampled_from(tuple(FIELD_OF.values())), st.lists(st.text(), max_size=3)))
def test_whatever_is_sent_gives_answers_or_problems(form: dict[str, list[str]]) -> None:
    found = parse(form, OFFERED, language="nl")
    assert (found.answers is None) == bool(found.problems)
    assert {problem.field for problem in found.problems} <= set(FIELD_OF.values())
