"""Each block of the page, from what was handed over: who is in it, the order, the numbers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from journal.brief import blocks
from journal.content import library
from journal.content.facts import facts
from journal.content.shown import shown
from journal.sharing.gate import Shown
from tests.factories import NOW, new_id

HOUR = timedelta(hours=1)


def out(
    guide: str,
    answers: dict[str, Any],
    *,
    items: list[str] | None = None,
    category: str | None = None,
    written: datetime = NOW,
    handed: datetime = NOW,
    entry: UUID | None = None,
    passage: bool = False,
) -> Shown:
    """One excerpt as handing over makes it."""
    read = library.load().guide(guide)
    picked = items or [item.id for item in read.items]
    content = {
        "title": read.title,
        "items": shown(read, answers, picked),
        "facts": [] if passage else facts(read, answers, picked),
    }
    return Shown(
        id=new_id(),
        grant_id=UUID(int=1),
        entry_id=entry or new_id(),
        category=category or read.category,
        kind="passage" if passage else "whole",
        guide=guide,
        handed_at=handed,
        written_at=written,
        zone="Europe/London",
        until=NOW + timedelta(days=90),
        content=content,
    )


def option(guide: str, item: str, n: int = 0) -> str:
    return library.load().guide(guide).item(item).parts[0].options[n].id


def whole(guide: str, n: int, *, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """Every item that counts, answered with its n-th option."""
    measure = library.load().guide(guide).measure
    assert measure is not None
    return {id: {"choice": option(guide, id, n)} for id in measure.items if id not in but}


FAINT = {"effects-01": {"effects": [{"code": "faint", "strength": 3, "still": False}]}}
TASTE = {"effects-01": {"effects": [{"code": "taste"}]}}
PLAN = {"plan-07": {"list": ["the dog"]}}
PLAIN = out("refl", {"refl-01": {"text": "the river"}})

IN_BLOCK: list[tuple[Callable[..., list[UUID]], str, dict[str, Any], dict[str, Any], bool]] = [
    (blocks.safety, "phq9", whole("phq9", 0), {}, True),
    (blocks.safety, "phq9", whole("phq9", 3, but=("phq9-09",)), {}, False),
    (blocks.safety, "phq9", whole("phq9", 3), {"items": ["phq9-01"]}, False),
    (blocks.safety, "phq9", whole("phq9", 3), {"items": ["phq9-09"]}, True),
    (blocks.safety, "phq8", whole("phq8", 3), {}, False),
    (blocks.safety, "pre", {"pre-07": {"choice": "no"}}, {}, True),
    (blocks.safety, "pre", {"pre-07": {"state": "skipped"}, "pre-01": {"text": "x"}}, {}, False),
    (blocks.safety, "plan", PLAN, {}, True),
    (blocks.safety, "plan", PLAN, {"passage": True}, True),
    (blocks.safety, "effects", FAINT, {}, True),
    (blocks.safety, "effects", TASTE, {}, False),
    (blocks.visit, "pre", {"pre-01": {"text": "the door"}}, {}, True),
    (blocks.visit, "pre", {"pre-04": {"text": "hard"}}, {"items": ["pre-04"]}, True),
    (blocks.visit, "pre", {"pre-03": {"helped": "sleep"}}, {}, False),
    (blocks.visit, "prac", {"prac-10": {"text": "ask about sleep"}}, {}, True),
    (blocks.visit, "prac", {"prac-10": {"state": "nothing"}, "prac-01": {"scale": 3}}, {}, False),
    (blocks.effects, "effects", TASTE, {}, True),
    (blocks.effects, "pre", {"pre-06": {"choice": "yes"}}, {"category": "alcohol-drugs"}, True),
    (blocks.effects, "auditc", whole("auditc", 1), {}, False),
    (blocks.effects, "refl", {"refl-01": {"text": "x"}}, {}, False),
    (
        blocks.steps,
        "week",
        {"week-03": {"step": {"what": "walk"}}},
        {"category": "small-steps"},
        True,
    ),
    (blocks.steps, "week", {"week-01": {"text": "x"}}, {}, False),
]


@pytest.mark.parametrize(("block", "guide", "answers", "how", "there"), IN_BLOCK)
def test_an_excerpt_is_in_a_block_or_not(block, guide, answers, how, there) -> None:
    one = out(guide, answers, **how)
    assert block([PLAIN, one]) == ([one.id] if there else [])


def test_a_block_is_in_the_order_it_was_written() -> None:
    late = out("effects", FAINT, written=NOW, handed=NOW - HOUR)
    early = out("plan", PLAN, written=NOW - HOUR, handed=NOW)
    assert blocks.safety([late, early]) == blocks.safety([early, late]) == [early.id, late.id]


def test_the_newest_intention_and_plan_are_named() -> None:
    old = out("prep", {"prep-03": {"text": "be open"}}, written=NOW - HOUR)
    new = out("prep", {"prep-03": {"text": "put things down"}}, items=["prep-03"])
    without = out("prep", {"prep-01": {"text": "rest"}}, written=NOW + HOUR)
    well = out("end", {"end-04": {"text": "noise"}})
    assert blocks.intention([old, without, new]) == new.id
    assert blocks.plan([old, well]) == well.id
    assert blocks.intention([without]) is None
    assert blocks.plan([without]) is None


def test_what_is_not_there_is_an_empty_list_everywhere() -> None:
    for block in (blocks.safety, blocks.visit, blocks.effects, blocks.steps):
        assert block([]) == block([PLAIN]) == []
    for series in (blocks.measures, blocks.scales, blocks.skills):
        assert series([]) == series([PLAIN]) == []


TOTALS: list[tuple[list[dict[str, Any]], list[int | None], list[int], int | None]] = [
    ([whole("phq8", 1)], [8], [0], None),
    ([whole("phq8", 2), whole("phq8", 1)], [16, 8], [0, 0], -8),
    ([whole("phq8", 1), whole("phq8", 1)], [8, 8], [0, 0], 0),
    ([whole("phq8", 1), whole("phq8", 3, but=("phq8-02",))], [8, None], [0, 1], None),
    (
        [whole("phq8", 1), whole("phq8", 3, but=("phq8-02",)), whole("phq8", 2)],
        [8, None, 16],
        [0, 1, 0],
        8,
    ),
    ([whole("phq8", 3, but=("phq8-02",)), whole("phq8", 2)], [None, 16], [1, 0], None),
]


@pytest.mark.parametrize(("taken", "totals", "missing", "difference"), TOTALS)
def test_a_measure_is_its_totals_and_one_difference(taken, totals, missing, difference) -> None:
    some = [out("phq8", each, written=NOW + n * HOUR) for n, each in enumerate(taken)]
    [found] = blocks.measures([PLAIN, *reversed(some)])
    assert (found["id"], found["most"]) == ("phq8", 24)
    assert [point["total"] for point in found["points"]] == totals
    assert [point["missing"] for point in found["points"]] == missing
    assert [point["excerpt"] for point in found["points"]] == [one.id for one in some]
    assert found["difference"] == difference


def test_a_mean_differs_by_tenths() -> None:
    def pain(*each: int) -> dict[str, Any]:
        return {f"peg-0{n}": {"scale": value} for n, value in enumerate(each, start=1)}

    first = out("peg", pain(3, 3, 4), written=NOW - HOUR)
    [found] = blocks.measures([first, out("peg", pain(2, 3, 3))])
    assert [point["total"] for point in found["points"]] == [3.3, 2.7]
    assert found["difference"] == -0.6


def test_some_answers_of_a_measure_have_no_total() -> None:
    assert blocks.measures([out("phq8", whole("phq8", 2), items=["phq8-01", "phq8-02"])]) == []


def test_one_question_of_two_guides_is_one_line_and_others_are_their_own() -> None:
    check = out(
        "check-in", {"check-01": {"scale": 4}, "check-03": {"scale": 0}}, written=NOW - HOUR
    )
    prac = out("prac", {"prac-01": {"scale": 7}, "prac-09": {"scale": 5}})
    found = {one["id"]: one for one in blocks.scales([prac, check])}
    assert found.keys() == {"mood", "pain", "prac-09"}
    mood = found["mood"]
    assert (mood["label"], mood["low"], mood["high"]) == ("Mood", "very low", "very good")
    assert [(point["value"], point["excerpt"]) for point in mood["points"]] == [
        (4, check.id),
        (7, prac.id),
    ]
    assert [point["value"] for point in found["pain"]["points"]] == [0]


def test_what_was_handed_over_twice_counts_once_as_it_was_last() -> None:
    entry = new_id()
    before = out("check-in", {"check-01": {"scale": 4}}, entry=entry, handed=NOW - HOUR)
    after = out("check-in", {"check-01": {"scale": 5}}, entry=entry)
    [mood] = blocks.scales([before, after])
    assert [(point["value"], point["excerpt"]) for point in mood["points"]] == [(5, after.id)]


def used(before: int | None, after: int | None, helped: str | None) -> dict[str, Any]:
    numbers = {"practice-02": before, "practice-03": after}
    return {
        "practice-01": {"skill": [{"skill": "gr-room", "title": "Room roll call"}]},
        **{id: {"scale": value} for id, value in numbers.items() if value is not None},
        **({"practice-04": {"choice": helped}} if helped else {}),
    }


def test_a_skill_is_its_times_and_its_pairs() -> None:
    log = out("practice", used(7, 4, "made-it-worse"), written=NOW - HOUR)
    half = out("practice", used(6, None, None))
    in_prac = {
        "prac-03": {
            "skill": [{"skill": "gr-room", "title": "Room roll call"}],
            "before": 0,
            "after": 0,
        }
    }
    third = out("prac", in_prac, written=NOW + HOUR, category="skills")
    [found] = blocks.skills([third, half, log])
    assert (found["id"], found["label"], found["times"]) == ("gr-room", "Room roll call", 3)
    assert [(one["before"], one["after"], one["helped"]) for one in found["pairs"]] == [
        (7, 4, "made it worse"),
        (6, None, None),
        (0, 0, None),
    ]
    assert [one["excerpt"] for one in found["pairs"]] == [log.id, half.id, third.id]
    assert blocks.scales([log, half, third]) == []


def test_a_skill_whose_name_stays_private_is_not_counted() -> None:
    assert blocks.skills([out("practice", used(7, 4, None), items=["practice-02"])]) == []


def test_an_excerpt_from_before_there_were_facts_and_a_passage_add_nothing() -> None:
    for one in (out("phq9", whole("phq9", 2), passage=True),):
        assert blocks.measures([one]) == blocks.scales([one]) == blocks.safety([one]) == []
