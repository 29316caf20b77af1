"""What owner and partners meet when several organisations help one person."""

from __future__ import annotations

import re

from tests.shots.camera import Camera
from tests.shots.staff import sign_in

# Of the demonstration: somebody asked, two partners at work, one who waits, one who came back.
PEOPLE = ("Amina", "Dirk", "Zeynep", "Yusuf")
REPLY = re.compile(r"/reply/[\w-]+")


def photograph_cases(camera: Camera) -> None:
    """Cases with partners, asking one, and a search."""
    sign_in(camera, "handler@trudo.example")
    for name in PEOPLE:
        camera.open("/desk/")
        camera.page.fill("#q", name)
        camera.page.press("#q", "Enter")
        camera.page.wait_for_load_state("networkidle")
        camera.shoot(f"find-{name}")
        camera.open(camera.links("/desk/registrations/")[0], f"case-{name}")
    for link in camera.links("/partners")[:1]:
        camera.open(link, "partners")
        for one in camera.links("/partners/")[:1]:
            camera.open(one, "partner")


def photograph_asked(camera: Camera) -> None:
    """What is asked of us, signed in."""
    sign_in(camera, "handler@randstad.example")
    camera.open("/desk/", "today-partner")
    camera.open("/desk/asked", "asked")
    for link in camera.links("/desk/referrals/"):
        camera.open(link, "asked-one")


def photograph_links(camera: Camera) -> None:
    """What is asked of us, by the link in a mail; and a link that leads nowhere."""
    camera.open("/demo/outbox", "outbox")
    found = dict.fromkeys(REPLY.findall(camera.page.content()))
    for link in found:
        camera.open(link, "reply")
    camera.open("/reply/cut-off", "reply-cut-off")
