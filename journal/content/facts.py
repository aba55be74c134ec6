"""The numbers of what is handed over, so that a page can add up without reading words.

A fact is made when something is handed over, of exactly the answers that go along, and is sealed
with them. `of` says which rows of the excerpt it was read from.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NotRequired, TypedDict

from journal.content import scoring
from journal.content.guides import Guide, Item, Kind
from journal.content.library import load
from journal.content.page_rules import Practice
from journal.content.rows import is_own
from journal.content.shown import EFFECT_SAYS, STATUS, shown

Answers = Mapping[str, Any]


class Fact(TypedDict):
    """One fact: always kind, id, label and `of`; the rest follows from the kind.

    `item` an answer a block of the page is made of · `scale` value, low, high · `measure` total,
    missing, asked, most · `practice` before, after, helped · `effect` severity, still · `step`.
    """

    kind: str
    id: str
    label: str
    of: list[int]
    value: NotRequired[int]
    low: NotRequired[str]
    high: NotRequired[str]
    total: NotRequired[int | float | None]
    missing: NotRequired[int]
    asked: NotRequired[int]
    most: NotRequired[int]
    before: NotRequired[int | None]
    after: NotRequired[int | None]
    helped: NotRequired[str | None]
    severity: NotRequired[str | None]
    still: NotRequired[bool | None]


def facts(guide: Guide, answers: Answers, items: Sequence[str]) -> list[Fact]:
    """What the answers to `items` say in numbers; the same items that `shown` was given.

    :raises UnknownItem: an item is not part of the guide.
    """
    wanted = {guide.item(id).id for id in items}
    there = [item for item in guide.items if item.id in wanted and shown(guide, answers, [item.id])]
    rows = {item.id: n for n, item in enumerate(there)}
    found = [*_measure(guide, answers, wanted, rows)]
    for rule in load().page.practices:
        found += _practice(guide, answers, rule, rows)
    for item in there:
        found += _of_item(guide, item, answers[item.id], rows[item.id])
    return found


def _of_item(guide: Guide, item: Item, answer: Mapping[str, Any], row: int) -> Iterator[Fact]:
    rules = load().page
    if item.id in rules.named:
        yield Fact(kind="item", id=item.id, label=item.text, of=[row])
    if guide.measure is None and item.id not in rules.practised:
        yield from _scales(item, answer, row)
    yield from _effects(item, answer, row)
    if guide.category_of(item) in rules.step_categories:
        yield from _steps(item, answer, row)


def _measure(
    guide: Guide, answers: Answers, wanted: set[str], rows: Mapping[str, int]
) -> Iterator[Fact]:
    """The total, where every item that counts goes along: a part of them has none."""
    if guide.measure is None or not wanted.issuperset(guide.measure.items):
        return
    answered = [rows[id] for id in guide.measure.items if id in rows]
    if answered:
        score = scoring.score(guide, answers)
        yield Fact(
            kind="measure",
            id=guide.id,
            label=guide.title,
            of=answered,
            total=score.total,
            missing=score.of - score.answered,
            asked=score.of,
            most=guide.measure.most,
        )


def _practice(
    guide: Guide, answers: Answers, rule: Practice, rows: Mapping[str, int]
) -> Iterator[Fact]:
    def said(place: str) -> Any:
        item, _, part = place.partition(".")
        return answers[item].get(part) if item in rows else None

    for skill in said(rule.skill) or ():
        places = (rule.skill, rule.before, rule.after, rule.helped)
        items = {place.partition(".")[0] for place in places}
        yield Fact(
            kind="practice",
            id=skill["skill"],
            label=skill["title"],
            of=sorted(rows[item] for item in items if item in rows),
            before=said(rule.before),
            after=said(rule.after),
            helped=_label(guide, rule.helped, said(rule.helped)),
        )


def _label(guide: Guide, place: str, picked: str | None) -> str | None:
    """The label of what was picked at a place of the guide."""
    if picked is None:
        return None
    item, _, name = place.partition(".")
    (part,) = (one for one in guide.item(item).parts if one.name == name)
    return next((option.label for option in part.options if option.id == picked), None)


def _scales(item: Item, answer: Mapping[str, Any], row: int) -> Iterator[Fact]:
    for part in item.parts:
        if part.kind is Kind.SCALE and part.name in answer:
            yield Fact(
                kind="scale",
                id=item.id,
                label=part.label or item.text,
                of=[row],
                value=answer[part.name],
                low=part.low or "",
                high=part.high or "",
            )


def _effects(item: Item, answer: Mapping[str, Any], row: int) -> Iterator[Fact]:
    labels = {effect.code: effect.label for effect in load().effects}
    for part in item.parts:
        for one in answer.get(part.name, ()) if part.kind is Kind.EFFECTS else ():
            strength = one.get("strength")
            yield Fact(
                kind="effect",
                id=one["code"],
                label=labels[one["code"]],
                of=[row],
                severity=EFFECT_SAYS["strength"][strength] if strength else None,
                still=one.get("still"),
            )


def _steps(item: Item, answer: Mapping[str, Any], row: int) -> Iterator[Fact]:
    """How a small step went, where the person said."""
    for part in item.parts:
        if part.kind is Kind.STEP and part.name in answer:
            status = answer[part.name].get("status", "open")
            if status != "open":
                yield Fact(kind="step", id=item.id, label=STATUS[status], of=[row])
        if part.kind is Kind.CHOICE and part.name in answer:
            for option in part.options:
                if option.id == answer[part.name]:
                    yield Fact(kind="step", id=item.id, label=option.label, of=[row])


def renamed(found: Sequence[Fact], row: int, was: str, now: str) -> list[Fact]:
    """The facts after own words in one row were cut: what bears them as its name follows.

    Without any words left it has no name, and goes.
    """
    left = []
    for fact in found:
        own = fact["kind"] == "practice" and is_own(fact["id"])
        if not (own and row in fact["of"] and fact["label"] == was):
            left.append(fact)
        elif now.strip():
            left.append(Fact(**{**fact, "label": now}))
    return left


def without_row(found: Sequence[Fact], row: int) -> list[Fact]:
    """The facts after one row of the excerpt went: its own go too, the later rows move up."""
    left = []
    for fact in found:
        of = [n - (n > row) for n in fact["of"] if n != row]
        if of:
            left.append(Fact(**{**fact, "of": of}))
    return left
