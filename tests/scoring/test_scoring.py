"""Every measure against the vectors that the app's tests read too, and at each of its edges."""

import json
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from journal.content.guide_schemas import GuideSchema
from journal.content.guides import Guide, GuideKind, Kind
from journal.content.library import load
from journal.content.measures import Rule
from journal.content.scoring import band, said, score

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
CASES = [(id, vector) for id, each in VECTORS.items() for vector in each["vectors"]]
MEASURES = [guide for guide in load().guides if guide.kind is GuideKind.MEASURE]

measures = pytest.mark.parametrize("guide", MEASURES, ids=lambda guide: guide.id)


def answers_of(guide: Guide, vector: dict[str, Any]) -> dict[str, Any]:
    """A vector lists one value for each item that counts: null is no answer at all."""
    assert guide.measure is not None
    given = zip(guide.measure.items, vector["answers"], strict=True)
    return {
        id: value if isinstance(value, dict) else {guide.item(id).parts[0].name: value}
        for id, value in given
        if value is not None
    }


def points_of(guide: Guide) -> list[list[int | None]]:
    """What each item that counts can add."""
    assert guide.measure is not None
    parts = [guide.item(id).parts[0] for id in guide.measure.items]
    return [
        [*range(11)] if part.kind is Kind.SCALE else [one.score for one in part.options]
        for part in parts
    ]


@pytest.mark.parametrize(("id", "vector"), CASES, ids=lambda x: x if isinstance(x, str) else "")
def test_answers_add_up_as_published(id, vector):
    guide = load().guide(id)
    found = score(guide, answers_of(guide, vector))
    reached = band(guide, found.total)
    assert (found.total, found.answered) == (vector["total"], vector["answered"]), vector["name"]
    assert said(guide, found) == vector["said"]
    assert found.clusters == vector.get("clusters", {})
    assert (reached and reached.label) == vector["band"]


@measures
def test_a_measure_says_whose_it_is_and_waits_for_a_clear_head(guide):
    assert guide.source
    assert "Original wording" not in guide.licence
    assert guide.measure.days_between >= 7
    assert guide.measure.hours_after_dose >= 24


def test_every_measure_has_vectors_and_every_vector_a_measure():
    assert {guide.id for guide in MEASURES} == set(VECTORS)


@measures
def test_the_app_is_tested_with_the_measure_as_it_is(guide):
    sent = GuideSchema().dump(guide)
    items = [
        {
            "id": item["id"],
            "parts": [
                {
                    "name": part["name"],
                    "kind": part["kind"],
                    "options": [
                        {"id": one["id"], "score": one["score"]} for one in part["options"]
                    ],
                }
                for part in item["parts"]
            ],
        }
        for item in sent["items"]
    ]
    assert VECTORS[guide.id]["guide"] == {"items": items, "measure": sent["measure"]}


@measures
def test_a_measure_has_vectors_at_each_of_its_edges(guide):
    measure, vectors = guide.measure, VECTORS[guide.id]["vectors"]
    totals = {vector["total"] for vector in vectors}
    states = [each for vector in vectors for each in vector["answers"] if isinstance(each, dict)]
    edges = {edge for cut in measure.cutoffs for edge in (cut.at - 1, cut.at)}
    assert {0, measure.most, None} | edges <= totals
    assert {"skipped", "unsure"} <= {state.get("state") for state in states}
    missing = {vector["answered"] for vector in vectors if None in vector["answers"]}
    assert {0, len(measure.items) - 1} <= missing
    if measure.rule is Rule.MEAN:
        assert {round(total * 10) % 10 for total in totals - {None}} >= {0, 3, 7}
    for cluster in measure.clusters:
        sums = {vector["clusters"][cluster.id] for vector in vectors}
        assert {None, 0, 4 * len(cluster.items)} <= sums


@measures
def test_the_range_is_what_the_items_can_add_up_to(guide):
    measure, points = guide.measure, points_of(guide)
    of = len(points) if measure.rule is Rule.MEAN else 1
    assert (sum(map(min, points)), sum(map(max, points))) == (0, measure.most * of)
    assert all(0 < cut.at <= measure.most for cut in measure.cutoffs)
    assert len(set(measure.items)) == len(measure.items)


@measures
def test_the_clusters_share_out_all_items(guide):
    clustered = [id for cluster in guide.measure.clusters for id in cluster.items]
    assert tuple(clustered) in ((), guide.measure.items)


@pytest.mark.parametrize("total", range(41))
def test_a_mean_is_rounded_half_up(total):
    """Of three answers no mean ends in a half; of four it does."""
    peg = load().guide("peg")
    items = tuple(replace(peg.items[0], id=f"made-up-{n}") for n in range(4))
    measure = replace(peg.measure, items=tuple(item.id for item in items))
    guide = replace(peg, items=items, measure=measure)
    values = [total // 4 + (n < total % 4) for n in range(4)]
    answers = {item.id: {"scale": value} for item, value in zip(items, values, strict=True)}
    exact = (Decimal(total) / 4).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert said(guide, score(guide, answers)) == f"{exact} of 10"


def test_the_question_on_daily_life_is_not_counted():
    guide = load().guide("phq8")
    answers = {item.id: {"choice": "not-at-all"} for item in guide.items[:8]}
    answers["phq8-09"] = {"choice": "extremely-difficult"}
    assert score(guide, answers).total == 0


def test_what_is_not_a_measure_is_not_scored():
    with pytest.raises(ValueError, match="refl is not a measure"):
        score(load().guide("refl"), {})
