"""Rules marked with a star in the product also hold in the database itself."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError, StatementError

from portal.db.engine import Database
from portal.tables import AuditEvent, Base, Consent, Registration, RegistrationEvent, ReportFact

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def test_a_moment_without_a_time_zone_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    with database.engine.begin() as db, pytest.raises(StatementError, match="time zone"):
        db.execute(insert(AuditEvent), [{"at": naive, "action": "read"}])


def test_a_moment_comes_back_aware_and_in_utc(database: Database) -> None:
    moment = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    with database.writer.begin() as db:
        db.execute(insert(AuditEvent), [{"at": moment, "action": "read"}])
        assert db.scalar(AuditEvent.__table__.select().with_only_columns(AuditEvent.at)) == moment


def a_registration(**changes: object) -> dict[str, object]:
    return {
        "client_uuid": uuid4(),
        "answers_digest": b"a",
        "key_version": "s1",
        "code_digest": b"c",
        "link_digest": b"l",
        "programme_id": uuid4(),
        "owner_id": uuid4(),
        "contact_id": uuid4(),
        "fallback_contact_id": uuid4(),
        "promised_on": NOW.date(),
        "next_action_at": NOW,
        "waiting_since": NOW,
        "received_at": NOW,
        "locale": "nl",
        "language": "nl",
        "answers": {},
        **changes,
    }


def an_event(**changes: object) -> dict[str, object]:
    return {"registration_id": uuid4(), "at": NOW, "event": "note", "actor": "person", **changes}


def a_consent(**changes: object) -> dict[str, object]:
    return {
        "registration_id": uuid4(),
        "organization_id": uuid4(),
        "text_version": "1",
        "locale": "nl",
        "method": "screen",
        "given_at": NOW,
        **changes,
    }


def a_fact(**changes: object) -> dict[str, object]:
    keys = {"programme_id": uuid4(), "owner_id": uuid4()}
    return {"day": NOW.date(), "what": "registered", **keys, **changes}


# A check is looked at before a foreign key, so that the keys above need no rows behind them.
@pytest.mark.parametrize(
    ("constraint", "table", "values"),
    [
        ("nobody_forgotten", Registration, a_registration(next_action_at=None)),
        ("state", Registration, a_registration(state="not eligible")),
        ("walkin_has_registrar", Registration, a_registration(channel="walkin")),
        ("actor_known", RegistrationEvent, an_event(actor="account")),
        ("actor", RegistrationEvent, an_event(actor="robot")),
        ("recorded", Consent, a_consent(method="spoken")),
        ("interpreter", Consent, a_consent(interpreter="guessed")),
        ("what", ReportFact, a_fact(what="not eligible")),
        ("count", ReportFact, a_fact(count=2)),
        ("waited", ReportFact, a_fact(what="first_talk")),
    ],
)
def test_the_database_refuses_what_a_rule_forbids(
    database: Database, constraint: str, table: type[Base], values: dict[str, object]
) -> None:
    with (
        database.writer.connect() as connection,
        pytest.raises(IntegrityError, match=f"ck_{table.__tablename__}_{constraint}"),
    ):
        connection.execute(insert(table), [values])


def test_a_registration_needs_an_owner_that_exists(database: Database) -> None:
    with (
        database.writer.connect() as connection,
        pytest.raises(IntegrityError, match=r"(?i)foreign key"),
    ):
        connection.execute(insert(Registration), [a_registration()])
