"""The second lock: PostgreSQL gives nothing away either, with the gate's rule taken out.

On PostgreSQL alone: SQLite has no row-level security, and runs in one process with one writer.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Select, func, select, text, update
from sqlalchemy.orm import Session

from journal.app import create_app
from journal.config import Settings
from journal.consent.models import Grant
from journal.db import Database, rows
from journal.db.rows import Guard
from journal.media.models import CopyKind, MediaCopy
from journal.sharing import gate, listed, service
from journal.sharing.models import Excerpt
from journal.vault import keys
from tests.acts import give, hand_over, read_page, said, signed_in, write
from tests.factories import NOW, new_id
from tests.postgresql import Server
from tests.sharing.room import Room, furnished
from tests.sharing.test_gate import TABLE
from tests.worlds import World

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

WORDS = "the river knew my name"
EVERYTHING = select(Excerpt.patient_id, Excerpt.id)


@pytest.fixture
def room(session: Session, world: World) -> Room:
    return furnished(session, world)


def close(session: Session) -> None:
    """From here on this transaction is like one of a server's."""
    session.flush()
    session.info[rows.INFO] = Guard(lambda: 1)
    session.execute(text("SELECT set_config('rows.guarded', 'on', true)"))


def seen(session: Session, which: Select[Any] = EVERYTHING) -> set[tuple[UUID, UUID]]:
    return {(row.patient_id, row.id) for row in session.execute(which)}


@pytest.mark.parametrize("change", [row[1] for row in TABLE], ids=[row[0] for row in TABLE])
def test_without_a_where_a_reader_sees_what_the_gate_s_rule_allows(
    room: Room, change: Callable[[Room], object]
) -> None:
    change(room)
    room.session.flush()
    allowed = {
        (row.patient_id, row.id) for row in listed.ids(room.session, room.reader, at=room.at)
    }
    close(room.session)
    assert seen(room.session) == set()
    rows.act_as_reader(room.session, room.reader.id, at=room.at)
    assert seen(room.session) == allowed


@pytest.mark.parametrize("by", [timedelta(seconds=-1), timedelta(0), timedelta(days=90)])
def test_it_goes_by_the_moment_of_the_request(room: Room, by: timedelta) -> None:
    room.of_excerpt(release_at=NOW)
    at = NOW + by
    allowed = {(row.patient_id, row.id) for row in listed.ids(room.session, room.reader, at=at)}
    close(room.session)
    rows.act_as_reader(room.session, room.reader.id, at=at)
    assert seen(room.session) == allowed


def test_an_author_sees_their_own_and_no_more(room: Room) -> None:
    mine = seen(room.session, EVERYTHING.where(Excerpt.patient_id == room.patient.id))
    close(room.session)
    rows.act_as_author(room.session, room.patient.id)
    assert seen(room.session) == mine


def test_media_go_by_the_excerpt_they_lie_in(room: Room) -> None:
    for row in room.session.scalars(select(Excerpt)).all():
        room.session.add(
            MediaCopy(
                patient_id=row.patient_id,
                id=new_id(),
                excerpt_id=row.id,
                kind=CopyKind.PHOTO,
                type="image/jpeg",
                size=1,
                blob=str(row.id),
                key=row.body,
                made_at=NOW,
            )
        )
    every = select(MediaCopy.patient_id, MediaCopy.excerpt_id.label("id"))
    room.session.flush()
    assert len(seen(room.session, every)) > len(listed.ids(room.session, room.reader, at=NOW))
    close(room.session)
    assert seen(room.session, every) == set()
    rows.act_as_reader(room.session, room.reader.id, at=room.at)
    assert seen(room.session, every) == seen(room.session) != set()


def test_a_reader_changes_and_adds_nothing(room: Room) -> None:
    close(room.session)
    rows.act_as_reader(room.session, room.reader.id, at=room.at)
    changed = update(Excerpt).values(taken_back_at=NOW).returning(Excerpt.id)
    assert room.session.execute(changed).all() == []


def test_what_is_over_is_removed_in_a_reader_s_request_and_they_see_no_more_for_it(
    room: Room,
) -> None:
    close(room.session)
    rows.act_as_reader(room.session, room.world.other_therapist.id, at=room.at)
    before = seen(room.session)
    service.remove(room.session, room.patient.id, Excerpt.id == room.excerpt.id, NOW)
    assert seen(room.session) == before
    rows.act_as_author(room.session, room.patient.id)
    words = select(Excerpt.body).where(Excerpt.id == room.excerpt.id)
    owned = words.where(Excerpt.patient_id == room.patient.id)
    assert room.session.scalars(owned).one() is None


def test_one_transaction_opens_nothing_to_the_next(
    app: Flask, lived_in: World, database: Database
) -> None:
    guarded: Database = app.extensions["journal.database"]
    for _ in range(3):
        with guarded.session(writing=False) as opened:
            assert seen(opened) == set()
            rows.act_as_reader(opened, lived_in.therapist.id, at=NOW)
            assert seen(opened)
    with guarded.session(writing=False) as opened:
        assert opened.scalar(select(func.count()).select_from(Excerpt)) == 0
    with database.session(writing=False) as opened:
        assert opened.scalar(select(func.count()).select_from(Excerpt)) > 0


def without_rule(statement: Select[Any]) -> Select[Any]:
    """The same select, its WHERE removed."""
    return (
        select(*statement.selected_columns)
        .select_from(Excerpt)
        .join(Grant, Grant.id == Excerpt.grant_id)
        .join(keys.DataKey, keys.belongs(Grant.id, keys.Of.GRANT))
    )


@pytest.mark.parametrize("how", ["withdraw", "pause", "take back", "narrow", "never handed"])
def test_the_therapist_s_side_gives_nothing_with_the_gate_s_rule_removed(
    app: Flask, lived_in: World, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    for where, name in ((gate, "WORDS"), (listed, "IDS_OF_ONE"), (listed, "IDS_OF_ALL")):
        monkeypatch.setattr(where, name, without_rule(getattr(where, name)))
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist, categories=["reflections", "skills"])
    if how != "never handed":
        out = hand_over(phone, grant, write(phone, WORDS))
        assert WORDS in said(read_page(desk, lived_in.patient))
        assert out in desk.get(f"/api/patients/{lived_in.patient.id}/new").text
        taken = {
            "withdraw": lambda: phone.post(f"/api/grants/{grant}/withdraw"),
            "pause": lambda: phone.post(f"/api/grants/{grant}/pause"),
            "take back": lambda: phone.delete(f"/api/excerpts/{out}"),
            "narrow": lambda: phone.post(
                f"/api/grants/{grant}/narrow", json={"categories": ["skills"]}
            ),
        }[how]()
        assert taken.status_code in {200, 204}
        assert out not in desk.get(f"/api/patients/{lived_in.patient.id}/new").text
        counts = {
            row["patient"]["id"]: row["handed_over"]
            for row in desk.get("/api/today").json["patients"]
        }
        assert counts[str(lived_in.patient.id)] == 0
    page = read_page(desk, lived_in.patient)
    assert WORDS not in page.text
    # The control: the rule is gone indeed, so that the other patient's things stand on this page.
    assert "A bystander's words." in said(page)


def test_without_the_lock_the_same_removal_would_show_everything(
    app: Flask, lived_in: World, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    """The control: it is the database that keeps it, and nothing else."""
    monkeypatch.setattr(gate, "WORDS", without_rule(gate.WORDS))
    monkeypatch.setitem(app.extensions, "journal.database", database)
    desk = signed_in(app, lived_in.therapist)
    assert len(said(read_page(desk, lived_in.patient))) == 3


def test_a_role_that_walks_past_the_lock_is_named_at_the_start(
    settings: Settings, database: Database, postgresql: Server, caplog: pytest.LogCaptureFixture
) -> None:
    postgresql.administer("DROP ROLE IF EXISTS walker")
    postgresql.administer("CREATE ROLE walker LOGIN BYPASSRLS IN ROLE journal")

    def warnings(role: str) -> int:
        caplog.clear()
        url = settings.database_url.replace("//journal@", f"//{role}@")
        create_app(replace(settings, database_url=url)).extensions["journal.database"].dispose()
        return sum("BYPASSRLS" in one.getMessage() for one in caplog.records)

    assert [warnings(role) for role in ("journal", "postgres", "walker")] == [0, 1, 1]
    postgresql.administer("DROP ROLE walker")
