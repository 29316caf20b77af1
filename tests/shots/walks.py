"""Who walks where with which screen, in this order: lists first, before they are full of people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from portal.i18n import LOCALES, STAFF_LOCALES
from tests.shots import counter, own_page, partner, reply, staff, team, tenant, trouble
from tests.shots.camera import Camera

Photograph = Callable[[Camera], None]


@dataclass(frozen=True)
class Walk:
    """One way through the portal."""

    photograph: Photograph
    folder: str
    locale: str
    size: str
    scripts: bool = True
    staff: bool = False


STAFF: tuple[Photograph, ...] = (
    staff.photograph_sign_in,
    staff.photograph_desk,
    partner.photograph_cases,
    partner.photograph_asked,
    partner.photograph_outbox,
    team.photograph_team,
    team.photograph_switching,
    team.photograph_away,
    team.photograph_quiet,
    team.photograph_silences,
    staff.photograph_viewer,
    staff.photograph_standings,
    staff.photograph_acts,
    staff.photograph_signed_out,
    partner.photograph_asking,
    reply.photograph_states,
    reply.photograph_mistakes,
    reply.photograph_lost,
    counter.photograph_counter,
    counter.photograph_registering,
    counter.photograph_lock,
)
TENANT: tuple[tuple[Photograph, str, bool], ...] = (
    (tenant.photograph_questions, "phone", True),
    (tenant.photograph_questions, "desk", True),
    (tenant.photograph_others, "phone", True),
    (tenant.photograph_plain, "phone", False),
    (trouble.photograph_check, "phone", True),
    (trouble.photograph_far, "phone", True),
    (trouble.photograph_errors, "phone", True),
    (own_page.photograph_standings, "phone", True),
    (own_page.photograph_late, "phone", True),
    (own_page.photograph_answers, "phone", True),
    (own_page.photograph_ends, "phone", True),
)


def _walks() -> Iterator[Walk]:
    for number, photograph in enumerate(STAFF):
        for locale, size in product(STAFF_LOCALES, ("desk", "phone")):
            folder = f"staff-{locale}/{size}/{number:02}"
            yield Walk(photograph, folder, locale, size, staff=True)
    for locale in LOCALES:
        for number, (photograph, size, scripts) in enumerate(TENANT):
            yield Walk(photograph, f"tenant-{locale}/{number:02}", locale, size, scripts)


WALKS = tuple(_walks())
