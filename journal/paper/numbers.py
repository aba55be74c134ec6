"""The numbers of a page, as lines. Nothing is worked out here: the page has done that."""

from collections.abc import Iterator, Mapping
from typing import Any

from journal.paper.days import day

Block = Mapping[str, Any]


def sections(page: Block, zone: str) -> Iterator[tuple[str, list[str]]]:
    """A heading and its lines, for each kind of number that is on the page."""
    for part, (heading, said) in PARTS.items():
        if lines := [line for one in page.get(part) or [] for line in said(one, zone)]:
            yield heading, lines


def _measure(one: Block, zone: str) -> Iterator[str]:
    yield one["label"]
    for point in one["points"]:
        total, missing = point["total"], point.get("missing") or 0
        told = "no total" if total is None else f"{total:g} of {one['most']:g}"
        left = f", {missing} not answered" if missing else ""
        yield f"{day(point['at'], zone)}: {told}{left}"
    if (difference := one.get("difference")) is not None:
        sign = "+" if difference > 0 else "−" if difference < 0 else ""
        yield f"Difference from the one before: {sign}{abs(difference):g}"


def _scale(one: Block, zone: str) -> Iterator[str]:
    ends = [f"{n} is {one[end]}" for n, end in ((0, "low"), (10, "high")) if one.get(end)]
    yield one["label"] + (f" ({', '.join(ends)})" if ends else "")
    for point in one["points"]:
        yield f"{day(point['at'], zone)}: {point['value']}"


def _skill(one: Block, zone: str) -> Iterator[str]:
    times = one["times"]
    yield f"{one['label']}, " + ("once" if times == 1 else f"{times} times")
    for pair in one["pairs"]:
        ends = [pair["before"], pair["after"]]
        told = (
            [" → ".join("–" if end is None else str(end) for end in ends)]
            if ends != [None, None]
            else []
        )
        told += [pair["helped"]] if pair.get("helped") else []
        if told:
            yield f"{day(pair['at'], zone)}: {', '.join(told)}"


PARTS = {
    "measures": ("Questionnaires", _measure),
    "scales": ("Numbers", _scale),
    "skills": ("Skills", _skill),
}
