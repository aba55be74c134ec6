"""`journal keys …`: a new master key, and every data key wrapped under it."""

import base64
import os
import re
from pathlib import Path

import click

from journal import clock, envfile, opened
from journal.config import master_keys, read_env_file
from journal.db import Database
from journal.vault import keys

NAME = "JOURNAL_MASTER_KEYS"


@click.group(name="keys")
def group() -> None:
    """Exchange the master key. What it protects is not written anew, and stays readable."""


@group.command()
@click.pass_obj
def new(env_file: Path) -> None:
    """Put a new master key first in the settings file; the old ones still open."""
    if NAME in os.environ or NAME not in read_env_file(env_file):
        raise click.ClickException(f"{NAME} does not come from {env_file}: change it where it lies")
    known = master_keys(read_env_file(env_file)[NAME])
    name = f"m{clock.now():%Y%m%d%H%M%S}"
    if name in known:
        raise click.ClickException("a key was made in this very second; wait for the next")
    fresh = f"{name}:{base64.b64encode(os.urandom(32)).decode()}"
    text = env_file.read_text("utf-8")
    changed = re.sub(rf"^(\s*{NAME}\s*=\s*)", rf"\g<1>{fresh},", text, count=1, flags=re.MULTILINE)
    envfile.replace(env_file, changed)
    click.echo("A new master key comes first. Keep a copy of the settings file, start the server")
    click.echo("anew so that it knows the key, then run `journal keys rewrap`.")


@group.command()
@click.pass_obj
def rewrap(env_file: Path) -> None:
    """Wrap every data key under the first master key; the server may go on meanwhile."""
    changed = everything_anew(opened.database(env_file))
    click.echo(f"Data keys wrapped anew: {changed}")
    click.echo(
        "An older master key is needed for the backups made until now, and for nothing else."
    )


def everything_anew(database: Database) -> int:
    """Wrap every data key anew, a few at a time; return how many that were."""
    changed = 0
    while True:
        with database.session(writing=True) as session:
            some = keys.rewrap(session)
        if not some:
            return changed
        changed += some
