"""A clinic changes what its people are offered: a new edition each time, nothing is overwritten."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from journal.accounts.principals import Admin
from journal.care import links
from journal.care import service as care
from journal.care.models import Clinic
from journal.catalog import rules, service, shelf, stored
from journal.catalog.models import ContentKind
from journal.catalog.rules import Around, Fault
from journal.catalog.stored import Content
from journal.catalog.texts import ID, ClinicTexts, before_any
from journal.content import library
from journal.content.guides import Guide, Item
from journal.content.shapes import Skill
from journal.errors import Conflict, Invalid


class NewerEdition(Conflict):
    """Somebody has made another edition meanwhile; `edition` is its number."""

    title = "There is a newer edition"


@dataclass(frozen=True, slots=True)
class Made:
    """The edition that now is the newest, and whether this call made it."""

    id: str
    edition: int
    fresh: bool


def save_guide(
    session: Session, admin: Admin, guide: Guide, *, edited_from: int, at: datetime
) -> Made:
    """Make the next edition of a guide. Sent again, it answers with the edition it made.

    :raises Invalid: the guide is fixed, or changes what answers to it mean.
    :raises NewerEdition: `edited_from` is not the newest.
    """
    clinic = _locked(session, admin)
    around = service.whole_library(session, clinic.id)
    standing = around.guide_editions.newest.get(guide.id)
    if standing is not None and (why := rules.fixed(standing)):
        raise Invalid(why)
    if made := _stands(standing, guide, guide.id, edited_from):
        return made
    faults = rules.guide_faults(standing, guide, _around(session, clinic.id, standing, guide))
    _refuse(faults)
    return _put_up(session, clinic, admin, ContentKind.GUIDE, guide.id, guide, at)


def save_skill(
    session: Session, admin: Admin, skill: Skill, *, edited_from: int, at: datetime
) -> Made:
    """Make the next edition of a skill. Sent again, it answers with the edition it made.

    :raises Invalid: it changes what is not the clinic's to change.
    :raises NewerEdition: `edited_from` is not the newest.
    """
    clinic = _locked(session, admin)
    everything = service.whole_library(session, clinic.id)
    standing = everything.skill_editions.newest.get(skill.id)
    if made := _stands(standing, skill, skill.id, edited_from):
        return made
    _refuse(rules.skill_faults(standing, skill))
    return _put_up(session, clinic, admin, ContentKind.SKILL, skill.id, skill, at)


def save_texts(
    session: Session, admin: Admin, texts: ClinicTexts, *, edited_from: int, at: datetime
) -> Made:
    """Make the next edition of a clinic's texts; its numbers are on Help from then on.

    :raises NewerEdition: `edited_from` is not the newest.
    """
    clinic = _locked(session, admin)
    edition, standing = texts_of(session, clinic)
    if stored.to_bytes(standing) == stored.to_bytes(texts):
        return Made(ID, edition, fresh=False)
    _newest(edition, edited_from)
    # Help reads the clinic's row alone: it has to answer whatever else is broken.
    clinic.numbers = [asdict(number) for number in texts.numbers]
    return _put_up(session, clinic, admin, ContentKind.TEXTS, ID, texts, at)


def texts_of(session: Session, clinic: Clinic) -> tuple[int, ClinicTexts]:
    """A clinic's texts as they stand, with their edition; 0 before it has changed any."""
    edition, own = service.texts_of(session, clinic.id)
    return edition, own or before_any(clinic)


def _locked(session: Session, admin: Admin) -> Clinic:
    """The admin's clinic, its row locked: one change at a time.

    :raises NotFound: they look after none, or were removed while they waited for it.
    """
    clinic = care.admins_clinic(session, admin)
    links.hold(session, admin.id, clinic)
    return clinic


def _stands(
    standing: Guide | Skill | None, content: Guide | Skill, id: str, edited_from: int
) -> Made | None:
    """The newest edition, if it says this already."""
    if standing is not None and stored.to_bytes(standing) == stored.to_bytes(content):
        return Made(id, standing.edition, fresh=False)
    _newest(standing.edition if standing else 0, edited_from)
    return None


def _newest(edition: int, edited_from: int) -> None:
    if edited_from != edition:
        raise NewerEdition(edition=edition)


def _refuse(faults: Iterable[Fault]) -> None:
    if errors := [{"pointer": at, "detail": fault} for at, fault in faults]:
        raise Invalid(errors=errors)


def _put_up(
    session: Session,
    clinic: Clinic,
    admin: Admin,
    kind: ContentKind,
    id: str,
    content: Content,
    at: datetime,
) -> Made:
    body = stored.to_bytes(content)
    edition = shelf.put_up(session, kind, id, body, clinic_id=clinic.id, made_by=admin.id, at=at)
    session.flush()
    return Made(id, edition, fresh=True)


def _around(session: Session, clinic_id: UUID, standing: Guide | None, guide: Guide) -> Around:
    """What a guide's questions are compared with; old editions only if there are new questions."""
    everything = service.whole_library(session, clinic_id)
    known = {item.id for item in standing.items} if standing else set()
    if known >= {item.id for item in guide.items}:
        return Around(everything, frozenset(), {})
    others = _asked_elsewhere(guide.id)
    before: dict[str, Item] = {}
    for row in shelf.every(session, clinic_id, ContentKind.GUIDE):
        body = orjson.loads(shelf.opened(session, row))
        if row.id != guide.id:
            others |= {item["id"] for item in body["items"]}
        else:
            old = service.guide(session, row.id, row.edition)
            before |= {item.id: item for item in old.items}
    return Around(everything, frozenset(others), before)


def _asked_elsewhere(id: str) -> set[str]:
    """The questions of the product's other guides."""
    every = library.load().guide_editions.every.values()
    return {item.id for guide in every if guide.id != id for item in guide.items}
