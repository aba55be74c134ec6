"""What a clinic may change, as plain functions: each fault is a pointer and a sentence.

What an answer means has to stay what it was when it was given: a question keeps its parts and
their options, a measure its published wording, and how it may be shared stays so.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from journal.catalog import locks
from journal.content import check
from journal.content.guides import Guide, GuideKind, Item, Kind, Part
from journal.content.library import HELP_CARD, Library
from journal.content.shapes import Skill

Fault = tuple[str, str]

PUBLISHED = "Its wording is fixed by its publisher."
FIXED = {
    GuideKind.MEASURE: PUBLISHED,
    GuideKind.WRITING: PUBLISHED,
    GuideKind.CONCERN: "This page is about the clinic itself. It is the same at every clinic.",
}
"""Guides no clinic may change, and why."""

NEW_GUIDES = frozenset({GuideKind.REFLECTION, GuideKind.EXTRA})
NEW_PARTS = frozenset(Kind) - {
    Kind.CONTACTS,
    Kind.STEP,
    Kind.EFFECTS,
    Kind.ENTRIES,
    Kind.SKILLS,
    Kind.PICTURE,
    Kind.RECORDINGS,
    Kind.DRAWING,
    Kind.PHOTOS,
}
"""What a clinic's own question may ask for; the other kinds belong to screens of the product."""

OWN_QUESTION = re.compile(r"x-[0-9a-f]{8}[0-9a-f-]{0,28}")
OWN = re.compile(r"[cx]-[0-9a-f]{8}[0-9a-f-]{0,28}")
"""Ids the clinic's device makes: of a guide or skill of its own."""

TOO_MUCH = {"asks for a meaning on the day", "a measure on the day"}
"""What the wording check finds and nobody may save; everything else it finds is advice."""

MEASURES = "measures"


@dataclass(frozen=True, slots=True)
class Around:
    """What else there is: the questions of other guides, and this one's that were asked before."""

    library: Library
    others: Collection[str]
    before: Mapping[str, Item]


def fixed(guide: Guide) -> str | None:
    """Why a clinic may not change a guide at all; None where it may."""
    return FIXED.get(guide.kind)


def guide_faults(old: Guide | None, new: Guide, around: Around) -> Iterator[Fault]:
    """Why this cannot be the next edition of a guide; `old` is None for one of the clinic's own."""
    yield from _head(old, new) if old else _new_head(new)
    yield from _categories(new, around.library)
    standing = {item.id: item for item in old.items} if old else {}
    for item in standing.values() if old else ():
        if item.id not in {one.id for one in new.items} and not OWN_QUESTION.fullmatch(item.id):
            yield (
                "/items",
                f"The question {item.id!r} belongs to the guide: it can wait under more.",
            )
    known = {**around.before, **standing}
    for place, item in enumerate(new.items):
        was = known.get(item.id)
        faults = _kept(was, item) if was else _added(item, new, around)
        for at, fault in faults:
            yield f"/items/{place}{at}", fault
        if {rule.note for rule in item.notes} - {HELP_CARD, *around.library.notes.notes}:
            yield f"/items/{place}/notes", "There is no such note."
    yield from _day(new)


def skill_faults(old: Skill | None, new: Skill) -> Iterator[Fault]:
    """Why this cannot be the next edition of a skill."""
    if old is None:
        if not OWN.fullmatch(new.id):
            yield "/id", "A skill of your own has an id your device makes."
        if new.from_help:
            yield "/from_help", "Help has the tools of the product."
        return
    if new.from_help != old.from_help:
        yield "/from_help", "Help keeps its tools."
    if new.level != old.level and not OWN.fullmatch(new.id):
        yield "/level", "How well it is studied does not change with its words."


def _head(old: Guide, new: Guide) -> Iterator[Fault]:
    own = OWN.fullmatch(new.id)
    for name in ("kind", "stage") if own else ("kind", "stage", "category", "licence"):
        if getattr(new, name) != getattr(old, name):
            yield f"/{name}", "This stays as it is."


def _new_head(new: Guide) -> Iterator[Fault]:
    if not OWN.fullmatch(new.id):
        yield "/id", "A guide of your own has an id your device makes."
    if new.kind not in NEW_GUIDES:
        yield "/kind", "A guide of your own is a reflection or an extra."
    if new.stage is not None:
        yield "/stage", "The ladder has the guides of the product."


def _categories(new: Guide, library: Library) -> Iterator[Fault]:
    known = {category.id for category in library.categories} - {MEASURES}
    if new.category not in known:
        yield "/category", "There is no such category."
    for place, item in enumerate(new.items):
        if item.category is not None and item.category not in known:
            yield f"/items/{place}/category", "There is no such category."


def _kept(old: Item, new: Item) -> Iterator[Fault]:
    """A question that has been asked before."""
    for name in ("share", "category", "shows"):
        if getattr(new, name) != getattr(old, name):
            yield f"/{name}", "This stays as it is."
    product = not OWN_QUESTION.fullmatch(old.id)
    yield from locks.faults(old, new, product=product)
    if [(part.name, part.kind) for part in old.parts] != [(p.name, p.kind) for p in new.parts]:
        yield "/parts", "A question keeps its parts. Ask in another way in a new question."
        return
    for place, (was, part) in enumerate(zip(old.parts, new.parts, strict=True)):
        for at, fault in _kept_part(was, part):
            yield f"/parts/{place}{at}", fault


def _kept_part(old: Part, new: Part) -> Iterator[Fault]:
    for name in ("lines", "max", "other", "low", "high", "windows"):
        if getattr(new, name) != getattr(old, name):
            yield f"/{name}", "This stays as it is."
    here = {option.id: option.score for option in new.options}
    if any(option.id not in here for option in old.options):
        yield "/options", "An option that was offered stays. Its label may change."
    scores = {option.id: option.score for option in old.options}
    if any(score != scores.get(id) for id, score in here.items()):
        yield "/options", "Only a measure has scores."


def _added(item: Item, guide: Guide, around: Around) -> Iterator[Fault]:
    """A question the clinic adds."""
    if item.id in around.others:
        yield "/id", "This question belongs to another guide."
    elif not OWN_QUESTION.fullmatch(item.id):
        yield "/id", "A question of your own has an id your device makes."
    for place, part in enumerate(item.parts):
        if part.kind not in NEW_PARTS:
            yield f"/parts/{place}/kind", "Questions of your own cannot ask for this."
        if any(option.score is not None for option in part.options):
            yield f"/parts/{place}/options", "Only a measure has scores."
    items = {one.id for every in around.library.guides for one in every.items}
    if item.shows is not None and item.shows not in items | {one.id for one in guide.items}:
        yield "/shows", "There is no such question."


def _day(guide: Guide) -> Iterator[Fault]:
    places = {item.id: place for place, item in enumerate(guide.items)}
    for finding in check.structure(guide):
        if finding.rule in TOO_MUCH:
            yield f"/items/{places[finding.id]}/text", f"It {finding.rule}."
