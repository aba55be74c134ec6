"""Look for words in what a therapist may read now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts.principals import Therapist
from journal.search.folding import around, hay, needles
from journal.sharing import gate

MOST = 50
WIDEST = 300
"""The longest piece of a line, in characters."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One excerpt in which every word is, and the line with most of them."""

    patient_id: UUID
    excerpt_id: UUID
    title: str
    line: str = field(repr=False)
    written_at: datetime


def search(session: Session, reader: Therapist, typed: str, *, at: datetime) -> list[UUID]:
    """Find excerpts of all the reader's patients, newest first. It takes long, and writes nothing.

    Looked through are the questions and lines that stand on the page. An excerpt is found when
    each word that was typed begins a word of it.
    """
    wanted = needles(typed)
    if not wanted:
        return []
    return gate.find(session, reader, lambda one: line_of(one.content, wanted), most=MOST, at=at)


def hits(
    session: Session, reader: Therapist, typed: str, found: Sequence[UUID], *, at: datetime
) -> list[Hit]:
    """Read what was found, where it may still be read and the words still stand in it.

    Each hit leaves a receipt.
    """
    wanted = needles(typed)
    read = gate.read_some(session, reader, found, lambda one: line_of(one.content, wanted), at=at)
    return [
        Hit(
            one.patient_id,
            one.id,
            one.content["title"],
            around(line, wanted, WIDEST),
            one.written_at,
        )
        for one, line in read
    ]


def line_of(content: dict[str, Any], wanted: list[str]) -> str | None:
    """The line with most of the words, if all of them stand in this content."""
    lines = list(_lines(content))
    folded = [hay(line) for line in lines]
    if not all(any(needle in line for line in folded) for needle in wanted):
        return None
    counts = [sum(needle in line for needle in wanted) for line in folded]
    return lines[counts.index(max(counts))]


def _lines(content: dict[str, Any]) -> Iterator[str]:
    """What was said, paragraph by paragraph; then what it was said to."""
    items = content["items"]
    said = [line for item in items for line in item["answer"]["lines"]]
    for line in said:
        yield from line["value"].splitlines()
    yield from (line["label"] for line in said if line["label"])
    yield from (item["question"] for item in items if item["question"])
