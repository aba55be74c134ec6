"""The receipts: numbered without gaps, chained, and any change is found."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import column, delete, insert, select, table, text, update

from journal import audit, migrations
from journal.audit import How, Reading, ReadingHead
from tests.factories import NOW, new_id


@pytest.fixture
def patient_id():
    return new_id()


@pytest.fixture
def chain(session, patient_id):
    """Five readings of one patient's words in three acts, and two of a bystander's."""
    reader, grant = new_id(), new_id()
    for n, count in enumerate((2, 1, 2)):
        at = NOW + timedelta(minutes=n)
        read = [(grant, new_id()) for _ in range(count)]
        audit.record(session, patient_id, reader, read, at=at)
    audit.record(session, new_id(), reader, [(new_id(), new_id())] * 2, at=NOW)
    return session.scalars(
        select(Reading).where(Reading.patient_id == patient_id).order_by(Reading.n)
    ).all()


def findings(session, patient_id):
    session.expire_all()
    found = list(audit.verify(session))
    assert all(str(patient_id) in sentence for sentence in found), "a bystander was blamed"
    return found


def change(session, row, **values):
    session.execute(
        update(Reading)
        .where(Reading.patient_id == row.patient_id, Reading.n == row.n)
        .values(**values)
    )


def test_an_untouched_chain_holds(session, chain, patient_id):
    assert [row.n for row in chain] == [1, 2, 3, 4, 5]
    assert findings(session, patient_id) == []


def test_reading_nothing_leaves_no_trace(session):
    id = new_id()
    audit.record(session, id, new_id(), [], at=NOW)
    assert session.get(ReadingHead, id) is None


def test_readings_come_newest_first_and_are_ones_own(session, chain, patient_id):
    found = audit.readings_of(session, patient_id)
    assert [row.n for row in found] == [5, 4, 3, 2, 1]
    assert [row.n for row in audit.readings_of(session, patient_id, limit=2)] == [5, 4]
    assert audit.readings_of(session, new_id()) == []


@pytest.mark.parametrize("n", range(1, 6))
@pytest.mark.parametrize(
    "edit",
    [
        {"at": NOW - timedelta(microseconds=1)},
        {"reader_id": new_id()},
        {"grant_id": new_id()},
        {"excerpt_id": new_id()},
        {"how": How.PDF},
        {"hash": bytes(32)},
    ],
    ids=lambda edit: next(iter(edit)),
)
def test_any_field_that_was_edited_is_found(session, chain, patient_id, n, edit):
    change(session, chain[n - 1], **edit)
    [sentence] = findings(session, patient_id)
    assert f"reading {n} was changed" in sentence


def test_a_file_that_is_made_a_page_afterwards_is_found(session, patient_id):
    for how in (How.PAGE, How.PDF, How.SEARCH):
        audit.record(session, patient_id, new_id(), [(new_id(), new_id())], at=NOW, how=how)
    assert findings(session, patient_id) == []
    file, line = audit.readings_of(session, patient_id)[1::-1]
    for row, other in ((file, How.PAGE), (file, How.SEARCH), (line, How.PDF), (line, How.PAGE)):
        was = row.how
        change(session, row, how=other)
        assert len(findings(session, patient_id)) == 1, (was, other)
        change(session, row, how=was)
    assert findings(session, patient_id) == []


def test_readings_from_before_there_were_files_still_hold(database, patient_id):
    """As they were written then: without the column, and without it in their hash."""
    migrations.downgrade(database, "0008-1")
    reader, grant, excerpt = new_id(), new_id(), new_id()
    moment = NOW.isoformat(timespec="microseconds")
    hash = audit.link(audit.GENESIS, patient_id, 1, moment, reader, grant, excerpt)
    row = {"patient_id": patient_id, "n": 1, "at": NOW, "reader_id": reader}
    row |= {"grant_id": grant, "excerpt_id": excerpt, "hash": hash}
    with database.session(writing=True) as session:
        kinds = {name: Reading.__table__.columns[name].type for name in row}
        said = [column(name, kind) for name, kind in kinds.items()]
        session.execute(insert(table("reading", *said)).values(row))
        session.add(ReadingHead(patient_id=patient_id, n=1, hash=hash))
    migrations.upgrade(database)
    with database.session(writing=True) as session:
        assert findings(session, patient_id) == []
        more = [(grant, new_id())]
        audit.record(session, patient_id, reader, more, at=NOW, how=How.PDF)
        audit.record(session, patient_id, reader, more, at=NOW)
        found = audit.readings_of(session, patient_id)
        assert [row.how for row in found] == [How.PAGE, How.PDF, How.PAGE]
        assert findings(session, patient_id) == []


def test_a_row_moved_to_another_patient_is_found(session, chain, patient_id):
    change(session, chain[4], patient_id=new_id())
    found = list(audit.verify(session))
    assert len(found) == 2  # its new place has no head, its old one lacks it


@pytest.mark.parametrize("n", range(1, 6))
def test_a_row_that_was_removed_is_found(session, chain, patient_id, n):
    session.execute(delete(Reading).where(Reading.patient_id == patient_id, Reading.n == n))
    assert len(findings(session, patient_id)) == 1


def test_rows_that_changed_places_are_found(session, chain, patient_id):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        session.execute(
            update(Reading).where(Reading.patient_id == patient_id, Reading.n == old).values(n=new)
        )
    assert len(findings(session, patient_id)) == 1


@pytest.mark.parametrize("kept", [0, 1, 4])
def test_newest_rows_that_were_cut_off_are_found(session, chain, patient_id, kept):
    session.execute(delete(Reading).where(Reading.patient_id == patient_id, Reading.n > kept))
    [sentence] = findings(session, patient_id)
    assert "newest readings were removed" in sentence


def test_cutting_off_and_turning_the_count_back_is_found(session, chain, patient_id):
    session.execute(delete(Reading).where(Reading.patient_id == patient_id, Reading.n > 3))
    session.execute(update(ReadingHead).where(ReadingHead.patient_id == patient_id).values(n=3))
    assert len(findings(session, patient_id)) == 1


@pytest.mark.parametrize("n", [0, 6])
def test_a_row_that_was_put_in_is_found(session, chain, patient_id, n):
    last = chain[-1]
    session.add(
        Reading(
            patient_id=patient_id,
            n=n,
            at=NOW,
            reader_id=last.reader_id,
            grant_id=last.grant_id,
            excerpt_id=new_id(),
            hash=last.hash,
        )
    )
    session.flush()
    assert len(findings(session, patient_id)) == 1


def test_a_chain_without_its_head_is_found(session, chain, patient_id):
    session.execute(delete(ReadingHead).where(ReadingHead.patient_id == patient_id))
    [sentence] = findings(session, patient_id)
    assert "without a head" in sentence


def test_a_head_without_its_chain_is_found(session, chain, patient_id):
    session.execute(delete(Reading).where(Reading.patient_id == patient_id))
    assert len(findings(session, patient_id)) == 1


def test_the_hash_covers_where_one_field_ends():
    assert audit.link(bytes(32), "ab", "c") != audit.link(bytes(32), "a", "bc")
    assert audit.link(bytes(32), 1) != audit.link(bytes(32), "1")
    assert audit.link(bytes(32), "a") != audit.link(bytes(31) + b"\x01", "a")


def test_a_row_holds_ids_a_time_and_a_form_and_no_word():
    kinds = {type(column.type).__name__ for column in Reading.__table__.columns}
    assert kinds == {"Uuid", "Integer", "Instant", "Enum", "LargeBinary"}


def test_readers_at_the_same_moment_leave_no_gap(database, patient_id):
    faults = []

    def read() -> None:
        try:
            for _ in range(3):
                with database.session(writing=True) as mine:
                    audit.record(mine, patient_id, new_id(), [(new_id(), new_id())] * 2, at=NOW)
        except Exception as fault:
            faults.append(fault)

    threads = [Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    with database.session(writing=False) as session:
        numbers = session.scalars(text("SELECT n FROM reading ORDER BY n")).all()
        assert numbers == list(range(1, 37))
        assert list(audit.verify(session)) == []


def test_a_reading_that_is_rolled_back_takes_its_number_with_it(database, patient_id):
    with pytest.raises(ZeroDivisionError), database.session(writing=True) as session:  # noqa: PT012
        audit.record(session, patient_id, new_id(), [(new_id(), new_id())], at=NOW)
        raise ZeroDivisionError
    with database.session(writing=True) as session:
        audit.record(session, patient_id, new_id(), [(new_id(), new_id())], at=NOW)
        assert [row.n for row in audit.readings_of(session, patient_id)] == [1]
