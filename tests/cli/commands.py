"""An operator who types commands, in this process: settings come from an environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from portal.cli import root
from portal.settings import ROOT, Settings
from tests.notify.environment import keys_as_set


def environment(settings: Settings, data: Path) -> dict[str, str]:
    """Settings without mail and SMS, as a command finds them."""
    return {
        "PORTAL_DEMO": "",
        "PORTAL_DATA": str(data),
        "DATABASE_URL": settings.database_url,
        "PORTAL_BASE_URL": settings.base_url,
        "PORTAL_PHONE": settings.phone,
        "PORTAL_SECRET_KEYS": keys_as_set(settings.secret_keys),
        "PORTAL_ENCRYPTION_KEYS": keys_as_set(settings.encryption_keys),
        "SMTP_URL": "",
        "MAIL_FROM": "",
        "SMS_URL": "",
    }


def portal(env: dict[str, str], *words: str) -> Result:
    """Type `portal` and these words; what goes wrong inside is raised."""
    return CliRunner().invoke(root, words, env=env, catch_exceptions=False)


def work_once(env: dict[str, str]) -> str:
    """Let a worker do what is due, in a process of its own, and return all that it says.

    Here it would take over the logs of the tests.
    """
    ended = subprocess.run(
        [sys.executable, "-m", "portal", "worker", "--once"],
        env={**os.environ, **env},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    )
    return ended.stdout
