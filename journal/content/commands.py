"""`journal content …`: look after guides, skills and texts."""

import click

from journal.content import check, library, table


@click.group(name="content")
def group() -> None:
    """Look after guides, skills and texts."""


@group.command(name="check")
@click.option("--release", is_flag=True, help="Also fail while a crisis line is unverified.")
def check_content(release: bool) -> None:
    """Check wording, reading grades and crisis lines; exit 1 on any finding."""
    found = [str(finding) for finding in check.check()]
    waiting = check.unverified(library.load())
    for sentence in [*found, *(waiting if release else [])]:
        click.echo(sentence, err=True)
    if found or (release and waiting):
        raise SystemExit(1)
    click.echo(f"Content holds. Crisis regions nobody has verified yet: {len(waiting)}.")


@group.command(name="table")
def content_table() -> None:
    """Print every guide, item and skill with its type, source and licence."""
    click.echo(table.table(library.load()), nl=False)
