"""A town with a post office."""

from __future__ import annotations

import pytest

from portal.db.engine import Database
from portal.settings import Settings
from tests.notify.environment import environment_of
from tests.notify.town import Town, mail_to, open_town, sms_to
from tests.support.clock import SettableClock
from tests.support.gateway import Gateway
from tests.support.smtp import MailHost


@pytest.fixture
def town(
    database: Database, clock: SettableClock, mail_host: MailHost, sms_gateway: Gateway
) -> Town:
    """Eindhoven, with mail and SMS."""
    return open_town(database, clock, {"mail": mail_to(mail_host), "sms": sms_to(sms_gateway)})


@pytest.fixture
def mute_town(database: Database, clock: SettableClock) -> Town:
    """Eindhoven, where nothing was set to send with."""
    return open_town(database, clock, {})


@pytest.fixture
def environment(settings: Settings, mail_host: MailHost) -> dict[str, str]:
    """The settings of this installation, as a command finds them."""
    return environment_of(settings, mail_host)
