"""Thousands of acts in any order, over HTTP, against the naive model."""

import os
from itertools import count

import pytest

from tests.sharing.machine import Stage, everything_verifies, run

LONG = bool(os.environ.get("JOURNAL_LONG"))
STEPS = {"sqlite": 25_000 if LONG else 2_500, "postgresql": 2_500 if LONG else 400}
PARTS = range(4)
"""10,000 steps on SQLite in a usual run, 100,000 in a long one: so many, four times."""


@pytest.mark.timeout(3600 if LONG else 600)
@pytest.mark.parametrize("part", PARTS)
def test_every_answer_is_the_models(stage: Stage, part: int) -> None:
    wanted = STEPS[stage.database.engine.dialect.name]
    for more in count(part * 1000):
        run(stage, max(1, (wanted - stage.steps["all"]) // 100), part=more)
        # An example may end early: what was done is counted, not what was asked for.
        if stage.steps["all"] >= wanted:
            break
    everything_verifies(stage.database)
