import pytest
from sqlalchemy import select

from journal.care.models import Appointment, Course, DosingSession
from tests.acts import signed_in
from tests.catalog.clinic import another_admin


@pytest.fixture
def desk(app, lived_in):
    """The admin of the clinic."""
    return signed_in(app, lived_in.admin)


@pytest.fixture
def other_desk(app, database, lived_in):
    """The admin of the other clinic."""
    return signed_in(app, another_admin(database, lived_in.other_clinic, "other@example.org"))


@pytest.fixture
def everything(database):
    """All rows of the clinic's calendar, to see that nothing of them changed."""

    def rows():
        with database.session(writing=False) as session:
            return [
                sorted(map(str, session.execute(select(*model.__table__.c)).all()))
                for model in (DosingSession, Appointment, Course)
            ]

    return rows
