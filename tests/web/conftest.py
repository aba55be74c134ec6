"""The HTTP tools do not know which database is below: here it is SQLite alone."""

import shutil

import pytest


@pytest.fixture
def database_url(migrated_file, tmp_path):
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'journal.db')}"
