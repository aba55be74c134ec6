"""The commands for those who leave, and for what they leave behind."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from journal import migrations
from journal.accounts import recovery_halves
from journal.accounts.models import Account
from journal.accounts.principals import Role
from journal.accounts.recovery_halves import Brought, Half
from journal.app import open_database
from journal.care import links
from journal.care.models import Appointment, CareLink, Membership
from journal.config import Settings, read_env_file
from journal.consent import ledger
from journal.consent import service as consent
from journal.consent.models import Grant
from journal.invitations import service as invitations
from journal.invitations.models import Invitation
from journal.roster.models import Act
from journal.sharing.models import Excerpt
from tests import factories
from tests.factories import NOW, new_id
from tests.worlds import populate

FORGOTTEN = "Old sign-ins, devices and tries forgotten: 0"
NO_INVITATION = "Old invitations forgotten: 0"
THE_REST = [FORGOTTEN, NO_INVITATION]


@pytest.fixture
def clinic(journal, env_file, monkeypatch):
    """People on the operator's server; their addresses are hashed with its secret."""
    monkeypatch.setattr("journal.clock.now", lambda: NOW)
    assert journal("init").exit_code == 0
    assert journal("upgrade").exit_code == 0
    settings = Settings.from_env(read_env_file(env_file))
    database = open_database(settings)
    with database.session(writing=True) as session:
        world = populate(session)
        entry = factories.make_entry(session, world.patient)
        grant = factories.make_grant(session, world.patient, world.therapist)
        factories.hand_over(session, world.patient, grant, entry)
        for name in ("patient", "therapist"):
            index = factories.email_index(settings.secret_key, f"{name}@here.example")
            who = getattr(world, name).id
            session.execute(update(Account).where(Account.id == who).values(email_index=index))
    yield database, world
    database.dispose()


def ended(database):
    with database.session(writing=False) as session:
        assert list(ledger.verify(session)) == []
        gone = select(Grant).where(Grant.ended_at.is_not(None))
        return {(one.patient_id, one.therapist_id, one.ended_by) for one in session.scalars(gone)}


def words(database):
    with database.session(writing=False) as session:
        return len(session.scalars(select(Excerpt).where(Excerpt.body.is_not(None))).all())


def said(done):
    assert done.exit_code == 0, done.output
    return done.output.splitlines()


def test_who_leaves_ends_what_they_read_and_who_they_see(journal, clinic):
    database, world = clinic
    before = words(database)
    lines = said(journal("people", "leave", "therapist@here.example"))
    assert lines == ["No longer see each other: 2", "Consents ended: 2"]
    assert ended(database) == {
        (world.patient.id, world.therapist.id, "left"),
        (world.other_patient.id, world.therapist.id, "left"),
    }
    assert words(database) == before - 2
    # They belong to no clinic any more.
    again = journal("people", "leave", str(world.therapist.id))
    assert (again.exit_code, again.output) == (1, "Error: they belong to no such clinic\n")


def test_a_reassignment_ends_what_lay_between_two(journal, clinic):
    database, world = clinic
    two = ("PATIENT@here.example ", str(world.therapist.id))
    assert said(journal("people", "reassign", *two)) == [
        "No longer see each other: 1",
        "Consents ended: 1",
    ]
    assert ended(database) == {(world.patient.id, world.therapist.id, "left")}
    assert said(journal("people", "reassign", *two))[-1] == "Consents ended: 0"


def test_who_is_deactivated_is_out(journal, clinic):
    database, world = clinic
    assert said(journal("people", "deactivate", "patient@here.example"))[-1] == "Consents ended: 2"
    with database.session(writing=False) as session:
        assert session.get_one(Account, world.patient.id).disabled_at == NOW
    assert {one[0] for one in ended(database)} == {world.patient.id}


MAYA, JONAS, REYES = "patient", "other_patient", "therapist"
HERE = {(MAYA, REYES), (MAYA, "other_therapist"), (JONAS, REYES)}
"""Who sees whom in the clinic, and has a visit to come."""
BOTH = {(MAYA, "unlinked", REYES), (REYES, "unlinked", MAYA)}


@pytest.mark.parametrize(
    ("command", "off", "told"),
    [
        (
            ["leave", REYES],
            {(MAYA, REYES), (JONAS, REYES)},
            BOTH | {(JONAS, "unlinked", REYES), (REYES, "unlinked", JONAS), (REYES, "left", None)},
        ),
        (
            ["leave", JONAS],
            {(JONAS, REYES)},
            {(JONAS, "unlinked", REYES), (REYES, "unlinked", JONAS), (JONAS, "left", None)},
        ),
        (["reassign", MAYA, REYES], {(MAYA, REYES)}, BOTH),
        (
            ["deactivate", REYES],
            {(MAYA, REYES), (JONAS, REYES)},
            BOTH
            | {
                (JONAS, "unlinked", REYES),
                (REYES, "unlinked", JONAS),
                (REYES, "deactivated", None),
            },
        ),
    ],
)
def test_visits_go_with_them_and_everybody_it_is_about_is_told(journal, clinic, command, off, told):
    """As when an admin does it; and twice is once."""
    database, world = clinic
    named = {getattr(world, name).id: name for name in [MAYA, JONAS, REYES, "other_therapist"]}
    ids = {name: id for id, name in named.items()}
    with database.session(writing=True) as session:
        for patient, therapist in HERE:
            when = NOW + timedelta(days=3)
            factories.make_appointment(session, ids[patient], ids[therapist], starts_at=when)
    for _ in range(2):
        journal("people", command[0], *(str(ids[name]) for name in command[1:]))
    with database.session(writing=False) as session:
        gone = select(Appointment).where(Appointment.cancelled_at == NOW)
        found = session.scalars(gone).all()
        assert {(named[one.patient_id], named[one.therapist_id]) for one in found} == off
        assert {one.edition for one in found} == {2}
        pairs = links.pairs(session, world.clinic.id)
        assert {(named[one], named[other]) for one, other in pairs} == HERE - off
        done = session.scalars(select(Act)).all()
        said = [(named[one.person_id], one.did, named.get(one.other_id)) for one in done]
        assert sorted(said, key=str) == sorted(told, key=str)
        assert {(one.by_id, one.clinic_id) for one in done} == {(None, world.clinic.id)}


def test_what_an_earlier_version_left_of_them_can_still_be_ended(journal, clinic):
    """An account that was shut, with its links and visits; a link that ended without its visits."""
    database, world = clinic
    shut, apart = world.therapist.id, (world.patient.id, world.other_therapist.id)
    when = NOW + timedelta(days=3)
    with database.session(writing=True) as session:
        session.execute(update(Account).where(Account.id == shut).values(disabled_at=NOW))
        factories.make_appointment(session, world.other_patient.id, shut, starts_at=when)
        links.end_link(session, *apart, at=NOW)
        factories.make_appointment(session, *apart, starts_at=when)
    said(journal("people", "deactivate", str(shut)))
    said(journal("people", "reassign", *map(str, apart)))
    with database.session(writing=False) as session:
        assert set(session.scalars(select(Appointment.cancelled_at))) == {NOW}
        assert links.pairs(session, world.clinic.id) == []


def test_who_belongs_to_two_clinics_says_which(journal, clinic):
    database, world = clinic
    with database.session(writing=True) as session:
        there = Membership(
            account_id=world.therapist.id, clinic_id=world.other_clinic.id, since=NOW
        )
        session.add(there)
    who = str(world.therapist.id)
    asked = journal("people", "leave", who)
    assert (asked.exit_code, "--clinic" in asked.output) == (1, True)
    assert journal("people", "leave", who, "--clinic", str(new_id())).exit_code == 1
    assert ended(database) == set()
    left = said(journal("people", "leave", who, "--clinic", str(world.other_clinic.id)))
    assert left == ["No longer see each other: 0", "Consents ended: 0"]
    assert said(journal("people", "leave", who))[-1] == "Consents ended: 2"


@pytest.mark.parametrize("who", ["nobody@here.example", str(UUID(int=7)), "not an id"])
def test_who_is_not_there_is_not_named(journal, clinic, who):
    _, world = clinic
    for command in (["leave", who], ["deactivate", who], ["reassign", who, "x"]):
        done = journal("people", *command)
        assert done.exit_code == 1
        assert "with this id or address" in done.output
        assert who not in done.output
    swapped = journal("people", "reassign", str(world.therapist.id), str(world.patient.id))
    assert (swapped.exit_code, swapped.output) == (1, "Error: no patient with this id or address\n")


def test_a_link_for_somebody_who_cannot_get_in_is_half_of_what_they_need(journal, clinic):
    database, world = clinic
    link, _ = said(journal("people", "recover", "patient@here.example"))
    site, _, token = link.partition("#")
    assert site == "http://localhost:8000/recover"
    mine, brought = world.patient.id, Brought(link=token)
    with database.session(writing=False) as session:
        assert recovery_halves.halves(session, mine, brought, at=NOW) == {Half.LINK}
        assert not recovery_halves.holds(session, mine, brought, at=NOW)
        assert recovery_halves.halves(session, world.therapist.id, brought, at=NOW) == set()
    assert said(journal("people", "deactivate", str(mine)))
    for nobody in (str(mine), "nobody@here.example", str(new_id())):
        assert journal("people", "recover", nobody).exit_code == 1


def test_no_name_and_no_address_is_said(journal, clinic):
    out = journal("people", "leave", "therapist@here.example").output
    assert "Reyes" not in out
    assert "example" not in out


def test_tidying_ends_what_is_over_and_removes_what_outlived_it(journal, clinic):
    database, world = clinic
    assert said(journal("tidy")) == [
        "Consents ended: 0",
        "Copies removed: 0",
        FORGOTTEN,
        NO_INVITATION,
    ]
    theirs = CareLink.therapist_id == world.other_therapist.id
    first = Grant.therapist_id == world.foreign_therapist.id
    everything = words(database)
    with database.session(writing=True) as session:
        # A link that was ended by hand, and words that something left under an ended grant.
        session.execute(update(CareLink).where(theirs).values(ended_at=NOW))
        grant = session.scalars(select(Grant).where(first)).one()
        consent.end(session, grant, at=NOW)
    assert said(journal("tidy")) == [
        "Consents ended: 1",
        "Copies removed: 2",
        FORGOTTEN,
        NO_INVITATION,
    ]
    assert words(database) == everything - 2
    assert len(ended(database)) == 2
    assert said(journal("tidy")) == [
        "Consents ended: 0",
        "Copies removed: 0",
        FORGOTTEN,
        NO_INVITATION,
    ]


def test_tidying_forgets_old_invitations_with_the_names_in_them(journal, clinic):
    database, world = clinic
    with database.session(writing=True) as session:
        for days in (34, 32):
            invitations.invite(
                session, clinic_id=world.clinic.id, id=new_id(), role=Role.ADMIN,
                name="Ada", made_by=None, at=NOW - timedelta(days=days),
            )  # fmt: skip
    assert said(journal("tidy"))[-1] == "Old invitations forgotten: 1"
    assert said(journal("tidy"))[-1] == NO_INVITATION
    with database.session(writing=False) as session:
        assert session.query(Invitation).count() == 1


def test_an_upgrade_says_first_what_it_would_find_over(journal, env_file, clinic):
    database, world = clinic
    assert said(journal("upgrade", "--dry-run")) == ["Database: up to date"]
    theirs = Membership.account_id == world.other_therapist.id
    with database.session(writing=True) as session:
        session.execute(update(Membership).where(theirs).values(since=NOW))
    over = "Consents that are over and end when next met: 1"
    assert said(journal("upgrade", "--dry-run")) == ["Database: up to date", over]
    migrations.downgrade(database, "0003")
    assert said(journal("upgrade", "--dry-run")) == ["Database: not up to date", over]
    assert not migrations.is_current(database)
    assert said(journal("upgrade")) == ["Database: up to date", over]
    with database.session(writing=False) as session:
        alive = text('SELECT count(*) FROM "grant" WHERE ended_at IS NOT NULL')
        assert session.scalar(alive) == 0


def test_before_there_is_anything_a_dry_run_says_so(journal):
    journal("init")
    assert said(journal("upgrade", "--dry-run")) == ["Database: empty"]
