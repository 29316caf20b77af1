"""The post of a journey: what waits leaves by a real mail server, and is read there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.db.engine import Database
from portal.followup.letters import all_letters
from portal.notify.post import Post
from portal.notify.send import send_next
from portal.registration.undelivered import flag_undelivered
from tests.notify.town import mail_to
from tests.support.clock import SettableClock
from tests.support.smtp import MailHost

LINK = re.compile(r"https://\S+")


@dataclass(frozen=True)
class Mailbox:
    """Everybody's mail, delivered as soon as somebody looks."""

    post: Post
    host: MailHost

    def newest_link(self, address: str, part: str) -> str:
        """The path of the newest link to somebody with `part` in it."""
        while send_next(self.post):
            continue
        mails = [mail for mail in self.host.mails if address in str(mail["To"])]
        links = [link for mail in mails for link in LINK.findall(mail.get_content())]
        found = [link for link in links if part in link]
        assert found, f"no mail to {address} holds a link to {part}"
        return str(urlsplit(found[-1]).path)


def open_mailbox(
    database: Database, clock: SettableClock, host: MailHost, base_url: str
) -> Mailbox:
    """Let mails leave, with links to this server."""
    channels = {"mail": mail_to(host)}
    gather = all_letters(base_url)
    return Mailbox(Post(database, channels, gather, flag_undelivered, clock=clock), host)
