"""What one running portal consists of, kept on the Flask application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app

from portal.db.engine import Database
from portal.privacy.encryption import Vault
from portal.settings import Settings

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Portal:
    """Settings, keys, database and clock: the arguments that doors hand to rooms."""

    settings: Settings
    vault: Vault
    database: Database
    clock: Clock


def install(app: Flask, portal: Portal) -> None:
    """Make `portal` what this application runs on."""
    app.extensions["portal"] = portal


def portal() -> Portal:
    """Return what the current application runs on."""
    found: Portal = current_app.extensions["portal"]
    return found


def now() -> datetime:
    """Return the aware moment by this application's clock."""
    return portal().clock()
