"""Mail by SMTP."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from ssl import create_default_context

from portal.clock import utc_now
from portal.notify.channels import Envelope, RefusedError, TryAgainError
from portal.notify.deadline import cut_off_after

WAIT = 20.0  # Seconds for one answer.
LONGEST = 90.0  # Seconds for the whole conversation; a claim lasts longer.


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in. `tls`: "all" (smtps), "starttls" (demanded) or "none"."""

    host: str
    port: int
    tls: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class SmtpChannel:
    """Hands mail to one server, a conversation for each."""

    server: MailServer
    sender: Address
    wait: float = WAIT
    longest: float = LONGEST

    def send(self, envelope: Envelope) -> None:
        """Send it as plain text; raises `TryAgainError` or `RefusedError`."""
        mail = self._write(envelope)
        client = self._make_client()
        with cut_off_after(self.longest, lambda: client.sock):
            try:
                self._greet(client)
                self._hand_in(client, mail)
            finally:
                client.close()

    def _write(self, envelope: Envelope) -> EmailMessage:
        mail = EmailMessage(policy=SMTP)
        try:
            mail["To"] = _address(envelope.recipient)
            mail["From"] = self.sender
            mail["Subject"] = envelope.subject
        except (ValueError, IndexError) as error:
            raise RefusedError("address") from error
        mail["Date"] = format_datetime(utc_now())
        mail["Message-ID"] = f"<{envelope.id}@{self.sender.domain}>"
        # RFC 3834: an automatic answer must not answer this one.
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(envelope.text, cte="quoted-printable")
        # After the content: setting that takes away every header which describes it.
        mail["Content-Language"] = envelope.locale
        return mail

    def _make_client(self) -> smtplib.SMTP:
        name = self.sender.domain  # Otherwise smtplib asks the DNS what we are called.
        if self.server.tls == "all":
            return smtplib.SMTP_SSL(
                local_hostname=name, timeout=self.wait, context=create_default_context()
            )
        return smtplib.SMTP(local_hostname=name, timeout=self.wait)

    def _greet(self, client: smtplib.SMTP) -> None:
        """Connect and sign in. Whatever goes wrong here is not about this message."""
        # It connects here and not when it is made, so that it can be cut off. The name that the
        # certificate must have is then taken from this attribute.
        client._host = self.server.host  # type: ignore[attr-defined]  # noqa: SLF001
        try:
            status, words = client.connect(self.server.host, self.server.port)
            if status != 220:
                raise smtplib.SMTPConnectError(status, words)
            if self.server.tls == "starttls":
                client.starttls(context=create_default_context())
            if self.server.user:
                client.login(self.server.user, self.server.password)
        except (smtplib.SMTPException, OSError) as error:
            raise TryAgainError(_code_of(error)) from error

    def _hand_in(self, client: smtplib.SMTP, mail: EmailMessage) -> None:
        try:
            client.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            status, _words = next(iter(error.recipients.values()))
            raise _refusal(status) from error
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code) from error
        except smtplib.SMTPNotSupportedError as error:
            # The address is written in letters that this server cannot carry.
            raise RefusedError("address") from error
        except (smtplib.SMTPException, OSError) as error:
            # A sender that is refused is a mistake in our settings: there is time to repair it.
            raise TryAgainError(_code_of(error)) from error
        # It was taken. Whether the goodbye is heard changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            client.quit()


def _address(text: str) -> Address:
    """Return an address whose domain is in plain letters, as every server takes it."""
    name, _, domain = text.rpartition("@")
    if not name or not domain:
        raise ValueError("an address has a name and a domain")
    return Address(username=name, domain=domain.encode("idna").decode())


def _refusal(status: int) -> TryAgainError | RefusedError:
    kind = RefusedError if status >= 500 else TryAgainError
    return kind(f"smtp_{status}")


def _code_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"smtp_{error.smtp_code}"
    return "timeout" if isinstance(error, TimeoutError) else "unreachable"
