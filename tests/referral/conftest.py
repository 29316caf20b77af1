"""The town of these tests, in the database of each."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.referral.town import Town, build_town


@pytest.fixture
def town(db: Session) -> Town:
    """A town in the fresh database."""
    return build_town(db)
