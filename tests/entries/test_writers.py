"""Twelve writers on one journal, and a reader who polls the feed meanwhile."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from journal.db import Database
from journal.entries import feed, service
from tests import factories
from tests.acts import save, signed_in, words, write
from tests.factories import new_id
from tests.worlds import World

WRITERS, EACH = 12, 6


def test_a_reader_of_the_feed_meets_every_change_once_and_in_order(
    app: Flask, lived_in: World
) -> None:
    phones = [signed_in(app, lived_in.patient) for _ in range(WRITERS)]
    reader = signed_in(app, lived_in.patient)
    done = threading.Event()
    start = threading.Barrier(WRITERS + 1)

    def work(number: int) -> list[str]:
        start.wait()
        made = []
        for turn in range(EACH):
            id = str(new_id())
            assert save(phones[number], id, words(f"{number}.{turn}")).status_code == 201
            made.append(id)
        return made

    def poll() -> list[Any]:
        start.wait()
        seen: list[Any] = []
        cursor = ""
        while True:
            last = done.is_set()
            page = reader.get(f"/api/changes?limit=5&cursor={cursor}").json
            seen += page["items"]
            cursor = page["cursor"]
            if last and not page["more"]:
                return seen

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        polled = pool.submit(poll)
        made = [pool.submit(work, number) for number in range(WRITERS)]
        ids = {id for one in made for id in one.result(60)}
        done.set()
        seen = polled.result(60)
    assert [item["n"] for item in seen] == list(range(1, WRITERS * EACH + 2))
    assert {item["id"] for item in seen[1:]} == ids


def test_twelve_edits_of_one_entry_at_once_keep_twelve_texts(app: Flask, lived_in: World) -> None:
    phones = [signed_in(app, lived_in.patient) for _ in range(WRITERS)]
    first = write(phones[0], "first")
    start = threading.Barrier(WRITERS)

    def edit(number: int) -> int:
        start.wait()
        body = words(f"from {number}")
        return save(phones[number], first.id, body, parent=first.revision).status_code

    with ThreadPoolExecutor(WRITERS) as pool:
        answers = sorted(pool.map(edit, range(WRITERS), timeout=60))
    assert answers == [200] + [409] * (WRITERS - 1)
    kept = phones[0].get(f"/api/entries/{first.id}/revisions").json
    texts = {one["answers"]["refl-01"]["text"] for one in kept}
    assert texts == {"first", *(f"from {number}" for number in range(WRITERS))}
    assert sorted(one["kind"] for one in kept) == ["conflict"] * 11 + ["earlier", "head"]


def test_the_same_save_sent_twelve_times_at_once_is_kept_once(app: Flask, lived_in: World) -> None:
    phones = [signed_in(app, lived_in.patient) for _ in range(WRITERS)]
    id, body = str(new_id()), words()
    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(pool.map(lambda phone: save(phone, id, body), phones, timeout=60))
    assert sorted(answer.status_code for answer in answers) == [200] * 11 + [201]
    assert len({answer.data for answer in answers}) == 1
    assert len(phones[0].get(f"/api/entries/{id}/revisions").json) == 1


@pytest.mark.parametrize("moment", ["FROM entry JOIN", "FROM tombstone"])
def test_what_is_committed_between_two_selects_of_a_page_is_neither_lost_nor_early(
    database: Database, lived_in: World, moment: str
) -> None:
    """PostgreSQL gives every select of a transaction its own view of what is committed."""
    author = lived_in.patient
    with database.session(writing=True) as opened:
        doomed = [factories.make_entry(opened, author).id for _ in range(3)]
    interfered: list[str] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def interfere(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if moment in statement and not interfered:
            interfered.append(statement)
            with database.session(writing=True) as other:
                factories.make_entry(other, author)
                for id in doomed:
                    service.erase(other, author, id)

    seen: list[Any] = []
    cursor = None
    for _ in range(4):
        with database.session(writing=False) as opened:
            page = feed.changes(opened, author, cursor, 4)
        seen += page["items"]
        cursor = page["cursor"]
    assert interfered
    numbers = [item["n"] for item in seen]
    assert numbers == sorted(set(numbers))
    assert numbers[-4:] == [5, 6, 7, 8]
