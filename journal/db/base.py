"""The declarative base and the column types all features share."""

import enum
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, Enum, LargeBinary, MetaData, Uuid, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

SOME = 500
"""Rows in one statement: a database counts the values of each."""


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. Refuses naive values; SQLite gives back what PostgreSQL does."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value)


class Base(DeclarativeBase):
    """What every table has in common."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {
        datetime: Instant,
        uuid.UUID: Uuid,
        bytes: LargeBinary,
        enum.StrEnum: Enum(
            enum.StrEnum,
            native_enum=False,
            create_constraint=False,
            length=40,
            values_callable=lambda kind: [str(member.value) for member in kind],
        ),
    }


def insert_once(session: Session, model: type[Base], **values: Any) -> bool:
    """Insert a row unless one with its key is there already; two who race both succeed.

    :return: whether it was this call that added the row.
    """
    once = _insert(session, model).values(**values).on_conflict_do_nothing()
    # Asked for, because not every driver counts the rows of an insert.
    return session.connection().execute(once.returning(literal_column("1"))).first() is not None


def insert_all_once(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Insert many rows, `SOME` to a statement, each unless one with its key is there already.

    :param rows: all with the same columns.
    :return: whether it was this call that added all of them.
    """
    insert, added = _insert(session, model), 0
    for start in range(0, len(rows), SOME):
        once = insert.values(rows[start : start + SOME]).on_conflict_do_nothing()
        added += len(session.connection().execute(once.returning(literal_column("1"))).all())
    return added == len(rows)


def _insert(session: Session, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Into this table, as the database at hand says what happens where a row is there."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    return sqlite.insert(model) if on_sqlite else postgresql.insert(model)
