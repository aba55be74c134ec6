"""The history of the schema: up, down, up again, and nothing the code has that history lacks."""

from uuid import uuid4, uuid5

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from journal import migrations
from journal.accounts.principals import Admin
from journal.app import create_app
from journal.db import Base
from journal.roster import by_command, service
from journal.roster.models import Act
from journal.vault import keys
from tests import factories
from tests.factories import NOW


@pytest.fixture
def emptied(database):
    """A database taken back to before the first migration."""
    migrations.downgrade(database, "base")
    return database


def tables(database):
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def test_all_the_way_down_leaves_nothing(emptied):
    assert tables(emptied) == set()


def test_no_type_of_ours_outlives_the_tables(emptied):
    if emptied.engine.dialect.name == "postgresql":
        assert inspect(emptied.engine).get_enums() == []


def test_up_from_empty_makes_every_table(emptied):
    migrations.upgrade(emptied)
    assert tables(emptied) == set(Base.metadata.tables)
    assert migrations.is_current(emptied)


def test_up_and_down_again_goes_round(emptied):
    migrations.upgrade(emptied)
    migrations.downgrade(emptied, "base")
    assert tables(emptied) == set()
    migrations.upgrade(emptied)
    assert migrations.is_current(emptied)


def test_keys_from_before_they_had_a_kind_are_told_apart(database, lived_in):
    world = lived_in
    with database.session(writing=True) as session:
        grant = factories.make_grant(session, world.patient, world.therapist)
        owners = {
            keys.Of.ACCOUNT: world.patient.id,
            keys.Of.GRANT: grant.id,
            keys.Of.CLINIC: world.clinic.id,
            keys.Of.NOTES: uuid5(world.therapist.id, "notes"),
        }
        made = {of: keys.ensure(session, id, of=of, at=NOW) for of, id in owners.items()}
    migrations.downgrade(database, "0010")
    migrations.upgrade(database)
    with database.session(writing=True) as session:
        assert {of: keys.key(session, id, of=of) for of, id in owners.items()} == made


def test_what_admins_did_stays_and_what_commands_did_is_forgotten_on_the_way_down(
    database, lived_in
):
    both = (lived_in.patient.id, lived_in.therapist.id)
    with database.session(writing=True) as session:
        by_command.reassign(session, *both, at=NOW)
        sam = Admin(lived_in.admin.id)
        service.unlink(session, sam, both[0], lived_in.other_therapist.id, at=NOW)
        kept = set(session.scalars(select(Act.id).where(Act.by_id.is_not(None))))
        assert len(session.scalars(select(Act)).all()) == len(kept) + 2
    migrations.downgrade(database, "0017")
    migrations.upgrade(database)
    with database.session(writing=True) as session:
        assert set(session.scalars(select(Act.id))) == kept
        assert len(kept) == 2


def test_going_up_twice_changes_nothing(database):
    migrations.upgrade(database)
    assert migrations.is_current(database)


def test_history_makes_exactly_what_the_code_expects(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_column_the_history_lacks_is_found(database):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE clinic DROP COLUMN region")
    with database.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert [change[0] for change in found] == ["add_column"]


def test_history_is_one_line_with_one_end(database):
    script = ScriptDirectory.from_config(migrations.config(database))
    assert script.get_heads() == [migrations.newest()]
    assert len(script.get_bases()) == 1


def test_history_does_not_import_the_present(database):
    for step in ScriptDirectory.from_config(migrations.config(database)).walk_revisions():
        assert "journal" not in step.module.__dict__
        with open(step.path, encoding="utf-8") as file:
            assert "journal." not in file.read()


def test_it_refuses_to_start_before_the_upgrade(emptied, settings):
    assert not migrations.is_current(emptied)
    with pytest.raises(RuntimeError, match="journal upgrade"):
        create_app(settings)


def test_only_what_was_asked_of_one_patient_becomes_a_question(database, lived_in):
    question = f"q-{uuid4().hex}"
    guides = ["q-sort", f"{question}0", question[:-1], question.upper(), "refl"]
    migrations.downgrade(database, "0006")
    with database.engine.begin() as connection:
        for guide in [question, *guides]:
            row = {
                "id": uuid4().hex,
                "patient": lived_in.patient.id.hex,
                "therapist": lived_in.therapist.id.hex,
                "guide": guide,
                "at": NOW.strftime("%Y-%m-%d %H:%M:%S"),
            }
            connection.execute(
                text(
                    "INSERT INTO assignment (id, patient_id, therapist_id, guide, made_at)"
                    " VALUES (:id, :patient, :therapist, :guide, :at)"
                ),
                row,
            )
    migrations.upgrade(database)
    with database.engine.connect() as connection:
        found = dict(connection.execute(text("SELECT ref, kind FROM assignment")).all())
    assert found == {question: "question", **dict.fromkeys(guides, "guide")}
