"""Settings, read once from the environment and then frozen."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"
# A thread of the server waits as long as a visitor takes to send a form; a few slow ones must not
# stop the rest.
THREADS = 32
KEY_BYTES = 32
SMS_TEMPLATE = '{"to": "{to}", "text": "{text}"}'
SMS_HOURS = "08:00-21:00"
SMS_INBOX_FIELDS = ("from", "text")
SHORTEST_TOKEN = 24


class SettingsError(Exception):
    """A setting is missing or wrong. The message is one sentence for the operator."""


@dataclass(frozen=True)
class Settings:
    """Everything the portal may differ in from one installation to the next.

    Keys are `{version: 32 bytes}` in order; the first one is used for what is new. `proxies` is
    how many web servers in front are trusted to tell whose address a visitor has. Many people come
    from each of the `busy_places`, such as a community centre with one address.
    """

    data: Path
    database_url: str
    secret_keys: Mapping[str, bytes] = field(repr=False)
    encryption_keys: Mapping[str, bytes] = field(repr=False)
    base_url: str = "http://127.0.0.1:8000"
    host: str = LOOPBACK
    port: int = 8000
    proxies: int = 0
    busy_places: tuple[IPv4Network | IPv6Network, ...] = ()
    phone: str = "+31881234567"
    demo: bool = False
    demo_password: str | None = field(default=None, repr=False)
    # Messages. What these hold is read by `portal.notify.configure`, when the worker starts.
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    sms_url: str = field(default="", repr=False)
    sms_template: str = field(default=SMS_TEMPLATE, repr=False)
    sms_authorization: str = field(default="", repr=False)
    sms_hours: str = SMS_HOURS
    sms_sundays: bool = False
    sms_inbox_token: str = field(default="", repr=False)
    sms_inbox_fields: tuple[str, str] = SMS_INBOX_FIELDS

    @property
    def hosts(self) -> list[str]:
        """Names under which we may be asked for; under another one somebody is misled."""
        return [urlsplit(self.base_url).hostname or LOOPBACK, LOOPBACK, "localhost"]

    @property
    def secure(self) -> bool:
        """Whether visitors come over https, so that cookies may insist on it."""
        return urlsplit(self.base_url).scheme == "https"


def from_environment(env: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: something is missing or wrong; no default stands in for a secret.
    """
    demo = env.get("PORTAL_DEMO", "") == "1"
    data = Path(env.get("PORTAL_DATA") or "data").resolve()
    port = _port(env.get("PORT") or "8000")
    return Settings(
        data=data,
        database_url=_database(env.get("DATABASE_URL") or f"sqlite:///{data / 'portal.sqlite3'}"),
        secret_keys=_keys(env, "PORTAL_SECRET_KEYS"),
        encryption_keys=_keys(env, "PORTAL_ENCRYPTION_KEYS"),
        base_url=_base_url(env, port, demo=demo),
        host=LOOPBACK if demo else env.get("PORTAL_HOST") or LOOPBACK,
        port=port,
        proxies=_proxies(env.get("PORTAL_PROXIES") or "0"),
        busy_places=_networks(env.get("PORTAL_BUSY_PLACES", "")),
        phone=_phone(env, demo=demo),
        demo=demo,
        demo_password=env.get("PORTAL_DEMO_PASSWORD") or None,
        smtp_url=env.get("SMTP_URL", ""),
        mail_from=env.get("MAIL_FROM", ""),
        sms_url=env.get("SMS_URL", ""),
        sms_template=env.get("SMS_TEMPLATE") or SMS_TEMPLATE,
        sms_authorization=env.get("SMS_AUTHORIZATION", ""),
        sms_hours=env.get("SMS_HOURS") or SMS_HOURS,
        sms_sundays=env.get("SMS_SUNDAYS", "") == "1",
        sms_inbox_token=_token(env, "SMS_INBOX_TOKEN"),
        sms_inbox_fields=_two_names(env, "SMS_INBOX_FIELDS"),
    )


def _database(url: str) -> str:
    # Never with the address itself: it may hold a password.
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise SettingsError("DATABASE_URL must begin with postgresql:// or sqlite:///.")
    if url.startswith("sqlite") and url.partition(":///")[2] in ("", ":memory:"):
        raise SettingsError("DATABASE_URL must name the file of a SQLite database.")
    return url


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingsError(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)


def _proxies(text: str) -> int:
    if not text.isdecimal() or int(text) > 9:
        raise SettingsError(f"PORTAL_PROXIES is {text!r}; it is how many web servers are in front.")
    return int(text)


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(each.strip()) for each in text.split(",") if each.strip())
    except ValueError:
        raise SettingsError(
            f"PORTAL_BUSY_PLACES is {text!r}; it must hold addresses such as 192.0.2.64/26."
        ) from None


def _base_url(env: Mapping[str, str], port: int, *, demo: bool) -> str:
    """The address that visitors use; cookies and links depend on it, so only a demo may guess."""
    url = env.get("PORTAL_BASE_URL", "").rstrip("/")
    if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname:
        return url
    if demo and not url:
        return f"http://{LOOPBACK}:{port}"
    raise SettingsError(
        "PORTAL_BASE_URL must be set to an address such as https://voordeur.example."
    )


def _phone(env: Mapping[str, str], *, demo: bool) -> str:
    phone = env.get("PORTAL_PHONE", "")
    if phone.startswith("+") and phone[1:].isdecimal():
        return phone
    if demo and not phone:
        return Settings.phone
    raise SettingsError("PORTAL_PHONE must be set to a phone number such as +31401234567.")


def _token(env: Mapping[str, str], name: str) -> str:
    token = env.get(name, "")
    if token and len(token) < SHORTEST_TOKEN:
        raise SettingsError(f"{name} must have {SHORTEST_TOKEN} signs or more.")
    return token


def _two_names(env: Mapping[str, str], name: str) -> tuple[str, str]:
    first, _, second = (env.get(name) or ",".join(SMS_INBOX_FIELDS)).partition(",")
    if not first.strip() or not second.strip():
        raise SettingsError(f"{name} must hold two names, such as from,text.")
    return first.strip(), second.strip()


def _keys(env: Mapping[str, str], name: str) -> dict[str, bytes]:
    """Parse `version:base64` pairs, separated by commas; the first is the current one."""
    text = env.get(name, "")
    if not text:
        raise SettingsError(f"{name} is not set; `portal keys new` makes one.")
    return dict(_key(name, part.strip()) for part in text.split(","))


def _key(name: str, text: str) -> tuple[str, bytes]:
    version, _, encoded = text.partition(":")
    try:
        key = base64.urlsafe_b64decode(encoded)
    except (ValueError, binascii.Error):
        key = b""
    if not version.isalnum() or len(version) > 16 or len(key) != KEY_BYTES:
        raise SettingsError(f"{name} must hold version:key pairs; `portal keys new` makes one.")
    return version, key
