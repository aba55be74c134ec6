"""`journal serve`: the canary first, then the traffic."""

import os
from functools import partial
from pathlib import Path

import click
from flask import Flask

from journal import app as application
from journal import canary, clock, opened
from journal.config import Settings
from journal.web import logs


@click.command()
@click.option("--host", default="localhost", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option(
    "--log",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file its lines go to, one JSON object each [standard error].",
)
@click.pass_obj
def serve(env_file: Path, host: str, port: int, log: Path | None) -> None:
    """Run the production server."""
    from journal.web import server  # noqa: PLC0415 - the other commands do without a server

    settings = opened.settings(env_file)
    logs.write(log)
    try:
        # Here and not in each worker: they run what this process has, on the same database.
        canary.check(settings, at=clock.now())
    except canary.Escaped as error:
        raise click.ClickException(f"{error}. Nothing is served.") from None
    # One process writes to SQLite: its writers queue in the order they came.
    workers = 1 if settings.database_url.startswith("sqlite") else os.cpu_count() or 1
    make = partial(_worker, settings, log)
    try:
        server.serve(make, host=host, port=port, workers=workers)
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror}") from None


def _worker(settings: Settings, log: Path | None) -> Flask:
    """The application of one worker, in its process."""
    logs.write(log)
    return application.create_app(settings)
