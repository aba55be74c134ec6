"""The words of what was chosen, and nothing around them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from journal.content.caught_lines import words_only
from journal.content.facts import facts
from journal.content.guides import Guide, GuideKind, Item, Kind, Share
from journal.content.shown import Answered, Line, Shown, shown
from journal.entries.reading import Opened
from journal.errors import Invalid
from journal.handover.choice import Choice
from journal.sharing.models import What


def by_category(guide: Guide, entry: Opened, choice: Choice) -> dict[str, dict[str, Any]]:
    """What each excerpt of words holds, by the category it lies in.

    :raises Invalid: the choice does not fit the entry.
    """
    if not choice.words:
        return {}
    caught = replace(entry, answers=words_only(guide, entry.answers))
    items: dict[str, list[Item]] = {}
    for item in _chosen(guide, caught, choice):
        items.setdefault(guide.category_of(item), []).append(item)
    return {category: _content(guide, caught, choice, some) for category, some in items.items()}


def _chosen(guide: Guide, entry: Opened, choice: Choice) -> list[Item]:
    """The items to copy: answered, and picked by name, or of those a whole entry is made of."""
    if guide.kind is GuideKind.CONCERN:  # whatever a clinic's own edition says of its items
        raise Invalid.at("/what", "This cannot be handed over.")
    answered = [item for item in guide.items if shown(guide, entry.answers, [item.id])]
    if choice.what is not What.WHOLE:
        named = _named(guide, choice)
        chosen = [item for item in answered if item.id in named]
    else:
        # What is private waits to be picked: nobody hands it over without looking at it.
        chosen = [item for item in answered if item.share is Share.ASK]
        private = any(item.share is Share.PRIVATE for item in answered)
        if private and not chosen and not choice.media:
            raise Invalid.at("/what/kind", "These answers are private. Pick those to hand over.")
    if not chosen and not choice.media:
        raise Invalid.at("/what", "There is nothing to hand over here.")
    return chosen


def _named(guide: Guide, choice: Choice) -> frozenset[str]:
    """What was picked by name, if all of it may leave at all."""
    known = {item.id for item in guide.items if item.share is not Share.NEVER}
    if not known.issuperset(choice.items):
        raise Invalid.at("/what", "This answer cannot be handed over.")
    return frozenset(choice.items)


def _content(guide: Guide, entry: Opened, choice: Choice, items: Sequence[Item]) -> dict[str, Any]:
    """What one excerpt holds: a title, rows to read, and the numbers of exactly those rows."""
    if choice.what is What.PASSAGE:
        return {"title": guide.title, "items": _passage(entry, choice, items[0]), "facts": []}
    whole = choice.what is What.WHOLE
    asked = _asked(guide, items) if whole else [item.id for item in items]
    return {
        "title": guide.title,
        "items": shown(guide, entry.answers, asked),
        "facts": facts(guide, entry.answers, asked),
    }


def _passage(entry: Opened, choice: Choice, item: Item) -> list[Answered]:
    text = _text(item, entry.answers.get(item.id, {}), choice.part)
    there = text[choice.start : choice.end]
    if not there.strip() or there != choice.quote or choice.end > len(text):
        raise Invalid.at("/what/quote", "These words are not at that place.")
    line = Line(label=None, value=choice.quote, own=True)
    return [Answered(question=item.text, answer=Shown(lines=[line]))]


def _asked(guide: Guide, items: Sequence[Item]) -> list[str]:
    """What a whole entry asks of this kind, answered or not: of a measure it says how many are."""
    kinds = {item.category or guide.category for item in items}
    whole = [item for item in guide.items if item.share is Share.ASK]
    return [item.id for item in whole if (item.category or guide.category) in kinds]


def _text(item: Item, answer: Mapping[str, Any], part: str) -> str:
    """The words somebody typed in one part; a picked option is no text to quote from."""
    typed = {one.name for one in item.parts if one.kind is Kind.TEXT}
    typed |= {one.other_name for one in item.parts if one.other}
    if part not in typed or part not in answer:
        raise Invalid.at("/what/part", "There is no text here.")
    return str(answer[part])
