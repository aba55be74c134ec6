"""Two devices, one line that stutters: the same things sent at once come to one end."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import repeat
from uuid import UUID

import pytest
from flask import Flask

from journal.app import create_app
from journal.errors import Conflict, NotFound
from journal.media import service
from journal.media.opened import find
from tests.acts import signed_in
from tests.factories import NOW
from tests.media.sending import Caught, announce, complete, play, send, upload

AT_ONCE = 8


@pytest.fixture
def app(settings, lived_in, time) -> Flask:
    """A server with room for three recordings a patient."""
    small = replace(settings.media, quota=3 * len(Caught().bytes))
    app = create_app(replace(settings, media=small), now=time)
    yield app
    app.extensions["journal.database"].dispose()


@pytest.fixture
def phones(app, lived_in):
    return [signed_in(app, lived_in.patient) for _ in range(AT_ONCE)]


def at_once(act, phones, *others):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [answer.status_code for answer in pool.map(act, phones, *others)]


def test_the_same_medium_sent_by_all_at_once_is_there_once(phones, phone, bystander, folder):
    caught = Caught()
    assert sorted(at_once(announce, phones, repeat(caught))) == [200] * 7 + [201]
    for n in range(3):
        assert at_once(send, phones, repeat(caught), repeat(n)) == [204] * AT_ONCE
    assert at_once(complete, phones, repeat(caught)) == [200] * AT_ONCE
    assert play(phone, caught).data == caught.bytes
    assert len(list(folder.glob("??/*/*"))) == 6
    assert list(folder.glob("??/*/.*")) == []


def test_wrong_bytes_confirmed_by_all_at_once_are_dropped_once_and_nothing_sent_anew_is_lost(
    phones, phone
):
    caught = Caught()
    announce(phone, caught)
    for n in range(3):
        send(phone, caught, n, bytes(len(caught.pieces[n])))
    assert set(at_once(complete, phones, repeat(caught))) <= {422, 409}
    upload(phone, caught)
    assert play(phone, caught).data == caught.bytes


def test_what_was_begun_anew_or_deleted_meanwhile_is_not_complete(database, phone, lived_in):
    caught = Caught()
    announce(phone, caught)
    for n in range(3):
        send(phone, caught, n)
    with database.session(writing=True) as session:
        looked_at = find(session, lived_in.patient, UUID(caught.id))
        service.start_over(session, looked_at)
        with pytest.raises(Conflict) as begun:
            service.finish(session, looked_at, at=NOW)
        assert begun.value.extra == {"missing": [0, 1, 2]}
    assert complete(phone, caught).json["missing"] == [0, 1, 2]
    upload(phone, caught)
    with database.session(writing=True) as session:
        service.start_over(session, find(session, lived_in.patient, UUID(caught.id)))
    assert play(phone, caught).data == caught.bytes  # what is complete is never dropped
    with database.session(writing=True) as session:
        service.close_entry(session, lived_in.patient, UUID(caught.entry))
        with pytest.raises(NotFound):
            service.finish(session, looked_at, at=NOW)


def test_no_more_fits_than_there_is_room_for(phones, phone):
    every = [Caught() for _ in phones]
    answers = at_once(announce, phones, every)
    assert sorted(answers) == [201] * 3 + [507] * 5
    fits = every[answers.index(201)]
    upload(phone, fits)
