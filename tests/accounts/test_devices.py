"""What a device is called, and which ones are known again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from journal.accounts import devices
from journal.accounts.models import KnownDevice
from tests.factories import NOW, notices_of

LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1", "iPhone"),
        ("Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) Safari/604.1", "iPad"),
        ("Mozilla/5.0 (Linux; Android 16; K) Chrome/156.0 Mobile", "Android phone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/150.0", "Windows computer"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1", "Mac"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0", "Linux computer"),
        ("<script>alert(1)</script>", "Another device"),
        ("", "Another device"),
    ],
)
def test_a_device_is_called_by_one_of_a_few_words(said, words):
    assert devices.words(said) == words


def test_a_device_is_known_again_by_its_token_and_to_its_account_alone(session, world):
    mine, other = world.patient.id, world.other_patient.id
    made = devices.remember(session, mine, None, at=NOW)
    assert devices.known(session, mine, made.token) == made.id
    for account, token in ((other, made.token), (mine, "x"), (mine, ""), (mine, None), (None, "x")):
        assert devices.known(session, account, token) is None
    assert devices.remember(session, mine, made.token, at=LATER) == made
    row = session.get_one(KnownDevice, made.id, populate_existing=True)
    assert (row.since, row.seen_at) == (NOW, LATER)
    assert made.token.encode() not in row.token_hash
    assert made.token not in repr(made)


def test_a_token_that_somebody_put_there_becomes_nobodys(session, world):
    """Or they would hold a proof of the next person who signs in on that browser."""
    stranger = devices.remember(session, world.other_patient.id, None, at=NOW)
    made = devices.remember(session, world.patient.id, stranger.token, at=NOW)
    assert made.token != stranger.token
    assert devices.known(session, world.patient.id, stranger.token) is None
    # Who shares the browser is still known on it, by the token it has now.
    assert devices.known(session, world.other_patient.id, stranger.token) is None
    assert devices.known(session, world.other_patient.id, made.token) == stranger.id
    planted = devices.remember(session, world.therapist.id, "planted", at=NOW)
    assert planted.token != "planted"


def test_a_further_device_is_told_of_and_the_first_is_not(session, world):
    first = devices.remember(session, world.patient.id, None, at=NOW)
    devices.remember(session, world.patient.id, first.token, at=NOW)
    assert notices_of(session, world.patient.id) == []
    devices.remember(session, world.patient.id, None, at=NOW)
    assert [one.kind for one in notices_of(session, world.patient.id)] == ["new_device"]
    assert notices_of(session, world.other_patient.id) == []


def test_devices_are_forgotten_one_by_one_or_all_but_one(session, world):
    mine = [devices.remember(session, world.patient.id, None, at=NOW) for _ in range(4)]
    theirs = devices.remember(session, world.other_patient.id, None, at=NOW)

    def left():
        return set(session.scalars(select(KnownDevice.id)))

    devices.forget(session, world.other_patient.id, mine[0].id)
    assert mine[0].id in left()  # it was not theirs to forget
    devices.forget(session, world.patient.id, mine[0].id)
    assert left() == {one.id for one in mine[1:]} | {theirs.id}
    devices.forget_others(session, world.patient.id, mine[1].id)
    assert left() == {mine[1].id, theirs.id}
    devices.forget_others(session, world.patient.id, None)
    assert left() == {theirs.id}
