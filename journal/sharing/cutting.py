"""Remove some of one's own words from a copy that was handed over.

It takes away and adds nothing, so it is open on the day of a dose too, and no mark is left where
the words stood.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.consent import ledger
from journal.content.facts import renamed, without_row
from journal.errors import Conflict, Invalid, NotFound
from journal.sharing.gate import place
from journal.sharing.models import Excerpt
from journal.sharing.reading_time import words_in
from journal.sharing.service import remove
from journal.vault import keys
from journal.vault.sealed import Sealed

MOST = 200
"""So many cuts of one excerpt are known again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Words in one line of one item, by code points; `quote` is the text that stands there.

    `id` is made by who cuts: after a cut, the same words may stand at the same place.
    """

    id: UUID
    item: int
    line: int
    start: int
    end: int
    quote: str = field(repr=False)


def cut(
    session: Session, author: Patient, excerpt_id: UUID, which: Cut, *, at: datetime
) -> Excerpt | None:
    """Remove exactly these words; the same cut sent again changes nothing.

    A line without words goes, and an item without lines. When nothing is left the excerpt is taken
    back.

    :return: None when it is taken back, by this or before.
    :raises NotFound: absent or another's.
    :raises Conflict: other words stand there.
    :raises Invalid: these are not the author's own words.
    """
    ledger.lock(session, author.id)
    mine = select(Excerpt).where(Excerpt.patient_id == author.id, Excerpt.id == excerpt_id)
    excerpt = session.scalars(mine.execution_options(populate_existing=True)).one_or_none()
    if excerpt is None:
        raise NotFound
    if excerpt.body is None:
        return None
    key = keys.key(session, excerpt.grant_id, of=keys.Of.GRANT)
    known = _known(excerpt, key)
    if str(which.id) in known:
        return excerpt
    content = orjson.loads(excerpt.body.open(key, place(excerpt.id)))
    _take_out(content, which)
    if not content["items"]:
        remove(session, author.id, Excerpt.id == excerpt_id, at)
        return None
    excerpt.words = words_in(content)
    excerpt.body = Sealed.seal(orjson.dumps(content), key, place(excerpt.id))
    remembered = orjson.dumps([*known, str(which.id)][-MOST:])
    excerpt.cuts = Sealed.seal(remembered, key, place_of_cuts(excerpt.id))
    session.flush()
    return excerpt


def _take_out(content: dict[str, Any], which: Cut) -> None:
    """Take the words out of their row, and out of the facts that are made of it."""
    items = content["items"]
    try:
        lines = items[which.item]["answer"]["lines"]
        line = lines[which.line]
    except IndexError:
        raise Conflict("Other words stand there now.") from None
    text = line["value"]
    if text[which.start : which.end] != which.quote:
        raise Conflict("Other words stand there now.")
    if not line["own"]:
        raise Invalid.at("/line", "Only your own words can be removed.")
    left = line["value"] = text[: which.start] + text[which.end :]
    facts = renamed(content.get("facts", []), which.item, text, left)
    if not left.strip():
        del lines[which.line]
    if not lines and not items[which.item].get("media"):
        del items[which.item]
        facts = without_row(facts, which.item)
    content["facts"] = facts


def _known(excerpt: Excerpt, key: bytes) -> list[str]:
    if excerpt.cuts is None:
        return []
    ids: list[str] = orjson.loads(excerpt.cuts.open(key, place_of_cuts(excerpt.id)))
    return ids


def place_of_cuts(excerpt_id: UUID) -> str:
    """Where the ids of an excerpt's cuts belong."""
    return f"{place(excerpt_id)}/cuts"
