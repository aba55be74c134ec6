"""Engine, sessions, the declarative base and the column types all features share."""

from journal.db.away import is_away
from journal.db.base import Base, Instant, insert_all_once, insert_once
from journal.db.engine import Database
from journal.db.schema import schema_of

__all__ = ["Base", "Database", "Instant", "insert_all_once", "insert_once", "is_away", "schema_of"]
