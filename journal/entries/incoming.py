"""What a device sent, made into a draft or a clear refusal; one item of a batch at a time."""

from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import ValidationError
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.catalog import service as catalog
from journal.content import answers as content_answers
from journal.content.library import UnknownGuide
from journal.entries import reading, service
from journal.entries.rows import Draft, Pen
from journal.entries.schemas import SyncItem
from journal.entries.service import Saved
from journal.errors import Invalid, JournalError
from journal.web import problems

TWO_TEXTS = "Two versions"
TWO_TEXTS_DETAIL = "This was changed on another device. Both texts are kept."

_item = SyncItem()


def save_one(
    opened: Session, author: Patient, pen: Pen, item: Any, *, at: datetime
) -> dict[str, Any]:
    """Save one item of a batch inside its own savepoint."""
    result: dict[str, Any] = {"id": _id_in(item, "id"), "revision": _id_in(item, "revision")}
    before = pen.n
    try:
        sent = _item.load(item)
        checked = draft(opened, author, sent, sent["id"], sent["parent"])
        with opened.begin_nested():
            done = service.write(opened, pen, checked, at=at)
    except ValidationError as error:
        invalid = Invalid(errors=problems.some(error.messages))
        return result | {"status": 422, "problem": problems.of(invalid).get_json()}
    except JournalError as error:
        pen.n = before
        return result | {"status": error.status, "problem": problems.of(error).get_json()}
    if done.conflicting:
        more = {"type": "about:blank", "title": TWO_TEXTS, "status": 409}
        return result | {"status": 409, "problem": more | conflict(opened, author, done)}
    return result | {"status": 201 if done.created else 200, "saved": wire(done)}


def _id_in(item: Any, name: str) -> str | None:
    """The id a result speaks of; nothing else that was sent is repeated."""
    value = item.get(name) if isinstance(item, dict) else None
    try:
        return str(UUID(value))
    except (ValueError, TypeError, AttributeError):
        return None


def draft(
    opened: Session, author: Patient, sent: dict[str, Any], entry_id: UUID, parent: UUID | None
) -> Draft:
    """Check the answers against the guide's items.

    :raises Invalid: unknown guide or edition, or answers that do not fit.
    """
    try:
        guide = catalog.guide(opened, sent["guide"], sent["edition"], reader=author)
    except UnknownGuide:
        raise Invalid.at("/edition", "No such guide and edition.") from None
    try:
        answers = content_answers.check(guide, sent["answers"])
    except ValidationError as error:
        raise Invalid(errors=problems.some({"answers": error.messages})) from None
    return Draft(
        id=entry_id,
        revision=sent["revision"],
        parent=parent,
        guide=guide.id,
        edition=guide.edition,
        occurred_at=sent["occurred_at"],
        zone=sent["zone"],
        answers=answers,
        resolves=tuple(sent["resolves"]),
    )


def wire(done: Saved) -> dict[str, Any]:
    """The answer to a save."""
    return {
        "id": done.id,
        "revision": done.revision,
        "n": done.n,
        "saved_at": done.saved_at,
        "conflicts": done.conflicts,
    }


def conflict(opened: Session, author: Patient, done: Saved) -> dict[str, Any]:
    """What a 409 says beside its title: the text is kept, and this is the newer one."""
    return {
        "detail": TWO_TEXTS_DETAIL,
        "stored": True,
        "head": reading.entry(opened, author, done.id),
    }
