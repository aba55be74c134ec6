"""The feed that keeps devices alike: what changed, in the order it was committed."""

from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.entries.models import Entry, Journal, Tombstone
from journal.entries.reading import HEADS, Wire, wires
from journal.errors import Gone

NUMBERING = select(Journal.epoch, Journal.n).where(Journal.patient_id == bindparam("patient"))

# Nothing beyond the number the page was begun with: what commits while the page is being read
# belongs to the next one, or a cursor could pass over it.
CHANGED = (
    HEADS.where(Entry.n > bindparam("after"), Entry.n <= bindparam("newest"))
    .order_by(Entry.n)
    .limit(bindparam("most"))
)

DELETED = (
    select(Tombstone.id, Tombstone.n)
    .where(
        Tombstone.patient_id == bindparam("patient"),
        Tombstone.n > bindparam("after"),
        Tombstone.n <= bindparam("newest"),
    )
    .order_by(Tombstone.n)
    .limit(bindparam("most"))
)


class CursorGone(Gone):
    """The numbering has started over: read from the start, and keep what is not sent yet."""

    title = "Start over"


def changes(session: Session, author: Patient, cursor: str | None, limit: int) -> Wire:
    """One page of what changed after `cursor`, in the order it was committed.

    :raises CursorGone: the cursor is from another numbering.
    """
    connection, mine = session.connection(), {"patient": author.id}
    journal = connection.execute(NUMBERING, mine).one_or_none()
    if journal is None:
        if cursor:
            raise CursorGone
        return {"items": [], "cursor": None, "more": False}
    after = _after(cursor, journal.epoch, journal.n)
    # One more than asked for tells whether there is more.
    window = mine | {"after": after, "newest": journal.n, "most": limit + 1}
    alive = wires(session, author, connection.execute(CHANGED, window).all())
    dead: list[Wire] = [
        {"id": row.id, "n": row.n, "deleted": True} for row in connection.execute(DELETED, window)
    ]
    merged = sorted([*alive, *dead], key=lambda item: int(item["n"]))
    more = len(merged) > limit
    last = merged[limit - 1]["n"] if more else journal.n
    return {"items": merged[:limit], "cursor": f"{journal.epoch}.{last}", "more": more}


def _after(cursor: str | None, epoch: UUID, newest: int) -> int:
    if not cursor:
        return 0
    known, _, number = cursor.partition(".")
    if known != str(epoch) or not number.isdecimal() or int(number) > newest:
        raise CursorGone
    return int(number)
