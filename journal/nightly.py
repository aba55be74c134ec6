"""`journal backed-up`: what a nightly script says once the backup is whole."""

from pathlib import Path

import click

from journal import clock, opened
from journal.roster import health


@click.command(name="backed-up")
@click.pass_obj
def backed_up(env_file: Path) -> None:
    """Say that there is a whole backup as of now; admins see its date."""
    with opened.database(env_file).session(writing=True) as session:
        health.backed_up(session, at=clock.now())
    click.echo("Noted.")
