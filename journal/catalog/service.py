"""The library as a clinic has it, and any edition of a guide by its number."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.catalog import shelf, stored
from journal.catalog.kept import remembered
from journal.catalog.models import ContentEdition, ContentKind
from journal.catalog.shelf import State
from journal.catalog.texts import ID, ClinicTexts
from journal.content import library
from journal.content.editions import Editions
from journal.content.guides import Guide
from journal.content.library import Library, UnknownGuide
from journal.content.measures import Needs
from journal.content.shapes import Skill


def guide(session: Session, id: str, edition: int, *, reader: Patient | None = None) -> Guide:
    """One edition of a guide, the product's or a clinic's.

    A question that was written for one patient is there for that patient alone.

    :raises UnknownGuide: absent, or another's: the two are not told apart.
    """
    product = library.load().guide_editions.every.get((id, edition))
    if product is not None:
        return product
    known = remembered(session).guides
    if found := known.get((id, edition)):
        return found
    row = shelf.one(session, ContentKind.GUIDE, id, edition, reader.id if reader else None)
    if row is None:
        raise UnknownGuide
    # What is about a person is opened each time: a destroyed key is gone for every process.
    if row.patient_id is not None:
        return _read(session, row)
    return known.put((id, edition), _read(session, row))


def library_of(session: Session, clinic_id: UUID | None) -> Library:
    """What a clinic's people are offered: the product's newest, with the clinic's over them.

    Measures that need something wait until it is there: a response plan, or to be assigned.
    """
    everything = whole_library(session, clinic_id)
    return _with_guides(everything, (one for one in everything.guides if _offered(one, everything)))


def whole_library(session: Session, clinic_id: UUID | None) -> Library:
    """The same, with the measures that wait."""
    state = state_of(session, clinic_id)
    known = remembered(session).libraries
    return known.get((clinic_id, state)) or known.put((clinic_id, state), _overlaid(session, state))


def state_of(session: Session, clinic_id: UUID | None) -> State:
    """What a clinic's library depends on; quick to ask for."""
    return shelf.state(session, clinic_id) if clinic_id else ()


def texts_of(session: Session, clinic_id: UUID) -> tuple[int, ClinicTexts | None]:
    """A clinic's own texts and their edition; 0 and None before it has any."""
    row = shelf.newest(session, ContentKind.TEXTS, ID, clinic_id)
    return (row.edition, _texts(session, row)) if row else (0, None)


def _overlaid(session: Session, state: State) -> Library:
    product = library.load()
    rows = [session.get_one(ContentEdition, named) for named in state]
    guides = [guide(session, row.id, row.edition) for row in rows if row.kind is ContentKind.GUIDE]
    skills = [_skill(session, row) for row in rows if row.kind is ContentKind.SKILL]
    texts = [_texts(session, row) for row in rows if row.kind is ContentKind.TEXTS]
    newest = {**product.skill_editions.newest, **{skill.id: skill for skill in skills}}
    both = {**product.guide_editions.newest, **{one.id: one for one in guides}}
    made = _with_guides(product, both.values())
    made = replace(
        made, skill_editions=Editions({(one.id, one.edition): one for one in newest.values()})
    )
    for one in texts:
        notes = replace(made.notes, after_dose=tuple(one.after_dose))
        made = replace(made, notes=notes, response_plan=one.response_plan)
    return made


def _with_guides(of: Library, guides: Iterable[Guide]) -> Library:
    return replace(of, guide_editions=Editions({(one.id, one.edition): one for one in guides}))


def _offered(one: Guide, inside: Library) -> bool:
    needs = one.measure.needs if one.measure else None
    if needs is Needs.RESPONSE_PLAN:
        return inside.response_plan is not None
    return needs is None


def _read(session: Session, row: ContentEdition) -> Guide:
    found: Guide = stored.from_bytes(row.kind, row.edition, shelf.opened(session, row))
    return found


def _skill(session: Session, row: ContentEdition) -> Skill:
    found: Skill = stored.from_bytes(row.kind, row.edition, shelf.opened(session, row))
    return found


def _texts(session: Session, row: ContentEdition) -> ClinicTexts:
    found: ClinicTexts = stored.from_bytes(row.kind, row.edition, shelf.opened(session, row))
    return found
