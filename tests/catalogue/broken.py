"""Packs that are right but for one thing."""

from __future__ import annotations

from portal.catalogue.pack import Pack, parse_pack
from portal.i18n import LOCALES

FILE = "buurt.toml"


def words(**fields: str) -> str:
    """Return inline words: the same fields in every offered language, told apart by its code."""
    lines = []
    for locale in LOCALES:
        spoken = ", ".join(f'{name} = "{text} {locale}"' for name, text in fields.items())
        lines.append(f"{locale} = {{ {spoken} }}")
    return "\n".join(lines)


PACK = f"""
[programme]
slug = "buurt"
name = "Buurt aan zet"
municipality = "Voorbeeldstad"
municipality_role = "totals"
phone = "+31401234567"
fallback = "huis-noor"
alternative = "werk-rob"
last_resort = "vangnet-ans"
[programme.norms]
plan_days = 21
[programme.retention]
closed_months = 18
[programme.words]
{words(sentence="De gemeente ziet aantallen", phone_hours="maandag 9 tot 17 uur")}

[[areas]]
slug = "noord"
name = "Noord"
source = "Invented for a test."
postcodes = ["5611", "5612"]

[[areas]]
slug = "zuid"
name = "Zuid"
source = "Invented for a test."
postcodes = ["5613"]

[[organizations]]
slug = "thuis"
name = "Woonstichting Thuis"
kind = "corporation"
website = "https://thuis.example"
homes_in = ["5611", "5613"]

[[organizations]]
slug = "werk"
name = "Werkplaats"
kind = "partner"

[[organizations]]
slug = "huis"
name = "Buurthuis"
kind = "neighbourhood"

[[organizations]]
slug = "vangnet"
name = "Vangnet"
kind = "last_resort"

[[locations]]
slug = "buurthuis"
organization = "huis"
name = "Buurthuis"
address = "Voorbeeldplein 1"
digits = "5611"
open = {{ tuesday = ["13:00-16:00", "09:00-12:00"] }}

[[contacts]]
slug = "thuis-sanne"
organization = "thuis"
first_name = "Sanne"
phone = "+31401234501"
languages = ["nl", "en"]
deputy = "thuis-mo"
[contacts.words]
{words(role="wijkconsulent", hours="maandag")}

[[contacts]]
slug = "thuis-mo"
organization = "thuis"
first_name = "Mo"
phone = "+31401234502"
languages = ["nl", "ar"]
[contacts.words]
{words(role="wijkconsulent", hours="dinsdag")}

[[contacts]]
slug = "thuis-kees"
organization = "thuis"
first_name = "Kees"
phone = "+31401234503"
languages = ["nl"]
handles_rent = true
[contacts.words]
{words(role="huur", hours="woensdag")}

[[contacts]]
slug = "werk-rob"
organization = "werk"
first_name = "Rob"
phone = "+31401234504"
languages = ["nl"]
[contacts.words]
{words(role="begeleider", hours="donderdag")}

[[contacts]]
slug = "huis-noor"
organization = "huis"
first_name = "Noor"
phone = "+31401234505"
languages = ["nl"]
[contacts.words]
{words(role="buurtwerker", hours="vrijdag")}

[[contacts]]
slug = "vangnet-ans"
organization = "vangnet"
first_name = "Ans"
phone = "+31401234506"
languages = ["nl"]
[contacts.words]
{words(role="vangnet", hours="vrijdag")}

[[services]]
slug = "koken"
organization = "werk"
pictogram = "tools-kitchen-2"
wishes = ["paid_work", "together"]
[services.words]
{words(name="Koken", description="Samen koken")}

[[services]]
slug = "fietsen"
organization = "huis"
pictogram = "bike"
wishes = ["learning"]
areas = ["zuid"]
[services.words]
{words(name="Fietsen maken", description="Leren repareren")}

[[entry_links]]
slug = "buurt"

[[entry_links]]
slug = "noord"
digits = "5611"
organization = "werk"
"""


def pack_text(*swaps: tuple[str, str]) -> str:
    """Return the right pack with each first text replaced by its second, once.

    A text that is not there is an error of the test, for then nothing would be broken.
    """
    text = PACK
    for right, wrong in swaps:
        if right not in text:
            raise ValueError(f"the pack does not say {right!r}")
        text = text.replace(right, wrong, 1)
    return text


def pack(*swaps: tuple[str, str]) -> Pack:
    """Return the pack of `pack_text`, which still has to be right."""
    return parse_pack(pack_text(*swaps), FILE)


ELSEWHERE = {
    '"buurt"': '"elders"',
    '"thuis': '"woon',
    '"huis': '"dorp',
    '"vangnet': '"net',
    '"werk-rob"': '"werk-ria"',
    '"buurthuis"': '"dorpshuis"',
    '"noord"': '"oost"',
    '"zuid"': '"west"',
    '"koken"': '"bakken"',
    '"fietsen"': '"lopen"',
    '"561': '"101',
}


def pack_elsewhere(*swaps: tuple[str, str]) -> Pack:
    """Return the pack of another programme that has the organisation `werk` in common."""
    text = pack_text(*swaps)
    for here, there in ELSEWHERE.items():
        text = text.replace(here, there)
    return parse_pack(text, "elders.toml")


def without(table: str, slug: str) -> tuple[str, str]:
    """Return the swap that takes one `[[table]]` with this slug out."""
    start = PACK.index(f'[[{table}]]\nslug = "{slug}"')
    end = PACK.find("\n[[", start)
    return PACK[start : end if end > 0 else len(PACK)], ""
