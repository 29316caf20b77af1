"""The environment of a command that works on the database of a test."""

from __future__ import annotations

import os
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from portal.settings import ROOT, Settings
from tests.support.smtp import MailHost


def keys_as_set(keys: Mapping[str, bytes]) -> str:
    """Write keys as a setting holds them."""
    return ",".join(f"{name}:{urlsafe_b64encode(key).decode()}" for name, key in keys.items())


def environment_of(settings: Settings, host: MailHost) -> dict[str, str]:
    """Settings with a mail server and without SMS, as a command finds them."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PORTAL_DEMO": "",
        "DATABASE_URL": settings.database_url,
        "PORTAL_BASE_URL": settings.base_url,
        "PORTAL_PHONE": settings.phone,
        "PORTAL_SECRET_KEYS": keys_as_set(settings.secret_keys),
        "PORTAL_ENCRYPTION_KEYS": keys_as_set(settings.encryption_keys),
        "SMTP_URL": host.url,
        "MAIL_FROM": "Voordeur <hallo@voordeur.example>",
    }
