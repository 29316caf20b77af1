"""The portal's own commands on a machine where something is in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from socket import socket

from portal.accounts.models import ROLES
from portal.settings import LOOPBACK
from tests.architecture.layers import ROOT
from tests.setup.sentence import the_sentence


def portal(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run one command of the portal."""
    return subprocess.run(
        [sys.executable, "-m", "portal", *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        port = str(other.getsockname()[1])
        said = the_sentence(portal("demo", PORTAL_DEMO="1", PORT=port, PORTAL_DATA=str(tmp_path)))
    assert f"port {port} is taken" in said


def test_a_folder_that_cannot_be_written_is_named_in_one_sentence() -> None:
    # Nobody can make a folder there, not even root.
    said = the_sentence(portal("demo", PORTAL_DATA="/proc/data"))
    assert "/proc/data cannot be written" in said
    assert "set PORTAL_DATA" in said


def test_missing_secrets_stop_the_start_with_one_sentence(tmp_path: Path) -> None:
    said = the_sentence(
        portal(
            "serve",
            PORTAL_DATA=str(tmp_path),
            PORTAL_PHONE="+31881234567",
            PORTAL_BASE_URL="http://127.0.0.1",
        )
    )
    assert "PORTAL_SECRET_KEYS is not set" in said


def test_a_demonstration_says_where_to_go_and_who_signs_in_with_what(tmp_path: Path) -> None:
    data, password = str(tmp_path), "oefenen met de voordeur"
    done = portal(
        "demo", "--setup-only", PORT="8123", PORTAL_DATA=data, PORTAL_DEMO_PASSWORD=password
    )
    assert (done.returncode, done.stderr) == (0, "")
    for said in ("http://127.0.0.1:8123/nl/", "http://127.0.0.1:8123/desk/", password):
        assert said in done.stdout
    for role in ROLES:
        assert f"  {role}@" in done.stdout


def test_help_lists_the_commands_of_the_operator() -> None:
    done = portal("--help")
    assert done.returncode == 0
    for command in ("serve", "db", "pack", "account", "keys", "demo"):
        assert f"\n  {command} " in done.stdout
