"""Mail, against a real server with every bad habit."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.headerregistry import Address
from pathlib import Path
from threading import Thread
from time import monotonic
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from portal.notify.channels import ChannelError, Envelope, RefusedError, TryAgainError
from portal.notify.mail import MailServer, SmtpChannel
from tests.support.server import _sign
from tests.support.smtp import HOST, MailHost

SENDER = Address("Voordeur", "hallo", "voordeur.example")
ENVELOPE = Envelope(
    UUID("5e0b2f3a-0d9c-4f0e-9d57-000000000001"),
    "fatma@voorbeeld.example",
    "ar",
    "وصلتنا إجاباتك.",
    "مرحبًا Fatma.\n\nسيتصل بك Sanne.\n",
)


def channel_to(host: MailHost, tls: str = "none", **more: float) -> SmtpChannel:
    return SmtpChannel(MailServer(HOST, host.port, tls), SENDER, **more)


def trouble(channel: SmtpChannel, envelope: Envelope = ENVELOPE) -> tuple[type[ChannelError], str]:
    with pytest.raises(ChannelError) as caught:
        channel.send(envelope)
    return type(caught.value), caught.value.code


def test_a_mail_arrives_as_it_was_written(mail_host: MailHost) -> None:
    channel_to(mail_host).send(ENVELOPE)
    (mail,) = mail_host.mails
    assert mail["To"] == "fatma@voorbeeld.example"
    assert mail["From"] == "Voordeur <hallo@voordeur.example>"
    assert mail["Subject"] == ENVELOPE.subject
    assert mail["Content-Language"] == "ar"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().replace("\r\n", "\n") == ENVELOPE.text


def test_every_try_carries_the_same_message_id(mail_host: MailHost) -> None:
    for _ in range(2):
        channel_to(mail_host).send(ENVELOPE)
    assert mail_host.ids() == [f"<{ENVELOPE.id}@voordeur.example>"] * 2


@pytest.mark.parametrize(
    ("rcpt", "data", "expected"),
    [
        ("550 no such person", "250 OK", (RefusedError, "smtp_550")),
        ("450 come back later", "250 OK", (TryAgainError, "smtp_450")),
        ("421 closing", "250 OK", (TryAgainError, "smtp_421")),
        ("250 OK", "554 we do not like this", (RefusedError, "smtp_554")),
        ("250 OK", "452 disk full", (TryAgainError, "smtp_452")),
        ("hang", "250 OK", (TryAgainError, "unreachable")),
        ("250 OK", "hang", (TryAgainError, "unreachable")),
        ("250 OK", "vanish", (TryAgainError, "unreachable")),
    ],
)
def test_refused_for_good_is_told_from_not_now(
    mail_host: MailHost, rcpt: str, data: str, expected: tuple[type[ChannelError], str]
) -> None:
    mail_host.manners.rcpt, mail_host.manners.data = rcpt, data
    # smtplib takes a time-out for a line that went dead.
    assert trouble(channel_to(mail_host, wait=0.3)) == expected


def test_nobody_listens(mail_host: MailHost) -> None:
    mail_host.stop()
    assert trouble(channel_to(mail_host)) == (TryAgainError, "unreachable")


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "nobody",
        "a@b\r\nBcc: everybody@voorbeeld.example",
        "jürgen@voorbeeld.example",
    ],
)
def test_an_address_that_no_server_can_take_is_refused_at_once(
    mail_host: MailHost, recipient: str
) -> None:
    envelope = replace(ENVELOPE, recipient=recipient)
    assert trouble(channel_to(mail_host), envelope) == (RefusedError, "address")
    assert mail_host.mails == []


def test_a_domain_with_accents_is_written_in_plain_letters(mail_host: MailHost) -> None:
    channel_to(mail_host).send(replace(ENVELOPE, recipient="a@bücher.example"))
    assert mail_host.mails[0]["To"] == "a@xn--bcher-kva.example"


def test_nothing_is_said_to_a_server_that_cannot_seal_the_line(mail_host: MailHost) -> None:
    assert trouble(channel_to(mail_host, "starttls")) == (TryAgainError, "unreachable")
    assert mail_host.mails == []


def test_a_wrong_password_is_ours_to_mend_and_no_fault_of_the_message(mail_host: MailHost) -> None:
    server = MailServer(HOST, mail_host.port, "none", "portal", "wrong")
    assert trouble(SmtpChannel(server, SENDER)) == (TryAgainError, "smtp_535")
    SmtpChannel(replace(server, password="right & proper"), SENDER).send(ENVELOPE)
    assert mail_host.logins[-1] == (b"portal", b"right & proper")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A key and a certificate for this machine, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    file = tmp_path / "both.pem"
    pem = serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(serialization.Encoding.PEM, pem, serialization.NoEncryption())
    file.write_bytes(secret + _sign(key).public_bytes(serialization.Encoding.PEM))
    return file


@pytest.mark.parametrize("tls", ["starttls", "all"])
def test_a_sealed_line_needs_a_certificate_that_we_trust(
    tls: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    host = MailHost(context, implicit=tls == "all")
    host.start()
    try:
        assert trouble(channel_to(host, tls)) == (TryAgainError, "unreachable")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        channel_to(host, tls).send(ENVELOPE)
        assert len(host.mails) == 1
    finally:
        host.close()


@contextmanager
def dripping() -> Iterator[int]:
    """A server that begins to greet, a byte at a time, and never ends; yields its port."""
    with socket.create_server((HOST, 0)) as listener:
        thread = Thread(target=_drip, args=(listener,))
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


def _drip(listener: socket.socket) -> None:
    line, _ = listener.accept()
    with line:
        line.settimeout(0.02)
        try:
            while True:
                line.sendall(b"2")
                try:
                    if not line.recv(1):
                        return
                except TimeoutError:
                    continue
        except OSError:
            return


def test_a_server_that_answers_a_byte_at_a_time_is_cut_off() -> None:
    begun = monotonic()
    with dripping() as port:
        channel = SmtpChannel(MailServer(HOST, port, "none"), SENDER, wait=5, longest=0.2)
        assert trouble(channel)[0] is TryAgainError
    # Without the cut it would take minutes: each byte begins the waiting anew.
    assert monotonic() - begun < 30
