"""What a demonstration needs before it can start: keys and a password, made once and kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path

from portal.accounts.passwords import make_password
from portal.cli.keys import make_key

# Kept beside the database, in files that nobody else on this computer can read.
MADE_ONCE: Mapping[str, tuple[str, Callable[[], str]]] = {
    "PORTAL_SECRET_KEYS": ("secret-keys", lambda: make_key("1")),
    "PORTAL_ENCRYPTION_KEYS": ("encryption-keys", lambda: make_key("1")),
    "PORTAL_DEMO_PASSWORD": ("demo-password", make_password),
}


def fill_in(env: MutableMapping[str, str]) -> None:
    """Put into `env` what is missing for a demonstration; the second start finds the same."""
    env["PORTAL_DEMO"] = "1"
    data = Path(env.get("PORTAL_DATA") or "data").resolve()
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, (file, make) in MADE_ONCE.items():
            if not env.get(name):
                env[name] = _kept(data / file, make())
    except OSError as error:
        sys.exit(f"portal: {data} cannot be written ({error.strerror}); set PORTAL_DATA.")


def _kept(file: Path, fresh: str) -> str:
    """Return what the file holds; `fresh` is written into it when it is not there yet."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.write(f"{fresh}\n")
    return fresh
