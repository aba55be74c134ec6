"""Cut out what the patient chose, and copy it across."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.care import service as care
from journal.catalog import service as catalog
from journal.consent import ledger
from journal.consent import service as consent
from journal.consent.models import Grant
from journal.content.guides import Guide
from journal.entries import reading
from journal.entries.reading import Opened
from journal.entries.service import erase
from journal.errors import Conflict
from journal.handover import again, along, replacing, words
from journal.handover.choice import Choice
from journal.media import copies
from journal.media.copies import Copied
from journal.sharing import briefs
from journal.sharing import service as sharing
from journal.sharing.models import Excerpt
from journal.sharing.service import Copy


def seal_media(
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
    uncut: bool = False,
) -> list[Copied]:
    """Copy the media that were chosen into the store, before `hand_over` writes them down.

    It only reads the database, so that nobody waits for the bytes. Until its row is written a copy
    is noise; who gets an error from `hand_over` discards it.

    :raises NotFound, Conflict, Invalid: as `hand_over` does, before a byte is copied.
    :raises NoRoom: they would not fit.
    """
    if not choice.media or sharing.of_handover(session, author, id):
        return []
    grant, entry, guide = _ready(session, author, grant_id, entry_id, revision, at)
    picked = along.picked(guide, entry, choice)
    old = _old(session, author, replaces, grant, uncut=uncut)
    _require(session, grant, {along.CATEGORY} - replacing.stays_back(old))
    return along.sealed(session, author, entry, picked)


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
    uncut: bool = False,
    media: Sequence[Copied] = (),
) -> Sequence[Excerpt]:
    """Copy what was chosen into excerpts, one for each category. Sent again, it changes nothing.

    Between a dose and the morning after the copy is held: it goes out at clear_at if the patient
    agreed to that while clear, and otherwise waits to be asked about.

    :param replaces: taken back in the same step; what was cut of it comes back only if `uncut`.
    :param media: what `seal_media` gave for the same choice.
    :raises NotFound: no such grant, entry or earlier hand-over of this patient.
    :raises Conflict: the grant or the entry has changed, a cut would come back, or the id is taken.
    :raises Invalid: the choice does not fit the entry.
    """
    ledger.lock(session, author.id)
    if made := sharing.of_handover(session, author, id):
        again.require_same(session, author, made, grant_id, (entry_id, revision, choice.what))
        copies.discard(media)
        return made
    grant, entry, guide = _ready(session, author, grant_id, entry_id, revision, at)
    old = _old(session, author, replaces, grant, uncut=uncut)
    some = _copies(id, guide, entry, choice, media)
    back = replacing.stays_back(old)
    _require(session, grant, {copy.category for copy in some} - back, media)
    made = _put_in(session, author, grant, some, at)
    if replaces:
        replacing.take_place(session, author, id, replaces, back, at=at)
        briefs.replaced(session, grant.id, replacing.successors(old, made))
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


def _ready(
    session: Session,
    author: Patient,
    grant_id: UUID,
    entry_id: UUID,
    revision: UUID,
    at: datetime,
) -> tuple[Grant, Opened, Guide]:
    """The grant, open now, and the entry as its author has it, with its guide."""
    grant = _open(session, author, grant_id, at)
    entry = reading.opened(session, author, entry_id)
    if entry.revision != revision:
        raise Conflict("The entry has changed. Look at it again first.")
    return grant, entry, catalog.guide(session, entry.guide, entry.edition, reader=author)


def _old(
    session: Session, author: Patient, replaces: UUID | None, grant: Grant, *, uncut: bool
) -> Sequence[Excerpt]:
    if replaces is None:
        return []
    return replacing.replaced(session, author, replaces, grant, uncut=uncut)


def _require(
    session: Session, grant: Grant, categories: set[str], media: Sequence[Copied] = ()
) -> None:
    allowed = consent.categories_of(session, [grant.id]).get(grant.id, frozenset())
    if missing := sorted(categories - allowed):
        raise Conflict("You do not share this kind of thing yet.", categories=missing)
    copies.require_room(session, grant.patient_id, sum(one.size for one in media))


def _release_at(session: Session, author: Patient, grant: Grant, at: datetime) -> datetime | None:
    clear = care.not_clear_until(session, author.id, at)
    if clear is None:
        return at
    return clear if grant.release_in_morning else None


def _put_in(
    session: Session, author: Patient, grant: Grant, some: Sequence[Copy], at: datetime
) -> list[Excerpt]:
    goes = _release_at(session, author, grant, at)
    return [sharing.put_in(session, grant, copy, at=at, release_at=goes) for copy in some]


def _copies(
    id: UUID, guide: Guide, entry: Opened, choice: Choice, media: Sequence[Copied]
) -> list[Copy]:
    """One copy for each category of the words, and one for the media."""
    about = Copy(
        id=id,
        handover_id=id,
        entry_id=entry.id,
        revision=entry.revision,
        guide=guide.id,
        edition=guide.edition,
        what=choice.what,
        category=guide.category,
        written_at=entry.occurred_at,
        zone=entry.zone,
        content={},
    )
    some = [
        replace(about, id=uuid5(id, category), category=category, content=content)
        for category, content in words.by_category(guide, entry, choice).items()
    ]
    if picked := along.picked(guide, entry, choice):
        content = along.content(guide, choice, picked, media)
        own = replace(about, id=uuid5(id, "/media"), category=along.CATEGORY, content=content)
        some.append(replace(own, media=tuple(media)))
    return sorted(some, key=lambda copy: copy.category)  # as they are found when sent again
