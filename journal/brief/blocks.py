"""The blocks of the page: order and arithmetic on what was handed over, and nothing else.

Counting, sorting by time and one difference. Every number names the excerpt it comes from. What
is not there gives an empty list, and nothing says that it is not there.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from journal.content.facts import Fact
from journal.content.library import load
from journal.content.page_rules import Series
from journal.sharing.gate import Shown

Found = tuple[Shown, Fact]


def safety(shown: Sequence[Shown]) -> list[UUID]:
    """What is read first, as it was written, in time order: no level, no judgement."""
    rules = load().page

    def belongs(one: Shown) -> bool:
        flagged = any(fact["id"] in rules.red_flags for fact in _of(one, "effect"))
        return one.category in rules.safety_categories or flagged or _holds(one, rules.safety)

    return _in_time([one for one in shown if belongs(one)])


def visit(shown: Sequence[Shown]) -> list[UUID]:
    """What this visit is for, in the person's words, in time order."""
    return _in_time([one for one in shown if _holds(one, load().page.visit)])


def effects(shown: Sequence[Shown]) -> list[UUID]:
    """Body and medicines, in time order. A measure stands with the measures."""
    body = load().page.body_categories
    return _in_time([one for one in shown if one.category in body and not _of(one, "measure")])


def steps(shown: Sequence[Shown]) -> list[UUID]:
    """Small steps, in time order."""
    return _in_time([one for one in shown if one.category in load().page.step_categories])


def intention(shown: Sequence[Shown]) -> UUID | None:
    """The newest excerpt that holds an intention."""
    return _newest([one for one in shown if _holds(one, [load().page.intention])])


def plan(shown: Sequence[Shown]) -> UUID | None:
    """The newest plan to stay well."""
    return _newest([one for one in shown if one.guide in load().page.plans])


def measures(shown: Sequence[Shown]) -> list[dict[str, Any]]:
    """Each measure with its totals as they were, and the difference of the newest to the last."""
    return [
        {
            "id": id,
            "label": found[-1][1]["label"],
            "most": found[-1][1]["most"],
            "points": [
                {
                    "at": one.written_at,
                    "total": fact["total"],
                    "missing": fact["missing"],
                    "excerpt": one.id,
                }
                for one, fact in found
            ],
            "difference": _difference([fact["total"] for _, fact in found]),
        }
        for id, found in _series(shown, "measure")
    ]


def scales(shown: Sequence[Shown]) -> list[dict[str, Any]]:
    """Each question answered with a number, as points in time."""
    named = {item: series for series in load().page.scales for item in series.items}
    return [
        {
            "id": id,
            "label": _label(named, found),
            "low": found[-1][1]["low"],
            "high": found[-1][1]["high"],
            "points": [
                {"at": one.written_at, "value": fact["value"], "excerpt": one.id}
                for one, fact in found
            ],
        }
        for id, found in _series(shown, "scale", named)
    ]


def skills(shown: Sequence[Shown]) -> list[dict[str, Any]]:
    """Each skill that was used: how many times, and how it was before and after."""
    return [
        {
            "id": id,
            "label": found[-1][1]["label"],
            "times": len(found),
            "pairs": [
                {
                    "at": one.written_at,
                    "before": fact["before"],
                    "after": fact["after"],
                    "helped": fact["helped"],
                    "excerpt": one.id,
                }
                for one, fact in found
            ],
        }
        for id, found in _series(shown, "practice")
    ]


def _of(one: Shown, kind: str) -> list[Fact]:
    return [fact for fact in one.content["facts"] if fact["kind"] == kind]


def _holds(one: Shown, items: Sequence[str]) -> bool:
    return any(fact["id"] in items for fact in _of(one, "item"))


def _in_time(some: Sequence[Shown]) -> list[UUID]:
    return [one.id for one in sorted(some, key=_moment)]


def _newest(some: Sequence[Shown]) -> UUID | None:
    return max(some, key=_moment).id if some else None


def _moment(one: Shown) -> tuple[Any, ...]:
    return one.written_at, one.handed_at, one.id


def _series(
    shown: Sequence[Shown], kind: str, named: dict[str, Series] | None = None
) -> Iterator[tuple[str, list[Found]]]:
    """Facts of one kind by what they are about, each oldest first; by id.

    An answer that was handed over twice counts once, as it was handed over last.
    """
    by_id: dict[str, dict[tuple[Any, ...], Found]] = {}
    for one in sorted(shown, key=lambda each: (each.handed_at, each.id)):
        for fact in _of(one, kind):
            about = named[fact["id"]].id if named and fact["id"] in named else fact["id"]
            by_id.setdefault(about, {})[one.entry_id, fact["id"], fact["label"]] = (one, fact)
    for about in sorted(by_id):
        yield about, sorted(by_id[about].values(), key=lambda found: _moment(found[0]))


def _label(named: dict[str, Series], found: Sequence[Found]) -> str:
    fact = found[-1][1]
    return named[fact["id"]].label if fact["id"] in named else fact["label"]


def _difference(totals: Sequence[int | float | None]) -> int | float | None:
    """The newest total less the one before it, where both are there."""
    before = next((each for each in reversed(totals[:-1]) if each is not None), None)
    if before is None or totals[-1] is None:
        return None
    less = totals[-1] - before
    return round(less, 1) if isinstance(less, float) else less
