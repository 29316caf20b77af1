from __future__ import annotations

import pytest

from tests.architecture.layers import (
    LAYERS,
    PURE,
    Source,
    circles,
    impurities,
    sources,
    upward_imports,
    web_imports,
)


def test_imports_run_downward_only() -> None:
    assert [found for source in sources() for found in upward_imports(source)] == []


def test_rooms_know_nothing_of_the_web() -> None:
    assert [found for source in sources() for found in web_imports(source)] == []


def test_pure_files_know_no_database_and_no_clock() -> None:
    assert [found for source in sources() for found in impurities(source)] == []


def test_no_two_parts_import_each_other_below_the_roof() -> None:
    found = [source for source in sources() if source.module.count(".") > 1]
    assert circles(found) == []


def test_every_pure_file_exists() -> None:
    assert set(PURE) <= {source.module for source in sources()}


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("portal.registration.submit", "from portal.referral.refer import refer"),
        ("portal.registration.submit", "import portal.desk.case"),
        ("portal.registration.submit", "from portal import desk"),
        ("portal.web.login", "from portal.cli.opened import opened"),
        ("portal.desk.case", "from portal.frontdoor.forms import Form"),
        ("portal.routing.decide", "from portal.catalogue.models import Contact"),
        ("portal.db.engine", "from portal.privacy.encryption import Vault"),
        ("portal.privacy.erase", "from portal.tables import Base"),
        ("portal.desk.case", "from .inbox import rows"),
        ("portal.desk.case", "def later() -> None:\n    import portal.walkin"),
        ("portal.cellar.rats", "import json"),
    ],
)
def test_a_planted_import_upward_is_found(module: str, line: str) -> None:
    assert list(upward_imports(Source(module, line)))


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("portal.desk.case", "from portal.web.login import needs"),
        ("portal.desk.case", "from portal.desk.rows import row"),
        ("portal.accounts.sign_in", "from portal.privacy.encryption import seal"),
        ("portal.cli.demo", "from portal import create_app"),
    ],
)
def test_an_import_downward_or_at_home_is_fine(module: str, line: str) -> None:
    assert list(upward_imports(Source(module, line))) == []


def test_a_planted_web_library_in_a_room_is_found() -> None:
    planted = Source("portal.referral.refer", "from flask_login import current_user")
    assert list(web_imports(planted))
    assert not list(web_imports(Source("portal.web.login", planted.text)))


@pytest.mark.parametrize(
    "text",
    ["from sqlalchemy import select", "import holidays", "date.today()", "datetime.now(UTC)"],
)
def test_a_planted_impurity_in_routing_is_found(text: str) -> None:
    assert list(impurities(Source("portal.routing.decide", text)))


@pytest.mark.parametrize(
    "text",
    [
        "from portal.db.engine import Database",
        "from portal.registration.models import Registration",
        "from portal.clock import utc_now\nutc_now()",
    ],
)
def test_a_planted_impurity_of_our_own_is_found(text: str) -> None:
    for pure in ("portal.routing.decide", "portal.followup.due"):
        assert list(impurities(Source(pure, text)))


def test_a_planted_circle_is_found() -> None:
    planted = [
        Source("portal.accounts.a", "import portal.notify.b"),
        Source("portal.notify.b", "import portal.accounts.a"),
    ]
    assert circles(planted) == [("portal.accounts", "portal.notify")]


def test_no_part_stands_in_two_layers() -> None:
    parts = [part for layer in LAYERS for part in layer]
    assert len(parts) == len(set(parts))
