"""An operator's commands, with a settings file of the test's own."""

import os

import pytest
from click.testing import CliRunner

from journal.cli import main


@pytest.fixture
def env_file(tmp_path):
    return tmp_path / "var" / "journal.env"


@pytest.fixture
def journal(env_file, monkeypatch):
    """`journal("upgrade")`: run a command with a settings file of the test's own."""
    for name in [name for name in os.environ if name.startswith("JOURNAL_")]:
        monkeypatch.delenv(name)

    def run(*command, input=None):
        return CliRunner().invoke(main, ["--env-file", str(env_file), *command], input=input)

    return run
