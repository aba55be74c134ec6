"""Adding up a measure. Plain functions, the same in the app (`frontend/src/domain/scoring.ts`).

Whole numbers all the way: a mean is worked out in tenths and rounded half up. Where an answer is
missing there is no total: not a guess, and never a sum of what is left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journal.content.guides import Guide, Item, Kind
from journal.content.measures import Cutoff, Measure, Rule

Total = int | float
"""A whole number for a sum, one decimal for a mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What the answers add up to: no `total` unless all `of` items are answered.

    `clusters` holds the sum of each cluster by its id, None where one of its own items is missing.
    """

    total: Total | None
    answered: int
    of: int
    clusters: Mapping[str, int | None]


def score(guide: Guide, answers: Mapping[str, Any]) -> Score:
    """Add up one entry of a measure.

    :raises ValueError: the guide is not a measure.
    """
    measure = _measure(guide)
    points = {id: _points(guide.item(id), answers.get(id, {})) for id in measure.items}
    total = _sum(points, measure.items)
    return Score(
        total=_mean(total, len(points)) if measure.rule is Rule.MEAN else total,
        answered=sum(each is not None for each in points.values()),
        of=len(points),
        clusters={one.id: _sum(points, one.items) for one in measure.clusters},
    )


def band(guide: Guide, total: Total | None) -> Cutoff | None:
    """The highest published cut-off a total reaches: a reference for the therapist.

    :raises ValueError: the guide is not a measure.
    """
    reached = [cut for cut in _measure(guide).cutoffs if total is not None and cut.at <= total]
    return max(reached, key=lambda cut: cut.at, default=None)


def said(guide: Guide, score: Score) -> str:
    """The total as a line to read, or that there is none.

    :raises ValueError: the guide is not a measure.
    """
    measure = _measure(guide)
    if score.total is None:
        return f"Not scored: {score.of - score.answered} of {score.of} not answered"
    total = f"{score.total:.1f}" if measure.rule is Rule.MEAN else str(score.total)
    return f"{total} of {measure.most}"


def _measure(guide: Guide) -> Measure:
    if guide.measure is None:
        raise ValueError(f"{guide.id} is not a measure")
    return guide.measure


def _points(item: Item, answer: Mapping[str, Any]) -> int | None:
    """What one answer counts; None where it is missing, left out, or not an answer to the item."""
    part = item.parts[0]
    value = answer.get(part.name)
    if "state" in answer or isinstance(value, bool):
        return None
    if part.kind is Kind.SCALE:
        return value if isinstance(value, int) and 0 <= value <= 10 else None
    return next((option.score for option in part.options if option.id == value), None)


def _sum(points: Mapping[str, int | None], items: Sequence[str]) -> int | None:
    found = [each for id in items if (each := points.get(id)) is not None]
    return sum(found) if len(found) == len(items) else None


def _mean(total: int | None, of: int) -> float | None:
    # Tenths, rounded half up, without a fraction on the way: (10t/n + 1/2) as (20t + n) / 2n.
    return None if total is None else (20 * total + of) // (2 * of) / 10
