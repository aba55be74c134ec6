"""The history of the schema, and how to bring a database up to date.

Alembic is loaded by whoever changes a schema. A server only asks which one stands, and is up half
a second sooner without it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from journal.db import Database, schema_of

if TYPE_CHECKING:
    from alembic.config import Config

HISTORY = Path(__file__).parent


def config(database: Database) -> "Config":
    """Alembic's settings for one database; there is no ini file."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    settings = Config()
    settings.set_main_option("script_location", str(HISTORY))
    settings.attributes["engine"] = database.engine
    return settings


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema up to `revision`."""
    from alembic import command  # noqa: PLC0415 - see above

    command.upgrade(config(database), revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the schema back to `revision`; `base` empties it."""
    from alembic import command  # noqa: PLC0415 - see above

    command.downgrade(config(database), revision)


def is_current(database: Database) -> bool:
    """Whether the schema is the one this code was written for."""
    return _stands_at(database) == newest()


def is_empty(database: Database) -> bool:
    """Whether there is no schema yet."""
    return _stands_at(database) is None


def newest() -> str:
    """Where the history ends: its files are numbered, and each follows the one before."""
    return max(file.name.partition("_")[0] for file in (HISTORY / "versions").glob("[0-9]*.py"))


def _stands_at(database: Database) -> str | None:
    with database.engine.connect() as connection:
        return schema_of(connection)
