"""The one door: what is readable, one fact at a time, with strangers in the room."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.consent.models import Happened
from journal.sharing import gate, listed
from journal.sharing.models import Excerpt
from journal.vault import keys
from journal.vault.sealed import Unopenable
from tests import factories
from tests.factories import NOW, new_id
from tests.sharing.room import WORDS, Room, furnished
from tests.worlds import World

SECOND = timedelta(seconds=1)


@pytest.fixture
def room(session: Session, world: World) -> Room:
    return furnished(session, world)


Change = Callable[[Room], object]

TABLE: list[tuple[str, Change, bool]] = [
    ("as handed over", lambda room: None, True),
    # the grant
    ("not given yet", lambda room: room.of_grant(given_at=NOW + SECOND), False),
    ("given at this moment", lambda room: room.of_grant(given_at=NOW), True),
    ("ends in a second", lambda room: room.of_grant(ends_at=NOW + SECOND), True),
    ("ends at this moment", lambda room: room.of_grant(ends_at=NOW), False),
    ("ended a second ago", lambda room: room.of_grant(ends_at=NOW - SECOND), False),
    ("withdrawn", lambda room: room.of_grant(ended_at=NOW, ended_by=Happened.WITHDRAWN), False),
    (
        "withdrawn later, by a clock that was ahead",
        lambda room: room.of_grant(ended_at=NOW + SECOND, ended_by=Happened.WITHDRAWN),
        False,
    ),
    ("paused", lambda room: room.of_grant(pause=9, paused_at=NOW), False),
    (
        "paused later, by a clock that was ahead",
        lambda room: room.of_grant(pause=9, paused_at=NOW + SECOND),
        False,
    ),
    ("to a text that no longer holds", lambda room: room.of_grant(agreement_edition=0), False),
    (
        "the grant names another",
        lambda room: room.of_grant(therapist_id=room.world.other_therapist.id),
        False,
    ),
    # the category
    ("no category at all", lambda room: room.allow(), False),
    ("another category alone", lambda room: room.allow("skills"), False),
    ("this category beside another", lambda room: room.allow("skills", "reflections"), True),
    ("of another category", lambda room: room.of_excerpt(category="skills"), False),
    # the release
    ("waiting", lambda room: room.of_excerpt(release_at=None), False),
    ("held for a second", lambda room: room.of_excerpt(release_at=NOW + SECOND), False),
    ("released at this moment", lambda room: room.of_excerpt(release_at=NOW), True),
    ("held, into another dose", lambda room: room.held(NOW - SECOND, clear=NOW + SECOND), False),
    ("held, into another dose that is over", lambda room: room.held(NOW - SECOND, clear=NOW), True),
    (
        "held, before another dose",
        lambda room: room.held(NOW + SECOND, clear=NOW + 9 * SECOND),
        True,
    ),
    (
        "held, into the dose of a stranger",
        lambda room: room.held(NOW - SECOND, clear=NOW + SECOND, who="other_patient"),
        True,
    ),
    (
        "never held, and a dose is entered late",
        lambda room: room.dosed(NOW - timedelta(hours=1), clear=NOW + SECOND),
        True,
    ),
    ("taken back", lambda room: room.of_excerpt(taken_back_at=NOW), False),
    (
        "taken back later, by a clock that was ahead",
        lambda room: room.of_excerpt(taken_back_at=NOW + SECOND),
        False,
    ),
    # the people
    ("link ended", lambda room: room.of_link(ended_at=NOW), False),
    ("linked anew after the grant", lambda room: room.of_link(since=NOW), False),
    ("membership ended", lambda room: room.of_membership(ended_at=NOW), False),
    (
        "member elsewhere",
        lambda room: room.of_membership(clinic_id=room.world.other_clinic.id),
        False,
    ),
    ("a member anew after the grant", lambda room: room.of_membership(since=NOW), False),
    ("account disabled", lambda room: room.of_account(disabled_at=NOW), False),
    (
        "the patient's membership ended",
        lambda room: room.of_patients_membership(ended_at=NOW),
        False,
    ),
    (
        "the patient is a member elsewhere",
        lambda room: room.of_patients_membership(clinic_id=room.world.other_clinic.id),
        False,
    ),
    (
        "the patient's account disabled",
        lambda room: room.of_patients_account(disabled_at=NOW),
        False,
    ),
    ("another therapist asks", lambda room: room.asks("other_therapist"), False),
    ("a therapist of another clinic asks", lambda room: room.asks("foreign_therapist"), False),
    ("about another patient", lambda room: room.about("other_patient"), False),
    ("about a patient of another clinic", lambda room: room.about("foreign_patient"), False),
]


@pytest.mark.parametrize(("change", "seen"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE])
def test_readable_is_exactly_what_the_rule_says(room: Room, change: Change, seen: bool) -> None:
    change(room)
    room.session.flush()
    room.session.expire_all()
    session, reader, patient, at = room.session, room.reader, room.patient, room.at
    author = Patient(patient.id)
    previewed = gate.preview(session, author, reader.id, at=at)
    found = gate.read(session, reader, patient.id, at=at)
    assert found == previewed
    assert (room.excerpt.id in {one.id for one in found}) is seen
    assert (WORDS in str([one.content for one in found])) is seen
    assert "crossed" not in str([one.content for one in found])
    # Counting and listing ids goes through the same rule, for one patient and for all.
    here = {row.id for row in listed.ids(session, reader, patient.id, at=at)}
    assert here == {one.id for one in found}
    everywhere = listed.ids(session, reader, at=at)
    assert {row.id for row in everywhere if row.patient_id == patient.id} == here
    # So does searching, which shows what it finds in all of them.
    everything = gate.find(session, reader, lambda one: one.id, most=99, at=at)
    assert set(everything) == {row.id for row in everywhere}
    every = [*everything, room.excerpt.id]
    hits = [one for one, _ in gate.read_some(session, reader, every, lambda one: one.id, at=at)]
    assert {one.id for one in hits} == {row.id for row in everywhere}
    assert [one for one in hits if one.patient_id == patient.id] == found


def test_a_reader_of_two_patients_gets_one_page_each(room: Room) -> None:
    session, reader = room.session, room.reader
    other = gate.read(session, reader, room.world.other_patient.id, at=NOW)
    mine = gate.read(session, reader, room.patient.id, at=NOW)
    assert [one.id for one in mine] == [room.excerpt.id]
    assert len(other) == 1
    assert other[0].id != room.excerpt.id


def test_the_newest_comes_first(room: Room) -> None:
    session, author = room.session, room.patient
    later = factories.make_entry(session, author, text="later")
    newer = factories.hand_over(session, author, room.grant, later, at=NOW - SECOND)
    found = gate.read(session, room.reader, author.id, at=NOW)
    assert [one.id for one in found] == [newer.id, room.excerpt.id]


def test_without_its_key_nothing_opens(room: Room) -> None:
    keys.destroy(room.session, room.grant.id, of=keys.Of.GRANT, at=NOW)
    with pytest.raises(keys.KeyDestroyed):
        gate.read(room.session, room.reader, room.patient.id, at=NOW)


def test_an_excerpt_under_another_id_does_not_open(room: Room) -> None:
    room.of_excerpt(id=new_id())
    with pytest.raises(Unopenable):
        gate.read(room.session, room.reader, room.patient.id, at=NOW)


def test_an_author_opens_their_own_alone(room: Room) -> None:
    rows = room.session.scalars(select(Excerpt)).all()
    opened = gate.own(
        room.session, room.patient, [row for row in rows if row.id == room.excerpt.id]
    )
    assert opened.keys() == {room.excerpt.id}
    other = gate.own(room.session, room.world.other_patient, [room.excerpt])
    assert other == {}


def test_nothing_of_the_words_shows_when_it_is_printed(room: Room) -> None:
    found = gate.read(room.session, room.reader, room.patient.id, at=NOW)
    assert WORDS not in repr(found)
