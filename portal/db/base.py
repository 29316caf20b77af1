"""The floor of every table: names of constraints, keys made in Python, aware UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import JSON, DateTime, Dialect, LargeBinary, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is refused when it is written."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """Return an aware moment in UTC, also from SQLite, which keeps no zone."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table descends from this."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON}


class HasId:
    """A primary key made in Python, so that associated data and links exist before the insert."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


def sealed(*, nullable: bool = True) -> Mapped[Any]:
    """A column that holds AES-GCM ciphertext; read and write it with `privacy.encryption`."""
    return mapped_column(LargeBinary, nullable=nullable, info={"sealed": True})


def one_of(column: str, values: tuple[str, ...]) -> str:
    """SQL for a check constraint: the column holds one of these code words."""
    words = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({words})"
