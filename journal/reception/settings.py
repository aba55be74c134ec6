"""A clinic's settings. Its numbers and its response plan are texts of their own (`catalog`)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from journal.accounts.principals import Admin, Role
from journal.care import links
from journal.care import service as care
from journal.catalog import service as catalog
from journal.content import library
from journal.errors import Conflict, Invalid
from journal.reception import here, local, windows
from journal.reception.here import plain


class NewerSettings(Conflict):
    """Somebody has changed them meanwhile; `edition` is the one that stands."""

    title = "There are newer settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an admin can set."""

    name: str
    region: str
    zone: str
    clear_time: str
    out_of_hours: str
    course_sessions: int | None
    numbers_checked_on: date | None


FIELDS = tuple(Said.__dataclass_fields__)


def read(session: Session, admin: Admin) -> dict[str, Any]:
    """The settings as they stand, with what is set elsewhere beside them.

    :raises NotFound: they look after no clinic (any more).
    """
    clinic = care.admins_clinic(session, admin)
    _, texts = catalog.texts_of(session, clinic.id)
    return {
        "edition": clinic.settings_edition,
        **{name: getattr(clinic, name) for name in FIELDS},
        "numbers": clinic.numbers,
        "response_plan": bool(texts and texts.response_plan),
        "regions": [one.region for one in library.load().regions],
    }


def save(session: Session, admin: Admin, said: Said, *, edited_from: int, at: datetime) -> None:
    """Change the settings. The same again changes nothing, whatever edition it came from.

    :raises NotFound: they look after no clinic (any more).
    :raises Invalid: no known region or zone, or a day that has not come.
    :raises NewerSettings: `edited_from` is not the edition that stands.
    """
    clinic = care.admins_clinic(session, admin)
    links.hold(session, admin.id, clinic)
    people = here.look(session, admin)
    if all(getattr(clinic, name) == getattr(said, name) for name in FIELDS):
        return
    if edited_from != clinic.settings_edition:
        raise NewerSettings(edition=clinic.settings_edition)
    _check(said, at)
    moves = said.clear_time != clinic.clear_time
    for name in FIELDS:
        setattr(clinic, name, getattr(said, name))
    clinic.settings_edition += 1
    session.flush()
    if moves:
        zones = {one.id: one.zone for one in people.every(Role.PATIENT)}
        windows.reckon_anew(session, clinic, zones, at=at)


def _check(said: Said, at: datetime) -> None:
    faults = []
    if said.region not in {one.region for one in library.load().regions}:
        faults.append(("/region", "Not one of the regions."))
    if not local.is_zone(said.zone):
        faults.append(("/zone", "Not a time zone, such as Europe/London."))
    elif said.numbers_checked_on and said.numbers_checked_on > local.today(at, said.zone):
        faults.append(("/numbers_checked_on", "This day has not come yet."))
    if not plain(said.name):
        faults.append(("/name", "A clinic has a name."))
    if faults:
        raise Invalid(errors=[{"pointer": at_, "detail": why} for at_, why in faults])
