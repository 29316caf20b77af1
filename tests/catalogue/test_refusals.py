"""A broken pack is refused whole, and says where and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.catalogue.pack import PackError, parse_pack, read_pack
from tests.catalogue.broken import FILE, pack, pack_text, without

Swap = tuple[str, str]

NUMBER = 'phone = "+31401234501"'
NOOR = 'phone = "+31401234505"'
ROB = 'phone = "+31401234504"'
SANNE = 'slug = "thuis-sanne"\norganization = "thuis"'

VALUES: list[tuple[str, Swap, str, str]] = [
    ("an unknown key", ('name = "Noord"', 'name = "Noord"\ncolour = "red"'),
     "areas.noord.colour", "not a key that is known"),
    ("an unknown table", ("[[areas]]", "[[zones]]\n[[areas]]"),
     "zones", "not a key that is known"),
    ("a missing name", ('name = "Werkplaats"\n', ""),
     "organizations.werk.name", "is missing"),
    ("an empty name", ('name = "Werkplaats"', 'name = " "'),
     "organizations.werk.name", "is empty"),
    ("a name with a space at its end", ('name = "Werkplaats"', 'name = "Werkplaats "'),
     "organizations.werk.name", "ends with a space"),
    ("a name with a hidden mark", ('name = "Werkplaats"', 'name = "Werk\\u202eplaats"'),
     "organizations.werk.name", "cannot be shown"),
    ("a name without end", ('name = "Werkplaats"', f'name = "{"W" * 121}"'),
     "organizations.werk.name", "longer than 120"),
    ("a number for a name", ('name = "Werkplaats"', "name = 5"),
     "organizations.werk.name", "text in quotes"),
    ("a slug with capitals", ('slug = "werk"', 'slug = "Werk"'),
     "organizations.Werk.slug", "lower case"),
    ("an unknown kind", ('kind = "partner"', 'kind = "friend"'),
     "organizations.werk.kind", "must be one of"),
    ("a website without https", ("https://thuis.example", "http://thuis.example"),
     "organizations.thuis.website", "https://"),
    ("an unknown role of the municipality", ('"totals"', '"everything"'),
     "programme.municipality_role", "must be one of"),
    ("keeping people too long", ("closed_months = 18", "closed_months = 25"),
     "programme.retention.closed_months", "from 1 to 24"),
    ("an unknown norm", ("plan_days = 21", "plan_weeks = 3"),
     "programme.norms.plan_weeks", "not a key that is known"),
    ("a norm that is no number", ("plan_days = 21", "plan_days = true"),
     "programme.norms.plan_days", "whole number"),
    ("a single attempt before not reached", ("plan_days = 21", "attempts = 1"),
     "programme.norms.attempts", "from 2 to 20"),
    ("attempts on a single day", ("plan_days = 21", "attempt_days = 1"),
     "programme.norms.attempt_days", "from 2 to 5"),
    ("a check after more than two years", ("plan_days = 21", "fourth_check_months = 25"),
     "programme.norms.fourth_check_months", "from 1 to 24"),
    ("a language missing", ('tr = { role = "wijkconsulent tr", hours = "maandag tr" }\n', ""),
     "contacts.thuis-sanne.words.tr", "needed in Türkçe"),
    ("a word missing", ('name = "Koken ar", ', ""),
     "services.koken.words.ar.name", "is missing"),
    ("an unknown language", ("[contacts.words]\n", '[contacts.words]\nxx = { role = "x" }\n'),
     "contacts.thuis-sanne.words.xx", "not a key that is known"),
    ("a tile of five words", ("Koken nl", "Samen koken met de buren"),
     "services.koken.words.nl.name", "longer than 4 words"),
    ("a postcode with letters", ('["5613"]', '["5613 AB"]'),
     "areas.zuid.postcodes", "four digits"),
    ("a postcode that begins with 0", ('["5613"]', '["0613"]'),
     "areas.zuid.postcodes", "four digits"),
    ("a postcode as a number", ('["5613"]', "[5613]"),
     "areas.zuid.postcodes", "text in quotes"),
    ("a postcode twice", ('["5611", "5612"]', '["5611", "5611"]'),
     "areas.noord.postcodes", "twice"),
    ("an area without postcodes", ('["5611", "5612"]', "[]"),
     "areas.noord.postcodes", "at least 1"),
    ("postcodes that are no list", ('["5611", "5612"]', '"5611"'),
     "areas.noord.postcodes", "must be a list"),
    ("a phone that cannot exist", (NUMBER, 'phone = "+3140123"'),
     "contacts.thuis-sanne.phone", "not a phone number"),
    ("a phone without its country", (NUMBER, 'phone = "0401234501"'),
     "contacts.thuis-sanne.phone", "not a phone number"),
    ("a mail address without a place", (NUMBER, f'{NUMBER}\nemail = "sanne@"'),
     "contacts.thuis-sanne.email", "not a mail address"),
    ("an unknown norm of an organisation",
     ('kind = "partner"', 'kind = "partner"\nnorms = { plan_weeks = 3 }'),
     "organizations.werk.norms.plan_weeks", "not a key that is known"),
    ("a person with a family name", ('"Sanne"', '"Sanne de Vries"'),
     "contacts.thuis-sanne.first_name", "first name only"),
    ("an unknown spoken language", ('["nl", "en"]', '["nl", "klingon"]'),
     "contacts.thuis-sanne.languages", "'klingon' is not one of"),
    ("nobody's language", ('["nl", "en"]', "[]"),
     "contacts.thuis-sanne.languages", "at least 1"),
    ("a flag that is a text", ("handles_rent = true", 'handles_rent = "yes"'),
     "contacts.thuis-kees.handles_rent", "true or false"),
    ("a capacity below nothing", (NUMBER, f"{NUMBER}\ncapacity = -1"),
     "contacts.thuis-sanne.capacity", "from 0"),
    ("an unknown pictogram", ('"tools-kitchen-2"', '"skull"'),
     "services.koken.pictogram", "must be one of"),
    ("an unknown wish", ('"paid_work", "together"', '"paid_work", "obedience"'),
     "services.koken.wishes", "'obedience' is not one of"),
    ("a time that does not exist", ('"09:00-12:00"', '"09:00-24:00"'),
     "locations.buurthuis.open.tuesday", "two times"),
    ("a day that ends before it begins", ('"09:00-12:00"', '"12:00-09:00"'),
     "locations.buurthuis.open.tuesday", "end later"),
    ("a day that does not exist", ("tuesday", "caturday"),
     "locations.buurthuis.open.caturday", "not a key that is known"),
    ("a table that is a text", ("[programme.norms]\nplan_days = 21", 'norms = "fast"'),
     "programme.norms", "must be a table"),
    ("areas that are one table", ('[[areas]]\nslug = "noord"', '[areas]\nslug = "noord"'),
     "file", "is not TOML"),
]  # fmt: skip

RULES: list[tuple[str, Swap, str, str]] = [
    ("a slug used twice", ('slug = "thuis-mo"', 'slug = "thuis-sanne"'),
     "contacts.thuis-sanne.slug", "used twice"),
    ("digits claimed by two areas", ('["5613"]', '["5613", "5611"]'),
     "areas.zuid.postcodes", "5611 lies in area noord already"),
    ("a contact of nobody", (SANNE, SANNE.replace('"thuis"', '"weg"')),
     "contacts.thuis-sanne.organization", "'weg'"),
    ("a service of nobody", ('"koken"\norganization = "werk"', '"koken"\norganization = "weg"'),
     "services.koken.organization", "'weg'"),
    ("a location of nobody", ('organization = "huis"\nname', 'organization = "weg"\nname'),
     "locations.buurthuis.organization", "'weg'"),
    ("a poster of nobody", ('digits = "5611"\norganization = "werk"', 'organization = "weg"'),
     "entry_links.noord.organization", "'weg'"),
    ("a service in an unknown area", ('areas = ["zuid"]', 'areas = ["west"]'),
     "services.fietsen.areas", "'west'"),
    ("homes of a partner", ('kind = "partner"', 'kind = "partner"\nhomes_in = ["5611"]'),
     "organizations.werk.homes_in", "only a corporation"),
    ("homes outside every area", ('homes_in = ["5611", "5613"]', 'homes_in = ["5699"]'),
     "organizations.thuis.homes_in", "5699 lies in no area"),
    ("an unknown deputy", ('deputy = "thuis-mo"', 'deputy = "thuis-an"'),
     "contacts.thuis-sanne.deputy", "'thuis-an'"),
    ("checks of the programme that go back", ("plan_days = 21", "third_check_months = 2"),
     "programme.norms", "later than the one before it: first_check_weeks = 4, second_check_m"),
    ("two checks at once", ("plan_days = 21", "fourth_check_months = 6"),
     "programme.norms", "later than the one before it"),
    ("a first check after the second", ("plan_days = 21", "first_check_weeks = 13"),
     "programme.norms", "later than the one before it"),
    ("a check of an organisation before the programme's",
     ('kind = "partner"', 'kind = "partner"\nnorms = { fourth_check_months = 5 }'),
     "organizations.werk.norms", "later than the one before it"),
    ("a deputy elsewhere", ('deputy = "thuis-mo"', 'deputy = "werk-rob"'),
     "contacts.thuis-sanne.deputy", "another organisation"),
    ("a deputy for oneself", ('deputy = "thuis-mo"', 'deputy = "thuis-sanne"'),
     "contacts.thuis-sanne.deputy", "stand in for themselves"),
    ("a deputy who handles rent", ('deputy = "thuis-mo"', 'deputy = "thuis-kees"'),
     "contacts.thuis-sanne.deputy", "handles rent"),
    ("a poster with a word of the portal", ('slug = "buurt"\n\n[[', 'slug = "status"\n\n[['),
     "entry_links.status.slug", "the portal itself uses"),
    ("a poster outside every area", ('digits = "5611"\norg', 'digits = "5699"\norg'),
     "entry_links.noord.digits", "5699 lies in no area"),
    ("a programme without a fallback", ('fallback = "huis-noor"\n', ""),
     "programme.fallback", "is missing"),
    ("an unknown fallback", ('fallback = "huis-noor"', 'fallback = "huis-weg"'),
     "programme.fallback", "'huis-weg'"),
    ("a fallback who handles rent", ('fallback = "huis-noor"', 'fallback = "thuis-kees"'),
     "programme.fallback", "handles rent"),
    ("a programme without an alternative", ('alternative = "werk-rob"\n', ""),
     "programme.alternative", "is missing"),
    ("an alternative that is a landlord", ('alternative = "werk-rob"', 'alternative = "thuis-mo"'),
     "programme.alternative", "must not be a landlord"),
    ("a last resort that is a landlord", ('resort = "vangnet-ans"', 'resort = "thuis-mo"'),
     "programme.last_resort", "must not be a landlord"),
    ("a last resort of another kind", ('last_resort = "vangnet-ans"', 'last_resort = "werk-rob"'),
     "programme.last_resort", '"last_resort"'),
    ("a last resort that is off", ('"+31401234506"', '"+31401234506"\nactive = false'),
     "programme.last_resort", "switched off"),
    ("a fallback who takes nobody", (NOOR, f"{NOOR}\naccepts_referrals = false"),
     "programme.fallback", "takes nobody on"),
    ("an organisation that nobody answers", (ROB, f"{ROB}\nhandles_rent = true"),
     "organizations.werk", "needs a contact"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("swap", "key", "reason"),
    [pytest.param(*row[1:], id=row[0]) for row in VALUES + RULES],
)
def test_a_broken_pack_says_where_and_why(swap: Swap, key: str, reason: str) -> None:
    with pytest.raises(PackError) as refusal:
        parse_pack(pack_text(swap), FILE)
    found = [(problem.key, problem.reason) for problem in refusal.value.problems]
    assert any(at == key and reason in why for at, why in found), found
    assert f"{FILE}: " in str(refusal.value)


def test_the_pack_that_all_of_them_break_is_right() -> None:
    assert pack().programme.slug == "buurt"


def test_a_programme_whose_checks_go_back_is_told_once_not_for_each_organisation() -> None:
    own = ('kind = "partner"', 'kind = "partner"\nnorms = { plan_days = 7 }')
    with pytest.raises(PackError) as refusal:
        parse_pack(pack_text(("plan_days = 21", "third_check_months = 2"), own), FILE)
    assert [problem.key for problem in refusal.value.problems] == ["programme.norms"]


def test_a_check_of_an_organisation_stands_beside_those_of_its_programme() -> None:
    own = ('kind = "partner"', 'kind = "partner"\nnorms = { fourth_check_months = 8 }')
    assert pack(own).organizations[1].norms == {"fourth_check_months": 8}
    with pytest.raises(PackError) as refusal:
        parse_pack(pack_text(("plan_days = 21", "third_check_months = 9"), own), FILE)
    assert refusal.value.key == "organizations.werk.norms"


def test_all_checks_of_an_organisation_may_be_other_than_those_of_its_programme() -> None:
    own = "first_check_weeks = 2, second_check_months = 1, third_check_months = 2"
    found = pack(('kind = "partner"', f'kind = "partner"\nnorms = {{ {own} }}'))
    werk = next(row for row in found.organizations if row.slug == "werk")
    assert werk.norms["third_check_months"] == 2


def test_every_problem_is_told_at_once() -> None:
    text = pack_text(('"Sanne"', '"Sanne V"'), ('["5613"]', '["x"]'))
    with pytest.raises(PackError) as refusal:
        parse_pack(text, FILE)
    assert len(refusal.value.problems) == 2
    assert refusal.value.key == "areas.zuid.postcodes"


def test_a_pack_without_a_programme_is_refused() -> None:
    with pytest.raises(PackError) as refusal:
        parse_pack("", FILE)
    assert refusal.value.key == "programme.slug"


def test_a_pack_that_is_no_toml_is_refused() -> None:
    with pytest.raises(PackError, match="is not TOML"):
        parse_pack("programme = [", FILE)


def test_a_list_that_is_no_list_of_tables_is_refused() -> None:
    text = 'services = "koken"\n' + pack_text(
        without("services", "koken"), without("services", "fietsen")
    )
    with pytest.raises(PackError, match="must be a list of tables"):
        parse_pack(text, FILE)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"weg\.toml: file: cannot be read"):
        read_pack(tmp_path / "weg.toml")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "beeld.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PackError, match=r"beeld\.toml: file: cannot be read"):
        read_pack(file)


def test_lists_in_lists_without_end_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "diep.toml"
    file.write_text("deep = " + "[" * 50_000, encoding="utf-8")
    with pytest.raises(PackError, match=r"diep\.toml: file: holds lists in lists"):
        read_pack(file)
