"""The total of a measure is copied with the whole of it, and never with a part."""

import pytest
from flask import Flask

from tests.acts import WHOLE, give, hand_over, read_page, signed_in, write
from tests.worlds import World

SKIPPED = {f"phq8-0{at}": {"state": "skipped"} for at in range(1, 9)}
ANSWERED = {f"phq8-0{at}": {"choice": "several-days"} for at in range(1, 9)}
LAST = "phq8-08"
ONE = SKIPPED | {LAST: ANSWERED[LAST]}


@pytest.mark.parametrize(
    ("answers", "what", "total"),
    [
        (ANSWERED, WHOLE, ["8 of 24"]),
        (ONE, WHOLE, ["Not scored: 7 of 8 not answered"]),
        (ANSWERED, {"kind": "answers", "items": list(ANSWERED)}, ["8 of 24"]),
        (ANSWERED, {"kind": "answers", "items": [LAST]}, []),
        (ONE, {"kind": "answers", "items": [LAST]}, []),
    ],
)
def test_a_total_goes_with_all_that_counts(
    app: Flask, lived_in: World, answers: dict, what: dict, total: list[str]
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist, categories=["measures"])
    hand_over(phone, grant, write(phone, guide="phq8", answers=answers), what)
    [excerpt] = read_page(desk, lived_in.patient).json["excerpts"]
    rows = excerpt["content"]["items"]
    totals = [row["answer"]["lines"][0]["value"] for row in rows if row["question"] == "Total"]
    assert totals == total
