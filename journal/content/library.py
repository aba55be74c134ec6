"""The library: everything the product says, read from the package once."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from journal.content import files, guide_files, list_files
from journal.content.agreement import Agreement
from journal.content.editions import Editions, read_editions
from journal.content.files import BadContent
from journal.content.guides import STAGES, Guide, Item
from journal.content.page_rules import PageFile, PageRules
from journal.content.shapes import (
    Category,
    CrisisRegion,
    Effect,
    Notes,
    Phrases,
    ResponsePlan,
    Skill,
    Words,
)
from journal.errors import JournalError

DATA = Path(__file__).with_name("data")

HELP_CARD = "help-card"
"""What a rule names to open the Help card, where others name a note."""


class UnknownGuide(JournalError):
    """No guide of this name, or no such edition of it."""

    status = 422
    title = "There is no such guide"


class UnknownAgreement(JournalError):
    """No agreement of this name, or no such edition of it."""

    status = 422
    title = "There is no such agreement"


@dataclass(frozen=True, kw_only=True)
class Library:
    """All editions of everything; what is asked for without an edition is the newest."""

    guide_editions: Editions[Guide]
    skill_editions: Editions[Skill]
    agreement_editions: Editions[Agreement]
    categories: tuple[Category, ...]
    effects: tuple[Effect, ...]
    words: Words
    notes: Notes
    phrases: Phrases
    page: PageRules
    conduct: tuple[str, ...]
    regions: tuple[CrisisRegion, ...]
    response_plan: ResponsePlan | None = None
    """A clinic's; the package has none."""

    @cached_property
    def guides(self) -> tuple[Guide, ...]:
        """The newest edition of each guide: stages in the order of the ladder, then the others."""
        order = {stage: place for place, stage in enumerate(STAGES)}
        newest = self.guide_editions.newest.values()
        return tuple(sorted(newest, key=lambda guide: order.get(guide.stage or "", len(order))))

    @property
    def skills(self) -> tuple[Skill, ...]:
        """The newest edition of each skill."""
        return tuple(self.skill_editions.newest.values())

    @property
    def agreement(self) -> Agreement:
        """The newest edition of the agreement to share."""
        return self.agreement_editions.newest["share"]

    @cached_property
    def agreed_since(self) -> int:
        """The oldest edition of the agreement whose consent still opens anything."""
        every = self.agreement_editions.every.values()
        said_anew = [one.edition for one in every if one.id == self.agreement.id and one.material]
        return max(said_anew, default=1)

    @cached_property
    def emotion_words(self) -> frozenset[str]:
        """The emotion words of all groups."""
        return frozenset(word for group in self.words.emotion_words.values() for word in group)

    def guide(self, id: str, edition: int | None = None) -> Guide:
        """Find one edition of a guide; without `edition`, the newest.

        :raises UnknownGuide: it does not exist.
        """
        editions = self.guide_editions
        guide = editions.newest.get(id) if edition is None else editions.every.get((id, edition))
        if guide is None:
            raise UnknownGuide
        return guide

    def agreement_edition(self, id: str, edition: int) -> Agreement:
        """Find one edition of an agreement.

        :raises UnknownAgreement: it does not exist.
        """
        agreement = self.agreement_editions.every.get((id, edition))
        if agreement is None:
            raise UnknownAgreement
        return agreement


@cache
def load() -> Library:
    """The library of this package.

    :raises BadContent: a file of it cannot be used.
    """
    return read(DATA)


def read(folder: Path) -> Library:
    """Read a content folder.

    :raises BadContent: a file cannot be used, or two of them do not go together.
    """
    library = Library(
        guide_editions=Editions(read_editions(folder, "guides", guide_files.GuideFile())),
        skill_editions=Editions(read_editions(folder, "skills", files.SkillFile())),
        agreement_editions=Editions(
            read_editions(folder, "agreements", guide_files.AgreementFile())
        ),
        words=files.read(folder, "words.toml", list_files.WordsFile()),
        notes=files.read(folder, "notes.toml", list_files.NotesFile()),
        phrases=files.read(folder, "phrases.toml", list_files.PhrasesFile()),
        page=files.read(folder, "page.toml", PageFile()),
        **files.read(folder, "conduct.toml", list_files.ConductFile()),
        **files.read(folder, "categories.toml", list_files.CategoriesFile()),
        **files.read(folder, "effects.toml", list_files.EffectsFile()),
        **files.read(folder, "crisis/regions.toml", list_files.CrisisFile()),
    )
    if faults := "; ".join(_apart(library)):
        raise BadContent(faults)
    return library


def _apart(library: Library) -> Iterator[str]:
    """What one file says and another does not know."""
    yield from _strangers(library)
    items = {item.id for guide in library.guide_editions.every.values() for item in guide.items}
    for unknown in sorted(library.page.items - items):
        yield f"page.toml: {unknown!r} is not an item"
    for guide in library.guide_editions.every.values():
        for item in guide.items:
            for fault in _pointing_nowhere(item, items, library.notes):
                yield f"{guide.file}: items: {item.id}: {fault}"
    if "share" not in library.agreement_editions.newest:
        yield "agreements: there is no agreement to share"


def _strangers(library: Library) -> Iterator[str]:
    """Categories nobody knows, and items that two guides have."""
    known = {category.id for category in library.categories}
    owners: dict[str, Guide] = {}
    for guide in library.guide_editions.every.values():
        for category in {guide.category, *(item.category for item in guide.items)} - {None}:
            if category not in known:
                yield f"{guide.file}: category: {category!r} is not in categories.toml"
        for item in guide.items:
            owner = owners.setdefault(item.id, guide)
            if owner.id != guide.id:
                yield f"{guide.file}: items: {item.id!r} is an item of {owner.file} too"


def _pointing_nowhere(item: Item, items: Collection[str], notes: Notes) -> Iterator[str]:
    if item.shows is not None and item.shows not in items:
        yield f"shows: {item.shows!r} is not an item"
    for rule in item.notes:
        if rule.note != HELP_CARD and rule.note not in notes.notes:
            yield f"notes: {rule.note!r} is not in notes.toml"
