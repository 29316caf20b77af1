"""A yes that was a mistake, with a real worker and a real mail server: what the person hears."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from portal.notify.models import OutboxMessage
from portal.settings import ROOT, Settings
from tests.notify.environment import environment_of
from tests.reply.asking import Asking
from tests.reply.saying import press
from tests.support.application import CheckedClient
from tests.support.smtp import MailHost

SAM, PARTNER = "sam@voorbeeld.example", "linda@randstad.example"
ONCE = (sys.executable, "-m", "portal", "worker", "--once")
LINK = re.compile(r"https://\S+/reply/\S+")


class Post:
    """Who asks whom by the real clock, which a worker goes by, and the mail that comes of it."""

    def __init__(self, asking: Asking, host: MailHost, settings: Settings) -> None:
        self.asking, self.host = asking, host
        self.environment = environment_of(settings, host)
        self.asking.world.clock.set(datetime.now(UTC))

    def work(self) -> None:
        """Let a worker do everything that is due, in a process of its own."""
        subprocess.run(ONCE, env=self.environment, cwd=ROOT, check=True, capture_output=True)

    def says(self, client: CheckedClient, at: str, *acts: str) -> None:
        """The partner presses these buttons, one after the other."""
        for act in acts:
            self.asking.world.clock.set(datetime.now(UTC))
            assert press(client, at, act).status_code == 303

    def link(self) -> str:
        """The address in the mail that the partner got."""
        (mail,) = [each for each in self.host.mails if PARTNER in each["To"]]
        found = LINK.search(mail.get_content())
        assert found
        return urlsplit(found.group()).path

    def told(self) -> int:
        """How often the person got a mail that says who makes contact."""
        with self.asking.world.looking() as db:
            yes = select(OutboxMessage.id).where(OutboxMessage.kind == "partner_accepted")
            ids = {f"<{each}@voordeur.example>" for each in db.scalars(yes)}
        return len([each for each in self.host.mails if each["Message-ID"] in ids])


@pytest.fixture
def post(asking: Asking, mail_host: MailHost, settings: Settings) -> Post:
    """The partner was asked, and has the mail with the link."""
    post = Post(asking, mail_host, settings)
    asking.refer(registration=asking.world.register(email=SAM))
    post.work()
    return post


def test_who_was_told_of_a_yes_hears_of_it_once_also_when_it_was_undone_and_given_again(
    post: Post, client: CheckedClient
) -> None:
    link = post.link()
    post.says(client, link, "accept")
    post.work()
    assert post.told() == 1
    post.says(client, link, "undo", "accept")
    post.work()
    assert post.told() == 1


def test_a_yes_that_was_undone_before_it_left_is_told_to_nobody(
    post: Post, client: CheckedClient
) -> None:
    link = post.link()
    post.says(client, link, "accept", "undo")
    post.work()
    assert post.told() == 0
    post.says(client, link, "accept")
    post.work()
    assert post.told() == 1


def test_a_yes_that_waits_for_a_mail_server_and_is_undone_meanwhile_is_told_to_nobody(
    post: Post, client: CheckedClient
) -> None:
    link, before = post.link(), len(post.host.mails)
    post.host.stop()
    post.says(client, link, "accept")
    post.work()
    post.says(client, link, "undo")
    post.host.start()
    with post.asking.world.writing() as db:
        for message in db.scalars(select(OutboxMessage).where(OutboxMessage.state == "waiting")):
            message.due_at = datetime.now(UTC)
    post.work()
    assert post.told() == 0
    assert len(post.host.mails) == before
