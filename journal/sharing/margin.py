"""What stands beside the words without being words: a therapist's marks, a patient's order.

Read with one statement. It says nothing of what is readable: the caller keeps to what the gate
let through.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BindParameter,
    CompoundSelect,
    Integer,
    String,
    Uuid,
    bindparam,
    cast,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from journal.accounts.principals import Therapist
from journal.sharing.models import Brief, Mark


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one excerpt."""

    read: datetime | None = None
    talked: datetime | None = None
    carry: datetime | None = None

    @property
    def carried_since(self) -> datetime | None:
        """Since when it heads the next page: carried, and not talked about since."""
        if self.carry is None or (self.talked is not None and self.carry <= self.talked):
            return None
        return self.carry


NONE = Marks()


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """What a patient put first for one therapist, under one grant."""

    grant_id: UUID
    released_at: datetime
    agenda: UUID | None
    bring: tuple[UUID, ...]
    first: int


@dataclass(slots=True)
class Margin:
    """Marks by excerpt, and what was put first by patient."""

    marks: dict[UUID, Marks] = field(default_factory=dict)
    put: dict[UUID, Put] = field(default_factory=dict)


_therapist: BindParameter[UUID] = bindparam("therapist")
_patient: BindParameter[UUID] = bindparam("patient")


def _statement(*, of_one: bool) -> CompoundSelect[Any]:
    put = select(
        Brief.patient_id,
        literal("").label("mark"),
        Brief.agenda.label("excerpt_id"),
        Brief.released_at.label("at"),
        Brief.grant_id,
        Brief.bring,
        Brief.first,
    ).where(Brief.therapist_id == _therapist)
    marks = select(
        Mark.patient_id,
        cast(Mark.mark, String),
        Mark.excerpt_id,
        Mark.at,
        cast(null(), Uuid),
        cast(null(), JSON),
        cast(null(), Integer),
    ).where(Mark.therapist_id == _therapist)
    if of_one:
        put, marks = (
            put.where(Brief.patient_id == _patient),
            marks.where(Mark.patient_id == _patient),
        )
    return union_all(put, marks)


OF_ONE, OF_ALL = _statement(of_one=True), _statement(of_one=False)


def of(session: Session, reader: Therapist, patient_id: UUID | None = None) -> Margin:
    """The margin of one patient's page, or of all pages of one therapist."""
    margin, marks = Margin(), dict[UUID, dict[str, datetime]]()
    statement = OF_ALL if patient_id is None else OF_ONE
    whose = {"therapist": reader.id} | ({} if patient_id is None else {"patient": patient_id})
    for row in session.connection().execute(statement, whose):
        if row.mark:
            marks.setdefault(row.excerpt_id, {})[row.mark] = row.at
        else:
            margin.put[row.patient_id] = Put(
                grant_id=row.grant_id,
                released_at=row.at,
                agenda=row.excerpt_id,
                bring=tuple(UUID(id) for id in row.bring),
                first=row.first,
            )
    margin.marks = {id: Marks(**some) for id, some in marks.items()}
    return margin
