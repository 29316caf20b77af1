"""A real mail server on 127.0.0.1. It can be away, refuse, hang, and take a mail in silence."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Condition, Thread
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
PATIENCE = 60.0  # Seconds until a test gives up on something that should have happened.


@dataclass
class Manners:
    """How the server behaves; a test may change it between two mails.

    `rcpt` and `data` are what it answers. "hang": nothing, ever. "vanish": the mail is taken, and
    the line goes dead before the answer.
    """

    rcpt: str = "250 OK"
    data: str = "250 OK"


class MailHost:
    """The server, in a thread of its own. `mails` is everything it took, repeats included."""

    def __init__(self, tls: ssl.SSLContext | None = None, *, implicit: bool = False) -> None:
        self.manners = Manners()
        self.mails: list[EmailMessage] = []
        self.logins: list[tuple[bytes, bytes]] = []
        self.hanging = 0
        self.port = 0
        self._tls, self._implicit = tls, implicit
        self._change = Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="mail server")
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The address as a setting; nothing is sealed on the way."""
        return f"smtp://{HOST}:{self.port}?starttls=no"

    def ids(self) -> list[str]:
        """Return the Message-ID of every mail that was taken, in order.

        Not a property: the library looks at every attribute of its handler for each connection.
        """
        return [mail["Message-ID"] for mail in self.mails]

    def start(self) -> None:
        """Listen, after the first time at the same port as before."""
        if not self._thread.is_alive():
            self._thread.start()
        self._run(self._listen())

    def stop(self) -> None:
        """Listen no more: whoever calls is refused."""
        self._run(self._hang_up())

    def close(self) -> None:
        """End the thread."""
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def wait_until(self, happened: Callable[[], object]) -> None:
        """Wait until something is true of what the server has seen; on, as long as mails come."""
        with self._change:
            while not happened():
                assert self._change.wait(PATIENCE), f"{len(self.mails)} mails came, and no more"

    async def _listen(self) -> None:
        self._server = await self._loop.create_server(
            self._protocol, HOST, self.port, ssl=self._tls if self._implicit else None
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def _hang_up(self) -> None:
        if self._server:
            self._server.close()

    def _run(self, work: Any) -> None:
        future: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        future.result(PATIENCE)

    def _protocol(self) -> SMTP:
        return SMTP(
            self,
            hostname="mail.example",
            loop=self._loop,
            enable_SMTPUTF8=False,
            tls_context=None if self._implicit else self._tls,
            authenticator=self._sign_in,
            auth_require_tls=False,
        )

    def _sign_in(self, _server: Any, _session: Any, _envelope: Any, _how: str, who: Any) -> Any:
        assert isinstance(who, LoginPassword)
        self.logins.append((who.login, who.password))
        return AuthResult(success=who.password == b"right & proper", handled=False)

    async def handle_RCPT(  # noqa: N802  # the name that the library calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Say whether this address is known here."""
        if self.manners.rcpt == "hang":
            await self._hang()
        if self.manners.rcpt.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.manners.rcpt

    async def handle_DATA(  # noqa: N802  # the name that the library calls
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take the mail, or not, and say so, or not."""
        if self.manners.data[0] not in "45":
            self._take(envelope)
        if self.manners.data == "hang":
            await self._hang()
        if self.manners.data == "vanish":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return self.manners.data

    def _take(self, envelope: Envelope) -> None:
        content = envelope.content
        assert isinstance(content, bytes)
        with self._change:
            self.mails.append(message_from_bytes(content, policy=policy.default))
            self._change.notify_all()

    async def _hang(self) -> None:
        with self._change:
            self.hanging += 1
            self._change.notify_all()
        # Never ends by itself; the library cancels it when whoever called is gone.
        await self._loop.create_future()


@pytest.fixture
def mail_host() -> Iterator[MailHost]:
    """A mail server that takes everything."""
    host = MailHost()
    host.start()
    yield host
    host.close()
