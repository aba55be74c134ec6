"""Two phones with media on them, and the folder of the server where they end up."""

from pathlib import Path

import pytest

from journal.media.opened import room
from tests.acts import signed_in
from tests.media.sending import Caught, upload


@pytest.fixture
def phone(app, lived_in):
    return signed_in(app, lived_in.patient)


@pytest.fixture
def stranger(app, lived_in):
    """Another patient of the same clinic."""
    return signed_in(app, lived_in.other_patient)


@pytest.fixture
def bystander(stranger) -> Caught:
    """A recording of somebody else, which no test of the phone may touch."""
    return upload(stranger, Caught())


@pytest.fixture
def folder(settings) -> Path:
    return Path(settings.media.store)


@pytest.fixture
def store(database):
    with database.session(writing=False) as session:
        return room(session).store
