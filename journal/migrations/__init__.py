"""The history of the schema, and how to bring a database up to date."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from journal.db import Database

HISTORY = Path(__file__).parent


def config(database: Database) -> Config:
    """Alembic's settings for one database; there is no ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(HISTORY))
    settings.attributes["engine"] = database.engine
    return settings


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema up to `revision`."""
    command.upgrade(config(database), revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the schema back to `revision`; `base` empties it."""
    command.downgrade(config(database), revision)


def is_current(database: Database) -> bool:
    """Whether the schema is the one this code was written for."""
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_heads()
    return set(found) == _heads()


@cache
def _heads() -> frozenset[str]:
    """Where the history ends. It is part of this code: reading it once is enough."""
    return frozenset(ScriptDirectory(str(HISTORY)).get_heads())


def is_empty(database: Database) -> bool:
    """Whether there is no schema yet."""
    with database.engine.connect() as connection:
        return not MigrationContext.configure(connection).get_current_heads()
