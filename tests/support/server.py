"""The portal on a real socket over https, for journeys through a browser."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from socket import socket
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask
from werkzeug.serving import make_server

from portal.settings import LOOPBACK, Settings
from tests.support.application import close, make
from tests.support.clock import SettableClock


@dataclass(frozen=True)
class Server:
    """A running portal: its address and the application behind it."""

    url: str
    app: Flask


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A certificate for this machine, made by ourselves and trusted by nobody."""
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    (folder / "cert.pem").write_bytes(_sign(key).public_bytes(serialization.Encoding.PEM))
    return _context(folder)


def _sign(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, LOOPBACK)])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(LOOPBACK))]), False)
        .sign(key, hashes.SHA256())
    )


def _context(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


@contextmanager
def serving(app: Flask, listener: socket, certificate: ssl.SSLContext | None) -> Iterator[None]:
    """Serve `app` on an open socket in a thread of its own."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server(
        LOOPBACK,
        listener.getsockname()[1],
        app,
        threaded=True,
        ssl_context=certificate,
        fd=listener.fileno(),
    )
    thread = Thread(target=server.serve_forever, name="portal under test")
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def server(
    settings: Settings, clock: SettableClock, certificate: ssl.SSLContext
) -> Iterator[Server]:
    """The portal on https, on a fresh database, with a clock that the test sets."""
    with socket() as listener:
        # The address must be known first: the portal compares it with where a POST comes from.
        listener.bind((LOOPBACK, 0))
        listener.listen(128)
        url = f"https://{LOOPBACK}:{listener.getsockname()[1]}"
        app = make(replace(settings, base_url=url), clock)
        with serving(app, listener, certificate):
            yield Server(url, app)
        close(app)
