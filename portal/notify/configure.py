"""Channels from settings. Whatever is wrong is one sentence for the operator."""

from __future__ import annotations

import ipaddress
import json
import sys
from datetime import time
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from portal.notify.channels import Channel, Console
from portal.notify.mail import MailServer, SmtpChannel
from portal.notify.quiet import Hours
from portal.notify.sms import SmsChannel, SmsGateway
from portal.settings import Settings, SettingsError

CONSOLE = "console:"
PORTS = {"smtp": 587, "smtps": 465}


def channels_of(settings: Settings) -> dict[str, Channel]:
    """Return a channel for each way that is set. A demonstration sends nothing, whatever is set.

    Raises:
        SettingsError: a setting cannot be used.
    """
    made: dict[str, Channel] = {}
    if settings.smtp_url and _may(settings, settings.smtp_url):
        made["mail"] = _mail(settings)
    if settings.sms_url and _may(settings, settings.sms_url):
        made["sms"] = _sms(settings)
    return made


def hours_of(settings: Settings) -> Hours:
    """Return when an SMS may arrive; raises `SettingsError`."""
    try:
        opens, closes = (time.fromisoformat(part) for part in settings.sms_hours.split("-"))
    except ValueError:
        opens = closes = time(0)
    if not opens < closes:
        raise SettingsError(f"SMS_HOURS is {settings.sms_hours!r}; it must look like 08:00-21:00.")
    return Hours(opens, closes, sundays=settings.sms_sundays)


def _may(settings: Settings, url: str) -> bool:
    return url == CONSOLE or not settings.demo


def _mail(settings: Settings) -> Channel:
    if settings.smtp_url == CONSOLE:
        return _console()
    url, tls = _split("SMTP_URL", settings.smtp_url, ("smtp", "smtps")), "all"
    if url.scheme == "smtp":
        tls = "none" if parse_qs(url.query).get("starttls") == ["no"] else "starttls"
    if tls == "none":
        _refuse_plain_far_away("SMTP_URL", url)
    server = MailServer(
        url.hostname or "",
        url.port or PORTS[url.scheme],
        tls,
        unquote(url.username or ""),
        unquote(url.password or ""),
    )
    return SmtpChannel(server, _sender(settings.mail_from))


def _sms(settings: Settings) -> Channel:
    if settings.sms_url == CONSOLE:
        return _console()
    url = _split("SMS_URL", settings.sms_url, ("http", "https"))
    if url.scheme == "http":
        _refuse_plain_far_away("SMS_URL", url)
    gateway = SmsGateway(
        settings.sms_url, _template(settings.sms_template), settings.sms_authorization
    )
    return SmsChannel(gateway)


def _console() -> Console:
    return Console(lambda text: sys.stdout.write(text + "\n") and sys.stdout.flush())


def _split(name: str, text: str, schemes: tuple[str, ...]) -> SplitResult:
    """Take an address apart. It may hold a password, so it is never repeated."""
    try:
        url = urlsplit(text)
        usable = url.scheme in schemes and bool(url.hostname) and url.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(f"{name} must begin with {schemes[0]}:// or {schemes[1]}://host.")
    return url


def _refuse_plain_far_away(name: str, url: SplitResult) -> None:
    """Names and numbers cross no network unsealed: only to this machine or its neighbours."""
    host = url.hostname or ""
    try:
        near = ipaddress.ip_address(host).is_private
    except ValueError:
        near = "." not in host
    if not near:
        raise SettingsError(f"{name} would send names and numbers unsealed over the internet.")


def _sender(text: str) -> Address:
    name, address = parseaddr(text)
    try:
        return Address(display_name=name or "Voordeur", addr_spec=address)
    except (ValueError, IndexError):
        raise SettingsError(
            "MAIL_FROM must be set with SMTP_URL, such as Voordeur <hallo@voordeur.example>."
        ) from None


def _template(text: str) -> object:
    try:
        template: object = json.loads(text)
    except ValueError:
        template = None
    if not isinstance(template, dict) or "{to}" not in text or "{text}" not in text:
        raise SettingsError('SMS_TEMPLATE must be JSON such as {"to": "{to}", "text": "{text}"}.')
    return template
