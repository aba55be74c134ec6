"""`journal setup`: from nothing to a clinic with a link for its first admin, by seven questions.

It can be run again: what is there stays, and as long as no admin has joined it makes a new link.
"""

import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

import click
import uuid_utils.compat as uuids
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal import clock, config, envfile, migrations, opened
from journal.accounts.models import Account
from journal.accounts.principals import Role
from journal.care.models import Clinic, Membership
from journal.invitations import service as invitations
from journal.setup import answers

ADDRESS = "JOURNAL_PUBLIC_URL"

Check = Callable[[str], str]


@click.command("setup")
@click.option("--address", help="Where people will open it: https://journal.example.org")
@click.option("--clinic", help="What the clinic is called.")
@click.option("--region", help="Its region, such as GB, US or IE: emergency number, crisis lines.")
@click.option("--zone", help="Its time zone, such as Europe/London.")
@click.option("--numbers", help=f"Its telephone numbers: '{answers.NUMBERS}'.")
@click.option("--clear-time", help="When decisions count again the morning after a dose: 09:00.")
@click.option("--admin", help="Who will look after it.")
@click.pass_obj
def command(env_file: Path, /, **said: str | None) -> None:
    """Set a clinic up: ask what is not said by an option, and invite the first admin."""
    _settle_address(env_file, said["address"])
    settings, database = opened.settings(env_file), opened.database(env_file)
    migrations.upgrade(database)
    with database.session(writing=False) as session:
        known = _clinic(session)
        admins = _admins(session, known.id) if known else 0
    if known:
        click.echo(f"Clinic: {known.name} (kept; an admin changes it under Settings)")
    if admins:
        click.echo("An admin has joined already. They invite everybody else; nothing was changed.")
        return
    made = known or _ask_clinic(said)
    name = _ask("Who will look after it? Their name", said["admin"], answers.person)
    with database.session(writing=True) as session:
        # Somebody may have been quicker while this was answered.
        if known is None and _clinic(session) is not None:
            raise click.ClickException("a clinic was set up meanwhile; run this again")
        session.merge(made)
        session.flush()
        at = clock.now()
        before = invitations.end_commands(session, made.id, at=at)
        invited = invitations.invite(
            session,
            clinic_id=made.id,
            id=_new_id(),
            role=Role.ADMIN,
            name=name,
            made_by=None,
            at=at,
        )
    if before:
        click.echo("The link that was printed before opens nothing any more.")
    click.echo(f"\nFor {name}, once, until {invited.expires_at:%Y-%m-%d %H:%M} UTC:\n")
    click.echo(f"  {invitations.link(settings.public_url, invited.token)}\n")
    click.echo("Give it to nobody else. It stands nowhere but here; run this again for another.")


def _settle_address(env_file: Path, said: str | None) -> None:
    """Make the settings file unless it is there, and write down where people open it."""
    if not env_file.exists():
        address = _ask("Where will people open it? Its address", said, answers.address)
        config.make_env_file(env_file, master_name=f"m{clock.now():%Y%m%d}")
        envfile.put(env_file, ADDRESS, address)
        click.echo(f"Settings: {env_file} (made, readable by you alone)")
        return
    stands = {**config.read_env_file(env_file), **os.environ}.get(ADDRESS)
    if said is None and stands is not None:
        click.echo(f"Settings: {env_file} (kept)")
        return
    address = _ask("Where will people open it? Its address", said, answers.address)
    if os.environ.get(ADDRESS) not in {None, address}:
        raise click.ClickException(f"{ADDRESS} is set in the environment, which wins: change it")
    envfile.put(env_file, ADDRESS, address)
    click.echo(f"Settings: {env_file} (kept, with the address {address})")


def _ask_clinic(said: dict[str, str | None]) -> Clinic:
    name = _ask("What is the clinic called", said["clinic"], answers.clinic)
    region = _ask(f"Its region ({', '.join(answers.regions())})", said["region"], answers.region)
    zone = _ask("Its time zone, such as Europe/London", said["zone"], answers.zone)
    asked = (
        f"Telephone numbers for its patients, written like\n  {answers.NUMBERS}\n(- for none yet)"
    )
    numbers = _ask(asked, said["numbers"], answers.dialled)
    clear = _ask(
        "When do decisions count again the morning after a dose",
        said["clear_time"],
        answers.clear,
        default="09:00",
    )
    return Clinic(
        id=_new_id(),
        name=name,
        region=region,
        zone=zone,
        clear_time=clear,
        numbers=[asdict(one) for one in answers.numbers(numbers)],
        out_of_hours="",
        settings_edition=1,
    )


def _ask(question: str, said: str | None, check: Check, *, default: str | None = None) -> str:
    """What an option says or, without one, a person; asked again until it fits.

    :raises click.BadParameter: the option does not fit.
    """
    if said is not None:
        return check(said)
    answer: str = click.prompt(question, default=default, value_proc=check)
    return answer


def _clinic(session: Session) -> Clinic | None:
    """The clinic of this database, or None in an empty one.

    :raises click.ClickException: it holds several, or people without any.
    """
    found = session.scalars(select(Clinic).limit(2)).all()
    if len(found) > 1:
        raise click.ClickException("several clinics are in this database; nothing was changed")
    if not found and session.scalars(select(Account.id).limit(1)).first() is not None:
        raise click.ClickException("people without a clinic are in this database; it was kept")
    return found[0] if found else None


def _admins(session: Session, clinic_id: UUID) -> int:
    there = (
        select(Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.clinic_id == clinic_id,
            Membership.ended_at.is_(None),
            Account.role == Role.ADMIN,
            Account.disabled_at.is_(None),
        )
    )
    return len(session.scalars(there).all())


def _new_id() -> UUID:
    return UUID(str(uuids.uuid7()))
