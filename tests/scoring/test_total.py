"""The total that goes across with the answers of a measure."""

import pytest

from journal.content.library import load
from journal.content.shown import shown

GUIDE = load().guide("phq8")
ALL = [item.id for item in GUIDE.items]
COUNTED = ALL[:8]
FULL = {id: {"choice": "several-days"} for id in COUNTED}


def total(answers: dict[str, dict[str, str]], items: list[str]) -> str | None:
    """The last row, where it is the total."""
    last = (shown(GUIDE, answers, items) or [{"question": None}])[-1]
    if last["question"] != "Total":
        return None
    [line] = last["answer"]["lines"]
    assert (line["label"], line["own"]) == (None, False)
    return line["value"]


@pytest.mark.parametrize(
    ("answers", "items", "value"),
    [
        (FULL, ALL, "8 of 24"),
        (FULL, COUNTED, "8 of 24"),
        (FULL, COUNTED[:7], None),
        (FULL, ["phq8-01"], None),
        (FULL, ["phq8-09"], None),
        (FULL | {"phq8-03": {"state": "skipped"}}, ALL, "Not scored: 1 of 8 not answered"),
        (FULL | {"phq8-03": {}}, ALL, "Not scored: 1 of 8 not answered"),
        ({id: FULL[id] for id in COUNTED[2:]}, COUNTED[2:], "Not scored: 2 of 8 not answered"),
        ({id: FULL[id] for id in COUNTED[2:]}, COUNTED[3:], None),
        ({"phq8-09": {"choice": "very-difficult"}}, ALL, None),
        ({}, ALL, None),
    ],
)
def test_the_total_goes_with_all_answers_that_count_and_with_no_fewer(answers, items, value):
    assert total(answers, items) == value


def test_no_cut_off_and_no_label_goes_with_the_answers():
    answers = {id: {"choice": "nearly-every-day"} for id in COUNTED}
    said = [line["value"] for row in shown(GUIDE, answers, ALL) for line in row["answer"]["lines"]]
    assert said == ["Nearly every day"] * 8 + ["24 of 24"]


def test_a_guide_that_is_no_measure_has_no_total():
    refl = load().guide("refl")
    rows = shown(refl, {"refl-01": {"text": "x"}}, [item.id for item in refl.items])
    assert [row["question"] for row in rows] == [refl.items[0].text]
