"""A copy of the database says nothing: no words, no names, no addresses."""

import sqlite3

import pytest

from journal import demo
from journal.db import Base, Database
from journal.demo.files import load

LONG_ENOUGH = 6  # letters


@pytest.fixture
def secrets() -> list[str]:
    people = [text for one in demo.sign_ins() for text in (one.name, one.email)]
    contacts = [
        text
        for story in load().stories
        for written in story.entries
        for answer in written.answers.values()
        for row in answer.get("contacts", [])
        for text in row.values()
    ]
    every = [*demo.canaries(), *people, *contacts, demo.PASSWORD]
    # "Leo" stands in a megabyte of random bytes by chance; his address, longer, does not.
    return [secret for secret in every if len(secret) >= LONG_ENOUGH]


def test_no_row_of_any_table_holds_a_word(fill, secrets):
    database: Database = fill()
    with database.session(writing=False) as session:
        found = [
            value.decode("latin-1") if isinstance(value, bytes) else str(value)
            for table in Base.metadata.sorted_tables
            for row in session.connection().exec_driver_sql(f'SELECT * FROM "{table.name}"')  # noqa: S608
            for value in row
        ]
    everything = "\n".join(found)
    assert "Alder Lane Clinic (demo)" in everything  # what anybody may know is in there
    assert [secret for secret in secrets if secret in everything] == []


def test_a_dump_of_the_file_holds_none_of_it(in_a_file, file, secrets):
    with sqlite3.connect(file) as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    raw = b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))
    assert "Alder Lane Clinic (demo)" in dump
    assert b"Alder Lane Clinic (demo)" in raw
    blobs = dump.upper()
    for secret in secrets:
        assert secret not in dump
        assert secret.encode().hex().upper() not in blobs
        assert secret.encode() not in raw
