"""Every text of the library that a person may read, with the place it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass

from journal.content.agreement import Agreement
from journal.content.guides import Guide, GuideKind
from journal.content.library import Library
from journal.content.shapes import Skill


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One text. Texts of one `file` are read together.

    `safety` marks notes that keep a body safe; `label` marks a word or two on a button.
    """

    file: str
    id: str
    text: str
    safety: bool = False
    label: bool = False


def everything(library: Library) -> Iterator[Said]:
    """All texts of all editions."""
    for guide in library.guide_editions.every.values():
        # A measure's wording is its publisher's: not a word of it may be changed.
        yield from _around(guide) if guide.kind is GuideKind.MEASURE else _of_guide(guide)
    for skill in library.skill_editions.every.values():
        yield from _of_skill(skill)
    for agreement in library.agreement_editions.every.values():
        yield from _of_agreement(agreement)
    yield from _of_notes(library)
    yield from _of_lists(library)


def _of_lists(library: Library) -> Iterator[Said]:
    for text in library.conduct:
        yield Said(file="conduct.toml", id="notes", text=text, safety=True)
    for category in library.categories:
        yield Said(file="categories.toml", id=category.id, text=category.label, label=True)
    for effect in library.effects:
        yield Said(file="effects.toml", id=effect.code, text=effect.label, label=True)
    for group, words in library.words.emotion_words.items():
        for word in words:
            yield Said(file="words.toml", id=group, text=word, label=True)


def _around(guide: Guide) -> Iterator[Said]:
    """What stands before and after the questions."""
    yield Said(file=guide.file, id=guide.id, text=guide.title, label=True)
    for text in (guide.about, guide.intro, guide.closing):
        yield Said(file=guide.file, id=guide.id, text=text)


def _of_guide(guide: Guide) -> Iterator[Said]:
    """The texts of one guide edition."""
    file = guide.file
    yield from _around(guide)
    for item in guide.items:
        for text in filter(None, (item.text, item.help)):
            yield Said(file=file, id=item.id, text=text)
        labels = [item.nothing]
        for part in item.parts:
            labels += [part.label, part.low, part.high, *(one.label for one in part.options)]
        for label in filter(None, labels):
            yield Said(file=file, id=item.id, text=label, label=True)


def _of_skill(skill: Skill) -> Iterator[Said]:
    file = f"skills/{skill.id}.{skill.edition}.toml"
    yield Said(file=file, id=skill.id, text=skill.title, label=True)
    for text in (skill.when, *skill.steps):
        yield Said(file=file, id=skill.id, text=text)
    yield Said(file=file, id=skill.id, text=skill.caution, safety=True)


def _of_agreement(agreement: Agreement) -> Iterator[Said]:
    file = f"agreements/{agreement.id}.{agreement.edition}.toml"
    yield Said(file=file, id=agreement.id, text=agreement.title, label=True)
    for section in agreement.sections:
        yield Said(file=file, id=section.id, text=section.title, label=True)
        yield Said(file=file, id=section.id, text=section.text)


def _of_notes(library: Library) -> Iterator[Said]:
    file, notes = "notes.toml", library.notes
    for text in notes.after_dose:
        yield Said(file=file, id="after_dose", text=text, safety=True)
    for text in (*notes.red_flags.now, *notes.red_flags.today, *notes.red_flags.next_visit):
        yield Said(file=file, id="red_flags", text=text, safety=True)
    for text in (notes.not_monitored.short, notes.not_monitored.long):
        yield Said(file=file, id="not_monitored", text=text, safety=True)
    yield Said(file=file, id="not_monitored", text=notes.not_monitored.therapist, safety=True)
    for key, text in notes.notes.items():
        yield Said(file=file, id=key, text=text, safety=True)
