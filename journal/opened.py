"""Settings and database of a command, from the file it was given and the environment."""

import os
from pathlib import Path

import click

from journal import app as application
from journal.config import BadSettings, Settings, read_env_file
from journal.db import Database


def settings(env_file: Path) -> Settings:
    """The settings; the environment goes before the file.

    :raises click.ClickException: one is missing or does not fit.
    """
    env = read_env_file(env_file) if env_file.exists() else {}
    try:
        return Settings.from_env({**env, **os.environ})
    except BadSettings as error:
        raise click.ClickException(str(error)) from None


def database(env_file: Path) -> Database:
    """The database, whatever its schema."""
    return application.open_database(settings(env_file))
