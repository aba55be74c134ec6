import pytest

from journal.db import Database


@pytest.fixture
def sqlite(tmp_path):
    """An empty SQLite database in a file, whatever the rest of the suite runs on."""
    database = Database(f"sqlite:///{tmp_path / 'own.db'}")
    yield database
    database.dispose()
