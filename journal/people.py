"""`journal people …`: somebody leaves, is reassigned or deactivated; what that ended, in numbers.

All of it is as when an admin does it, down to what the people it is about are told.
A person is named by id or by e-mail address. Neither is said again, nor is any name.
"""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy.orm import Session

from journal import clock, opened
from journal.accounts import recovering
from journal.accounts import service as accounts
from journal.accounts.models import Account
from journal.accounts.principals import Role
from journal.care import links
from journal.roster import by_command
from journal.sharing.leaving import Ended

Find = Callable[..., Account]


@click.group(name="people")
def group() -> None:
    """Say that somebody leaves. Their access ends at once, and nothing brings it back."""


@group.command()
@click.argument("person")
@click.option("--clinic", type=click.UUID, help="Its id, for somebody who belongs to several.")
@click.pass_obj
def leave(env_file: Path, person: str, clinic: UUID | None) -> None:
    """A therapist or a patient leaves their clinic."""

    def act(session: Session, find: Find) -> Ended:
        who = find(person).id
        theirs = links.clinics_of(session, who)
        if clinic is None and len(theirs) > 1:
            raise click.ClickException("they belong to several clinics: say which with --clinic")
        here = [one for one in theirs if clinic in {None, one}]
        if not here:
            raise click.ClickException("they belong to no such clinic")
        return by_command.leave(session, who, here[0], at=clock.now())

    _run(env_file, act)


@group.command()
@click.argument("patient")
@click.argument("therapist")
@click.pass_obj
def reassign(env_file: Path, patient: str, therapist: str) -> None:
    """A therapist no longer sees a patient. Whoever does next starts with nothing."""

    def act(session: Session, find: Find) -> Ended:
        both = find(patient, Role.PATIENT).id, find(therapist, Role.THERAPIST).id
        return by_command.reassign(session, *both, at=clock.now())

    _run(env_file, act)


@group.command()
@click.argument("person")
@click.pass_obj
def deactivate(env_file: Path, person: str) -> None:
    """Nobody signs in with this account any more, on any device."""

    def act(session: Session, find: Find) -> Ended:
        return by_command.deactivate(session, find(person).id, at=clock.now())

    _run(env_file, act)


@group.command()
@click.argument("person")
@click.pass_obj
def recover(env_file: Path, person: str) -> None:
    """Make a one-time link for somebody who cannot get in. It is one of two things they need."""
    settings, database = opened.settings(env_file), opened.database(env_file)
    with database.session(writing=True) as session:
        who = accounts.find(session, settings.secret_key, person)
        if who is None or who.disabled_at is not None:
            raise click.ClickException("nobody who signs in has this id, address or name")
        token = recovering.start_by_clinic(session, who.id, at=clock.now())
    # After the `#` it is in no log and in no request.
    click.echo(f"{settings.public_url}/recover#{token}")
    click.echo("It works once, for 72 hours, together with their recovery code or a known device.")


def _run(env_file: Path, act: Callable[[Session, Find], Ended]) -> None:
    settings, database = opened.settings(env_file), opened.database(env_file)
    with database.session(writing=True) as session:

        def find(said: str, role: Role | None = None) -> Account:
            who = accounts.find(session, settings.secret_key, said)
            if who is None or role not in {None, who.role}:
                called = role.value if role else "person"
                raise click.ClickException(f"no {called} with this id or address")
            return who

        ended = act(session, find)
    click.echo(f"No longer see each other: {ended.links}")
    click.echo(f"Consents ended: {ended.consents}")
