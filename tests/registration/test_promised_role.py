"""What a municipality is in a programme never changes for those who are registered (rule 4)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.catalogue.load import load_pack
from portal.catalogue.models import Programme
from portal.catalogue.pack.problems import PackError
from portal.catalogue.pack.read import read_pack
from portal.catalogue.pack.shapes import Pack
from portal.registration.models import Registration
from portal.registration.promised_role import refuse_other_role
from portal.settings import ROOT, Settings
from tests.cli.commands import environment, portal
from tests.desk.furniture import prepared, world
from tests.desk.world import World

__all__ = ["prepared", "world"]


@pytest.fixture
def other() -> Pack:
    """Eindhoven, where the municipality would now get names."""
    pack = read_pack(ROOT / "portal" / "packs" / "eindhoven.toml")
    return replace(pack, programme=replace(pack.programme, municipality_role="named"))


@pytest.mark.parametrize("state", ["new", "closed"])
def test_a_pack_with_another_role_is_refused_while_somebody_is_registered(
    world: World, other: Pack, state: str
) -> None:
    sam = world.register()
    with world.writing() as db:
        row = db.get_one(Registration, sam)
        if state == "closed":
            row.state, row.next_action_at = "closed", None
    with world.looking() as db, pytest.raises(PackError) as refused:
        refuse_other_role(db, other)
    assert refused.value.file == "eindhoven.toml"
    assert refused.value.key == "programme.municipality_role"
    assert "never changes for them" in refused.value.reason


def test_before_anybody_is_registered_the_role_is_free(world: World, other: Pack) -> None:
    with world.writing() as db:
        refuse_other_role(db, other)
        load_pack(db, other)
        programmes = {row.slug: row.municipality_role for row in db.query(Programme)}
    assert programmes[other.programme.slug] == "named"


def test_the_same_role_is_loaded_as_often_as_one_likes(world: World) -> None:
    world.register()
    with world.looking() as db:
        refuse_other_role(db, read_pack(ROOT / "portal" / "packs" / "eindhoven.toml"))


def test_the_command_that_loads_packs_asks_first(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    world.register()
    shipped = (ROOT / "portal" / "packs" / "eindhoven.toml").read_text("utf-8")
    file = tmp_path / "eindhoven.toml"
    file.write_text(
        shipped.replace('municipality_role = "totals"', 'municipality_role = "named"'), "utf-8"
    )
    answer = portal(environment(settings, tmp_path), "pack", "load", str(file))
    assert answer.exit_code == 1
    assert "eindhoven.toml: programme.municipality_role: people are registered" in answer.output
    with world.looking() as db:
        assert db.scalars(select(Programme.municipality_role)).one() == "totals"
