"""The total that goes across with the answers of a measure."""

import json
from pathlib import Path
from typing import Any

import pytest

from journal.content.library import load
from journal.content.shown import shown

SHARED = json.loads((Path(__file__).parents[1] / "shown" / "totals.json").read_text("utf-8"))
GUIDE = load().guide("phq9")
ALL = [item.id for item in GUIDE.items]
STATES = {"skipped", "unsure", "nothing"}


def answers_of(said: dict[str, str]) -> dict[str, dict[str, str]]:
    return {id: {"state" if one in STATES else "choice": one} for id, one in said.items()}


@pytest.mark.parametrize("vector", SHARED["vectors"], ids=lambda vector: vector["name"])
def test_the_total_goes_with_all_that_counts_and_with_no_less(vector: dict[str, Any]) -> None:
    items = ALL if vector["items"] == "whole" else vector["items"]
    rows = shown(GUIDE, answers_of(vector["answers"]), items)
    totals = [row["answer"]["lines"] for row in rows if row["question"] == "Total"]
    expected = [[{"label": None, "value": vector["total"], "own": False}]]
    assert totals == (expected if vector["total"] else [])


def test_no_cut_off_and_no_label_goes_with_the_answers():
    answers = {id: {"choice": "nearly-every-day"} for id in GUIDE.measure.items}
    said = [line["value"] for row in shown(GUIDE, answers, ALL) for line in row["answer"]["lines"]]
    assert said == ["Nearly every day"] * 9 + ["27 of 27"]


def test_a_guide_that_is_no_measure_has_no_total():
    refl = load().guide("refl")
    rows = shown(refl, {"refl-01": {"text": "x"}}, [item.id for item in refl.items])
    assert [row["question"] for row in rows] == [refl.items[0].text]
