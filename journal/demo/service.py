"""Fill an empty database with the demo clinic, and say who can sign in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts import codes
from journal.accounts.models import Account
from journal.accounts.principals import Patient, Role
from journal.care.models import Clinic
from journal.demo import canary
from journal.demo.calendar import Calendar
from journal.demo.files import load
from journal.demo.ids import CLINIC_ID, made_id
from journal.demo.people import CODE, Reception
from journal.demo.telling import Telling


class NotEmpty(Exception):
    """People who are not the demo's are in the database."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody a visitor can sign in as."""

    name: str
    role: Role
    email: str
    tries: str


def fill(session: Session, secret_key: str, *, at: datetime) -> bool:
    """Fill an empty database with the demo clinic as it would be at `at`.

    What a filled one holds by now is kept as it is; but whoever in it has no code, since it was
    filled before there were any, is given the demo's: they could not sign in without.

    :param secret_key: keys the look-up of e-mail addresses.
    :return: whether it was filled now.
    :raises NotEmpty: somebody else's accounts are in it; nothing was changed.
    """
    if session.get(Clinic, CLINIC_ID) is not None:
        _give_codes(session)
        return False
    if session.scalars(select(Account.id).limit(1)).first() is not None:
        raise NotEmpty
    demo = load()
    house = demo.house
    reception = Reception(session, secret_key, house)
    staff = reception.open_clinic(Calendar(at, house.zone, house.clear_time, ()))
    for story in demo.stories:
        calendar = Calendar(at, story.zone, house.clear_time, story.doses)
        author = Patient(reception.admit(story, calendar, staff))
        Telling(session, author, story, calendar, staff).tell()
    return True


def _give_codes(session: Session) -> None:
    demo = load()
    for key in [one.key for one in demo.house.staff] + [one.key for one in demo.stories]:
        account = session.get(Account, made_id("account", key))
        if account is not None and not codes.has(session, account.id):
            codes.give_demo(session, account.id, CODE)


def sign_ins() -> Sequence[SignIn]:
    """Everybody in the demo clinic: patients first, each with what to try as them."""
    demo = load()
    patients = [SignIn(one.name, Role.PATIENT, one.email, one.tries) for one in demo.stories]
    staff = [SignIn(one.name, one.role, one.email, one.tries) for one in demo.house.staff]
    return [*patients, *staff]


def canaries() -> Sequence[str]:
    """A distinctive phrase from every text of every entry, to look for in dumps and logs."""
    return canary.of(load())
