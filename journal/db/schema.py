"""Which schema stands in a database, by the number of its newest migration."""

from sqlalchemy import Connection, String, column, inspect, select, table

STANDS = select(column("version_num", String)).select_from(table("alembic_version"))


def schema_of(connection: Connection) -> str | None:
    """The number of the newest migration; None where there is no schema yet."""
    return connection.scalar(STANDS) if inspect(connection).has_table("alembic_version") else None
