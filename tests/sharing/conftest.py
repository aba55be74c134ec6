"""The stage on which the machine plays."""

from collections.abc import Iterator

import pytest

from journal.app import create_app
from journal.config import Settings
from journal.content import library
from journal.content.library import Library
from tests import factories
from tests.sharing.machine import Stage
from tests.worlds import MovableTime


@pytest.fixture
def stage(
    settings: Settings, time: MovableTime, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    """An application of its own, with two clinics and nobody in them."""
    app = create_app(settings, now=time)
    database = app.extensions["journal.database"]
    with database.session(writing=True) as opened:
        here = factories.make_clinic(opened)
        there = factories.make_clinic(opened, name="Hill Clinic")

    def publish(now: Library) -> None:
        monkeypatch.setattr(library, "load", lambda: now)

    yield Stage(app, time, publish, here, there)
    database.dispose()
