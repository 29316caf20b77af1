"""A new secret key: after a restart and a new index everybody is found as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.accounts.manage import find_account
from portal.db.engine import Database
from portal.privacy.encryption import Vault
from portal.settings import Settings
from tests.cli.commands import environment, portal
from tests.desk.furniture import prepared, world
from tests.desk.world import SANNE, World
from tests.notify.environment import keys_as_set
from tests.support.databases import ENCRYPTION_KEYS, SECRET_KEYS, with_keys

__all__ = ["prepared", "world"]

NEW = {"s2": b"another secret key, 32 bytes too"}


@pytest.fixture
def env(settings: Settings, tmp_path: Path) -> dict[str, str]:
    """The portal after a restart with a new key in front."""
    both = keys_as_set({**NEW, **SECRET_KEYS})
    return {**environment(settings, tmp_path), "PORTAL_SECRET_KEYS": both}


def test_a_new_index_finds_who_signs_in_and_names_the_key_that_must_stay(
    env: dict[str, str], database: Database, world: World
) -> None:
    world.register()
    done = portal(env, "keys", "reindex").output
    assert "1 registrations indexed again." in done
    assert "Key s1 must stay: 1 codes and links come from it." in done
    with with_keys(database, Vault(NEW, ENCRYPTION_KEYS)).writing() as db:
        assert find_account(db, SANNE)


def test_without_the_key_of_a_code_there_is_one_sentence(env: dict[str, str], world: World) -> None:
    world.register()
    too_early = portal({**env, "PORTAL_SECRET_KEYS": keys_as_set(NEW)}, "keys", "reindex")
    assert too_early.exit_code == 1
    assert "PORTAL_SECRET_KEYS" in too_early.output.splitlines()[-1]
