"""`journal …`: set up, run and check a server."""

import logging
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import orjson

from journal import app as application
from journal import (
    audit,
    clock,
    demo,
    migrations,
    nightly,
    opened,
    people,
    rotation,
    serving,
)
from journal.config import Settings, make_env_file
from journal.consent import ledger
from journal.content import commands as content
from journal.db import Database
from journal.entries import service as entries
from journal.invitations import service as invitations
from journal.media import removing as media
from journal.setup.command import command as setup
from journal.sharing import tidying

DEFAULT_ENV_FILE = Path("var/journal.env")


@click.group()
@click.option(
    "--env-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"Settings to add to the environment [{DEFAULT_ENV_FILE}, if it is there].",
)
@click.pass_context
def main(context: click.Context, env_file: Path | None) -> None:
    """Integration Journal: write, hand over, read, take back."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    context.obj = env_file or DEFAULT_ENV_FILE


@main.command()
@click.pass_obj
def init(env_file: Path) -> None:
    """Make the settings file with fresh secrets, unless it is there."""
    if env_file.exists():
        click.echo(f"Settings: {env_file} (kept)")
        return
    make_env_file(env_file, master_name=f"m{clock.now():%Y%m%d}")
    click.echo(f"Settings: {env_file} (made, readable by you alone)")


@main.command()
@click.option("--dry-run", is_flag=True, help="Change nothing; say what would end.")
@click.pass_obj
def upgrade(env_file: Path, dry_run: bool) -> None:
    """Bring the database to the schema of this version."""
    database = opened.database(env_file)
    if not dry_run:
        migrations.upgrade(database)
    elif migrations.is_empty(database):
        click.echo("Database: empty")
        return
    click.echo(f"Database: {'' if migrations.is_current(database) else 'not '}up to date")
    with database.session(writing=False) as session:
        if count := tidying.over(session, at=clock.now()):
            click.echo(f"Consents that are over and end when next met: {count}")


@main.command(name="demo")
@click.pass_obj
def fill_demo(env_file: Path) -> None:
    """Fill an empty database with the demo clinic; print who can sign in."""
    settings, database = opened.settings(env_file), opened.database(env_file)
    migrations.upgrade(database)
    try:
        with database.session(writing=True) as session:
            fresh = demo.fill(session, settings.secret_key, at=clock.now())
    except demo.NotEmpty:
        raise click.ClickException("people of its own are in this database; it was kept") from None
    for line in demo.notice(settings.public_url, fresh=fresh):
        click.echo(line)


@main.command()
@click.pass_obj
def check(env_file: Path) -> None:
    """Verify the receipts and the consent ledger; exit 1 when something does not hold."""
    _report(opened.database(env_file))


@main.command()
@click.option("--requests", default=1500, show_default=True, help="For each measurement.")
@click.option("--postgresql", metavar="URL", help="An empty database, to measure that as well.")
def bench(requests: int, postgresql: str | None) -> None:
    """Measure our requests beside the floors of this machine."""
    from journal.bench import run  # noqa: PLC0415 - the other commands do without

    run.run(requests, postgresql, echo=click.echo)


@main.command()
@click.pass_obj
def restored(env_file: Path) -> None:
    """Say that the database came from a backup: phones send again what the backup lacks."""
    with opened.database(env_file).session(writing=True) as session:
        count = entries.renumber(session)
    click.echo(f"Journals numbered anew: {count}")


@main.command()
@click.pass_obj
def tidy(env_file: Path) -> None:
    """End what is over, remove copies that outlived their consent, forget what is old."""
    with opened.database(env_file).session(writing=True) as session:
        done = tidying.tidy(session, at=clock.now())
        over = invitations.tidy(session, at=clock.now())
    click.echo("\n".join([*done.said(), f"Old invitations forgotten: {over}"]))


@main.group(name="media")
def media_group() -> None:
    """Look after recordings and photos."""


@media_group.command()
@click.pass_obj
def sweep(env_file: Path) -> None:
    """Remove what a crash left in the store and nobody can read any more."""
    with opened.database(env_file).session(writing=False) as session:
        count = media.sweep(session, at=clock.now())
    click.echo(f"Left over and removed: {count}")


@main.group(name="audit")
def audit_group() -> None:
    """Look after the receipts."""


@audit_group.command()
@click.pass_obj
def verify(env_file: Path) -> None:
    """Find any receipt that was changed, removed, added or moved."""
    _report(opened.database(env_file))


@main.command()
@click.pass_obj
def openapi(env_file: Path) -> None:
    """Print the OpenAPI document of this version."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            database_url=f"sqlite:///{folder}/empty.db",
            secret_key="x" * 32,
            master_keys={"none": bytes(32)},
        )
        migrations.upgrade(application.open_database(settings))
        app = application.create_app(settings)
        document = app.test_client().get("/api/openapi.json").get_json()
    sys.stdout.buffer.write(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")


def _findings(database: Database) -> Iterator[str]:
    with database.session(writing=False) as session:
        yield from audit.verify(session)
        yield from ledger.verify(session)


def _report(database: Database) -> None:
    if not migrations.is_current(database):
        raise click.ClickException("the database is not up to date: run `journal upgrade`")
    for sentence in (found := list(_findings(database))):
        click.echo(sentence, err=True)
    if found:
        raise SystemExit(1)
    click.echo("Receipts and consent ledger hold.")


for command in (
    content.group,
    people.group,
    rotation.group,
    nightly.backed_up,
    setup,
    serving.serve,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
