"""The attacks that need no stopwatch, against a real server. `make attacks` runs all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks import stolen
from tests.attacks.hostile import MOST_GROWTH, ask, requests
from tests.attacks.rig import Target, target


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    folder: Path = tmp_path_factory.mktemp("target")
    with target(folder) as server:
        yield server


def test_hostile_payloads_are_refused_and_no_more(on: Target) -> None:
    browser = on.browser(on.world.patient.id)
    before = on.weight()
    answered = {
        name: ask(on.server, sent) for name, sent in requests(browser.cookie, on.server.origin)
    }
    assert {name for name, status in answered.items() if status >= 500 or 0 < status < 400} == set()
    assert on.weight() - before < MOST_GROWTH
    assert answered["10 MB of text"] in {0, 413}  # 0: it hung up on who went on sending
    assert answered["lists 100,000 deep"] == 400
    assert answered["a gzip bomb"] == 415
    assert answered["a query that says it twice"] == 400
    assert answered["TRACE"] == 405
    assert browser.send("GET", "/api/session")[0] == 200


def test_no_stolen_session_opens_anything(on: Target) -> None:
    assert len(stolen.attack(on)) == 6
