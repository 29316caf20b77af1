"""What every test may ask for. The fixtures live in `tests/support`, one subject to a file."""

from __future__ import annotations

import pytest

# Asserts in these modules explain themselves like those in tests.
pytest.register_assert_rewrite("tests.support")

pytest_plugins = [
    "tests.support.clock",
    "tests.support.properties",
    "tests.support.scratch",
    "tests.support.postgres",
    "tests.support.databases",
    "tests.support.application",
    "tests.support.server",
    "tests.support.browser",
    "tests.support.old_browser",
    "tests.support.smtp",
    "tests.support.gateway",
]
