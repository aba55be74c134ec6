"""Cut out what the patient chose, and copy it across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.care import service as care
from journal.catalog import service as catalog
from journal.consent import ledger
from journal.consent import service as consent
from journal.consent.models import Grant
from journal.content.caught_lines import words_only
from journal.content.guides import Guide, GuideKind, Item, Kind, Share
from journal.content.shown import Answered, Line, Shown, shown
from journal.entries import reading
from journal.entries.reading import Opened
from journal.entries.service import erase
from journal.errors import Conflict, Invalid
from journal.handover import replacing
from journal.sharing import service as sharing
from journal.sharing.models import Excerpt, What
from journal.sharing.service import Copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a patient marked: the whole entry, some answers, or a passage of one answer."""

    what: What
    items: tuple[str, ...] = ()
    part: str = ""
    start: int = 0
    end: int = 0
    quote: str = field(default="", repr=False)


def hand_over(
    session: Session,
    author: Patient,
    *,
    id: UUID,
    grant_id: UUID,
    entry_id: UUID,
    revision: UUID,
    choice: Choice,
    at: datetime,
    replaces: UUID | None = None,
) -> Sequence[Excerpt]:
    """Copy what was chosen into excerpts, one for each category. Sent again, it changes nothing.

    Between a dose and the morning after the copy is held: it goes out at clear_at if the patient
    agreed to that while clear, and otherwise waits to be asked about.

    :param replaces: an earlier hand-over under the same grant, taken back in the same step.
    :raises NotFound: no such grant, entry or earlier hand-over of this patient.
    :raises Conflict: the grant has ended or lacks a category, or the entry has changed.
    :raises Invalid: the choice does not fit the entry.
    """
    ledger.lock(session, author.id)
    if made := sharing.of_handover(session, author, id):
        return made
    grant = _open(session, author, grant_id, at)
    old = replacing.replaced(session, author, replaces, grant) if replaces else []
    entry = reading.opened(session, author, entry_id)
    if entry.revision != revision:
        raise Conflict("The entry has changed. Look at it again first.")
    guide = catalog.guide(session, entry.guide, entry.edition, reader=author)
    words = replace(entry, answers=words_only(guide, entry.answers))
    copies = _copies(id, guide, words, choice)
    back = replacing.stays_back(old)
    _require(session, grant, {copy.category for copy in copies} - back)
    release_at = _release_at(session, author, grant, at)
    made = [sharing.put_in(session, grant, copy, at=at, release_at=release_at) for copy in copies]
    if replaces:
        replacing.take_place(session, author, id, replaces, back, at=at)
    return made


def delete_entry(session: Session, author: Patient, entry_id: UUID, *, at: datetime) -> None:
    """Delete an entry and take back everything that was handed over from it.

    :raises NotFound: there never was such an entry.
    """
    sharing.take_back_entry(session, author, entry_id, at=at)
    erase(session, author, entry_id)


def _open(session: Session, author: Patient, grant_id: UUID, at: datetime) -> Grant:
    """A grant under which something can be handed over now."""
    grant = consent.mine(session, author, grant_id)
    still_theirs = grant.therapist_id in care.therapists_of(session, author.id)
    if not still_theirs or grant not in consent.standing(session, author, at):
        raise Conflict("Sharing with this person has ended.")
    if grant not in consent.in_force(session, author, at):
        raise Conflict("Sharing with this person is paused, or its agreement has changed.")
    return grant


def _require(session: Session, grant: Grant, categories: set[str]) -> None:
    allowed = consent.categories_of(session, [grant.id]).get(grant.id, frozenset())
    if missing := sorted(categories - allowed):
        raise Conflict("You do not share this kind of thing yet.", categories=missing)


def _release_at(session: Session, author: Patient, grant: Grant, at: datetime) -> datetime | None:
    clear = care.not_clear_until(session, author.id, at)
    if clear is None:
        return at
    return clear if grant.release_in_morning else None


def _copies(id: UUID, guide: Guide, entry: Opened, choice: Choice) -> list[Copy]:
    items = _chosen(guide, entry, choice)
    by_category: dict[str, list[Item]] = {}
    for item in items:
        by_category.setdefault(item.category or guide.category, []).append(item)
    return [
        Copy(
            id=uuid5(id, category),
            handover_id=id,
            entry_id=entry.id,
            revision=entry.revision,
            guide=guide.id,
            edition=guide.edition,
            what=choice.what,
            category=category,
            written_at=entry.occurred_at,
            zone=entry.zone,
            content={"title": guide.title, "items": _content(guide, entry, choice, some)},
        )
        for category, some in by_category.items()
    ]


def _chosen(guide: Guide, entry: Opened, choice: Choice) -> list[Item]:
    """The items to copy: answered, and picked by name, or of those a whole entry is made of."""
    if guide.kind is GuideKind.CONCERN:  # whatever a clinic's own edition says of its items
        raise Invalid.at("/what", "This cannot be handed over.")
    answered = [item for item in guide.items if shown(guide, entry.answers, [item.id])]
    if choice.what is not What.WHOLE:
        named = _named(guide, choice)
        chosen = [item for item in answered if item.id in named]
    else:
        # What is private waits to be picked: nobody hands it over without looking at it.
        chosen = [item for item in answered if item.share is Share.ASK]
        if not chosen and any(item.share is Share.PRIVATE for item in answered):
            raise Invalid.at("/what/kind", "These answers are private. Pick those to hand over.")
    if not chosen:
        raise Invalid.at("/what", "There is nothing to hand over here.")
    return chosen


def _named(guide: Guide, choice: Choice) -> frozenset[str]:
    """What was picked by name, if all of it may leave at all."""
    known = {item.id for item in guide.items if item.share is not Share.NEVER}
    if not known.issuperset(choice.items):
        raise Invalid.at("/what", "This answer cannot be handed over.")
    return frozenset(choice.items)


def _content(guide: Guide, entry: Opened, choice: Choice, items: Sequence[Item]) -> list[Answered]:
    if choice.what is What.WHOLE:
        return shown(guide, entry.answers, _asked(guide, items))
    if choice.what is What.ANSWERS:
        return shown(guide, entry.answers, [item.id for item in items])
    text = _text(items[0], entry.answers.get(items[0].id, {}), choice.part)
    there = text[choice.start : choice.end]
    if not there.strip() or there != choice.quote or choice.end > len(text):
        raise Invalid.at("/what/quote", "These words are not at that place.")
    line = Line(label=None, value=choice.quote, own=True)
    return [Answered(question=items[0].text, answer=Shown(lines=[line]))]


def _asked(guide: Guide, items: Sequence[Item]) -> list[str]:
    """What a whole entry asks of this kind, answered or not: of a measure it says how many are."""
    kinds = {item.category or guide.category for item in items}
    whole = [item for item in guide.items if item.share is Share.ASK]
    return [item.id for item in whole if (item.category or guide.category) in kinds]


def _text(item: Item, answer: Mapping[str, Any], part: str) -> str:
    """The words somebody typed in one part; a picked option is no text to quote from."""
    typed = {one.name for one in item.parts if one.kind is Kind.TEXT}
    typed |= {one.other_name for one in item.parts if one.other}
    if part not in typed or part not in answer:
        raise Invalid.at("/what/part", "There is no text here.")
    return str(answer[part])
