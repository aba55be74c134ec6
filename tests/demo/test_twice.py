"""The same moment gives the same clinic, byte for byte where bytes are not random on purpose."""

import orjson

from journal.accounts.principals import Patient
from journal.brief import service as brief
from journal.db import Base, Database
from journal.demo.files import load
from journal.demo.ids import made_id
from journal.entries import feed
from tests.factories import NOW

RANDOM = {
    "account": {"email", "name", "password_hash"},
    "data_key": {"wrapped"},
    "excerpt": {"body"},
    "journal": {"epoch"},
    "medium": {"blob", "key", "about"},
    "revision": {"body"},
}


def rows(database: Database) -> dict[str, list[str]]:
    found = {}
    with database.session(writing=False) as session:
        for table in Base.metadata.sorted_tables:
            kept = [
                column for column in table.columns if column.name not in RANDOM.get(table.name, ())
            ]
            found[table.name] = sorted(
                str(tuple(row)) for row in session.execute(table.select().with_only_columns(*kept))
            )
    return found


def words(database: Database) -> list[bytes]:
    """Every journal and every page, opened."""
    opened = []
    with database.session(writing=False) as session:
        for story in load().stories:
            author = Patient(made_id("account", story.key))
            items = feed.changes(session, author, None, 200)["items"]
            assert len(items) == len(story.entries)
            opened.append(orjson.dumps(items))
            for key in story.therapists:
                therapist = made_id("account", key)
                opened.append(brief.for_patient(session, author, therapist, at=NOW))
    return opened


def test_two_fills_at_one_moment_are_alike(fill, in_a_file):
    first = fill()
    assert rows(first) == rows(in_a_file)
    assert words(first) == words(in_a_file)
