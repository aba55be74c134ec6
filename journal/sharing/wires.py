"""Excerpts as their author sees them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts.principals import Patient
from journal.care import service as care
from journal.consent import service as consent
from journal.sharing import gate, marks, service
from journal.sharing.models import Excerpt


def handed(
    opened: Session, author: Patient, found: Sequence[Excerpt], moment: datetime
) -> list[dict[str, Any]]:
    """Excerpts as their author sees them."""
    content = gate.own(opened, author, found)
    read = service.first_read(opened, author.id, [row.id for row in found])
    grants = {row.grant_id: consent.mine(opened, author, row.grant_id) for row in found}
    doses = care.windows_of(opened, author.id)
    goes = {row.id: service.goes_out(row, doses) for row in found}
    marked = marks.of(opened, author.id, [row.id for row in found])
    called = accounts.names(opened, {grant.therapist_id for grant in grants.values()})
    return [
        {
            "id": row.id,
            "handover_id": row.handover_id,
            "grant_id": row.grant_id,
            "therapist": {
                "id": grants[row.grant_id].therapist_id,
                "name": called.get(grants[row.grant_id].therapist_id, ""),
            },
            "entry_id": row.entry_id,
            "revision": row.revision,
            "kind": row.what,
            "category": row.category,
            "handed_at": row.handed_at,
            "state": _state(goes[row.id], moment),
            "release_at": goes[row.id],
            "first_read_at": read.get(row.id),
            "cut": row.cuts is not None,
            "marks": marks.said(marked, row.id),
            "content": {"facts": [], **content[row.id]},
        }
        for row in found
    ]


def _state(goes: datetime | None, moment: datetime) -> str:
    if goes is None:
        return "waiting"
    return "handed" if goes <= moment else "held"
