"""Invented people, told as stories: who said what, how long ago, and what was done since.

Names are recognisably invented. Moments are working days before the demonstration is set up, so
that the work list shows every block on any day of the week.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.registration.answers import Answers


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done `days` working days ago, at a local time; `what` is a code.

    Attempts are codes of `followup.models.RESULTS`, with "today" for a next step of today; the
    others are in `demo_story.DEEDS`, and `words` is what each of them takes.
    """

    days: int
    time: str
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One person: the contact they were shown (slug), when they registered, and what followed."""

    contact: str
    days: int
    time: str
    answers: Answers
    done: tuple[Done, ...] = field(default=())
    locale: str = "nl"
    registrar: str = ""


def _at_trudo(name: str, number: int, wishes: str, likes: str = "", **more: object) -> Answers:
    """Return the answers of a tenant of Trudo with an invented mobile number."""
    said: dict[str, object] = {
        "wishes": tuple(wishes.split()),
        "first_name": name,
        "language": "nl",
        "age16": "yes",
        "postcode": "5616 AB",
        "landlord": "trudo",
        "likes": tuple(f"eindhoven-{like}" for like in sorted(likes.split())),
        "phone": f"+316123456{number:02}",
        **more,
    }
    return Answers(**said)  # type: ignore[arg-type]  # the table below is checked by a test


SANNE = "trudo-sanne"

STORIES: tuple[Story, ...] = (
    Story(
        SANNE,
        8,
        "14:20",
        _at_trudo("Samira Voorbeeld", 1, "paid_work", "koken", language="ar", times=("morning",)),
        (Done(4, "10:05", "nobody_called"),),
        locale="ar",
    ),
    Story(SANNE, 0, "09:12", _at_trudo("Piet Proef", 2, "together", "fietsen groen")),
    Story(
        SANNE,
        1,
        "16:40",
        _at_trudo(
            "Abrehet Test",
            3,
            "learning together",
            "naaien",
            language="ti",
            phone=None,
            drop_by="de-voorbeeldhoek",
            practical=("dutch",),
        ),
    ),
    Story(
        SANNE,
        15,
        "11:00",
        _at_trudo("Yusuf Denkbeeld", 4, "learn_and_work", "vervoer zorg", language="tr"),
        (
            Done(14, "10:30", "reached"),
            Done(13, "15:00", "note", "Wil graag rijden of zorgen. Heeft een rijbewijs B."),
            Done(3, "09:30", "refer", "springplank040:Kan op werkdagen, heeft een rijbewijs."),
            Done(1, "16:10", "decline", "springplank040:full"),
        ),
        locale="tr",
    ),
    Story(
        SANNE,
        6,
        "09:50",
        _at_trudo("Henk Verzonnen", 5, "paid_work", "bouw", practical=("travel",)),
        (Done(5, "11:15", "no_answer"), Done(4, "16:30", "voicemail")),
    ),
    Story(
        SANNE,
        9,
        "13:30",
        _at_trudo("Fatma Fictief", 6, "volunteering", "koffie", language="tr"),
        (Done(8, "10:00", "no_answer"), Done(6, "14:30", "message"), Done(5, "09:30", "no_answer")),
    ),
    Story(
        SANNE,
        2,
        "10:10",
        _at_trudo("Carla Model", 7, "paid_work volunteering", "groen", email="carla@model.example"),
        (
            Done(1, "09:20", "no_answer", "today"),
            Done(1, "09:25", "note", "Later op de dag proberen."),
        ),
    ),
    Story(
        SANNE,
        3,
        "15:45",
        _at_trudo("Marek Schets", 8, "paid_work", "bouw", language="pl", times=("evening",)),
        (Done(2, "18:40", "voicemail"), Done(1, "18:30", "message", "today")),
    ),
    Story(
        SANNE,
        20,
        "10:00",
        _at_trudo("Rosa Droom", 9, "own_trade", "koken eigen-zaak", language="es"),
        (
            Done(19, "11:00", "reached"),
            Done(18, "10:00", "note", "Heeft een idee voor een eetkraam. Gaat eerst rekenen."),
            Done(17, "10:00", "wait", "+15"),
        ),
    ),
    Story(
        SANNE,
        30,
        "12:00",
        _at_trudo("Jan Bedenksel", 10, "learning", "opleiding nederlands"),
        (Done(29, "13:00", "came_by"), Done(28, "13:00", "wait", "+30")),
    ),
    Story(
        SANNE,
        5,
        "09:00",
        _at_trudo("Amina Verhaal", 11, "help_first dont_know", "eerst-hulp", practical=("tell",)),
        (
            Done(4, "10:00", "reached"),
            Done(4, "10:20", "note", "Volgende week samen een plan."),
            Done(1, "11:40", "ask", "springplank040"),
        ),
    ),
    Story(
        SANNE,
        12,
        "10:30",
        _at_trudo("Dirk Verbeelding", 18, "paid_work learning", "bouw", times=("morning",)),
        (
            Done(11, "09:45", "reached"),
            Done(9, "10:00", "refer", "randstad:Heeft in een magazijn gewerkt."),
            Done(8, "13:15", "accept", "randstad"),
            Done(6, "10:30", "begin", "randstad"),
            Done(5, "11:00", "refer", "springplank040:Wil hulp met de administratie thuis."),
            Done(4, "09:20", "accept", "springplank040"),
            Done(2, "16:45", "report", "randstad:Twee gesprekken gehad. Volgende week op bezoek."),
        ),
    ),
    Story(
        SANNE,
        4,
        "08:50",
        _at_trudo("Zeynep Zogezegd", 19, "paid_work", "werk-zoeken", language="tr"),
        (
            Done(2, "10:15", "reached"),
            Done(1, "09:10", "refer", "randstad:Zoekt werk in de ochtend."),
        ),
        locale="tr",
    ),
    Story(
        SANNE,
        60,
        "09:30",
        _at_trudo("Kees Sprookje", 12, "paid_work", "groen"),
        (Done(59, "10:00", "reached"), Done(9, "15:00", "settle", "paid_work")),
    ),
    Story(
        SANNE,
        45,
        "16:00",
        _at_trudo("Linda Zogenaamd", 13, "together", "koffie"),
        (Done(44, "10:00", "reached"), Done(30, "11:00", "close", "found_self")),
    ),
    Story(
        "trudo-mo",
        4,
        "11:30",
        _at_trudo("Nadia Nepnaam", 14, "learning", "nederlands", language="ar"),
        (Done(3, "10:00", "no_answer"),),
        locale="ar",
    ),
    Story(
        "voorbeeldhoek-noor",
        1,
        "10:30",
        _at_trudo(
            "Tom Probeersel", 15, "together", "koffie", landlord="trudo", landlord_hidden=True
        ),
    ),
    Story(
        "voorbeeldhoek-noor",
        0,
        "09:40",
        Answers(
            wishes=("dont_know",),
            first_name="Bea Oefening",
            language="nl",
            postcode="5613 AB",
            landlord="nobody",
            drop_by="de-voorbeeldhoek",
        ),
        registrar="registrar@voorbeeldhoek.example",
    ),
    Story(
        "woonbedrijf-esra",
        3,
        "14:00",
        _at_trudo(
            "Elif Droombeeld", 16, "paid_work", "winkel", language="tr", landlord="woonbedrijf"
        ),
        (Done(2, "09:15", "reached"),),
        locale="tr",
    ),
    Story(
        "haag-wonen-amal",
        1,
        "13:10",
        Answers(
            wishes=("learn_and_work",),
            first_name="Hamid Voorbeeldig",
            language="ar",
            postcode="2533 AB",
            landlord="haag-wonen",
            likes=("zuidwest-schilderen",),
            phone="+31612345617",
        ),
        locale="ar",
    ),
    Story(
        "athos-marie",
        2,
        "11:20",
        Answers(
            wishes=("together",),
            first_name="Sjeng Zomaar",
            language="nl",
            postcode="6211 AB",
            landlord="nobody",
            likes=("athos-doet",),
            drop_by="athos-werkplaats",
        ),
        (Done(1, "09:30", "came_by"),),
    ),
)
