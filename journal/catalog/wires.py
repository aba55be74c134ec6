"""The library and a clinic's content as JSON."""

import hashlib
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from journal.care.models import Clinic
from journal.catalog import editing, rules, service, shelf
from journal.catalog.kept import remembered
from journal.catalog.schemas import ClinicTextsSchema
from journal.content.guide_schemas import GuideSchema
from journal.content.guides import Guide
from journal.content.schemas import LibrarySchema, SkillSchema
from journal.content.shapes import Skill


def library(opened: Session, clinic_id: UUID | None) -> tuple[bytes, str]:
    """A clinic's library and its tag; encoded once for each state it is in."""
    state = service.state_of(opened, clinic_id)
    known = remembered(opened).bodies
    if found := known.get((clinic_id, state)):
        return found
    body = orjson.dumps(LibrarySchema().dump(service.library_of(opened, clinic_id)))
    return known.put((clinic_id, state), (body, hashlib.sha256(body).hexdigest()[:32]))


def content(opened: Session, clinic: Clinic) -> bytes:
    """Everything a clinic's people are offered, for its editors."""
    everything = service.whole_library(opened, clinic.id)
    edition, texts = editing.texts_of(opened, clinic)
    own = ClinicTextsSchema(exclude=("edition",)).dump(texts)
    found = {
        "guides": [
            _standing(GuideSchema().dump(one), one, rules.fixed(one) is None)
            for one in everything.guides
        ],
        "skills": [_standing(SkillSchema().dump(one), one, True) for one in everything.skills],
        "texts": {"edition": edition, **own},
    }
    return orjson.dumps(found)


def _standing(said: dict[str, Any], one: Guide | Skill, editable: bool) -> dict[str, Any]:
    origin = "clinic" if one.edition >= shelf.FIRST else "product"
    return {**said, "editable": editable, "origin": origin}
