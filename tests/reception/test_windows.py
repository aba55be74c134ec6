"""A changed session moves the morning honestly, and never opens anything sooner than was promised.

Each row: what the clinic had written down, what it does at two in the afternoon, and when what was
held goes out and consent can be given again.
"""

from datetime import UTC, datetime, timedelta

import pytest

from journal.accounts.principals import Admin
from journal.care import service as care
from journal.care.models import DosingSession, Route
from journal.consent import ledger, offers, pausing
from journal.consent.models import ConsentEvent
from journal.consent.offers import NotClear
from journal.reception import doses, here, settings
from journal.reception.doses import Dose
from journal.reception.settings import FIELDS, Said
from journal.sharing import gate, service
from tests import factories
from tests.factories import make_entry, make_grant, new_id

DAY = datetime(2026, 3, 10, tzinfo=UTC)
"""A Tuesday in London, in winter: the clock on the wall is UTC."""

ID = new_id()


def on(day: int, clock: str) -> datetime:
    """A time so many days after that Tuesday."""
    hour, minute = map(int, clock.split(":"))
    return DAY + timedelta(days=day, hours=hour, minutes=minute)


NOW = on(0, "14:00")
MORNING = on(1, "09:00")


def stands(session, id=ID):
    """The edition of a session that stands; None for none."""
    row = session.get(DosingSession, id)
    return row and row.edition


def put(session, there, patient, started_at, *, id=ID, at=NOW):
    dose = Dose(patient_id=patient.id, started_at=started_at, ended_at=None, route=Route.IM)
    return doses.put(session, there, id, dose, edited_from=stands(session, id), at=at)[0]


def cancel(session, there, patient):
    doses.cancel(session, there.clinic, ID, edited_from=stands(session), at=NOW)


def move(day, clock):
    def act(session, there, patient):
        put(session, there, patient, on(day, clock))

    return act


def move_and_cancel(session, there, patient):
    move(7, "13:00")(session, there, patient)
    cancel(session, there, patient)


def cancel_and_revive(session, there, patient):
    cancel(session, there, patient)
    put(session, there, patient, on(0, "10:00"))


def earlier_morning(session, there, patient):
    said = {name: getattr(there.clinic, name) for name in FIELDS}
    settings.save(
        session,
        session.info["admin"],
        Said(**{**said, "clear_time": "06:00"}),
        edited_from=there.clinic.settings_edition,
        at=NOW,
    )


def only_the_route(session, there, patient):
    dose = Dose(patient_id=patient.id, started_at=on(0, "13:00"), ended_at=NOW, route=Route.IV)
    doses.put(session, there, ID, dose, edited_from=stands(session), at=NOW)


@pytest.fixture
def there(session, world):
    session.info["admin"] = Admin(world.admin.id)
    return here.look(session, session.info["admin"])


def goes_out(session, world):
    """When the held thing can be read, hour by hour; None when it waits to be asked about."""
    for hours in range(24 * 21):
        at = NOW + timedelta(hours=hours)
        if gate.preview(session, world.patient, world.therapist.id, at=at):
            return at
    return None


def clear_again(session, world):
    """The first full hour from which consent can be given, hour by hour."""
    at = NOW
    while care.not_clear_until(session, world.patient.id, at):
        at += timedelta(hours=1)
    return at


@pytest.mark.parametrize(
    ("act", "widens", "out"),
    [
        (only_the_route, MORNING, MORNING),
        (cancel, MORNING, MORNING),
        (move(0, "15:00"), MORNING, MORNING),
        (move(0, "11:00"), MORNING, MORNING),
        (move(7, "13:00"), MORNING, MORNING),
        (move(-1, "13:00"), MORNING, MORNING),  # it was yesterday: what was promised stays
        (move_and_cancel, MORNING, MORNING),
        (cancel_and_revive, MORNING, MORNING),
        (earlier_morning, MORNING, MORNING),
        (move(0, "23:00"), on(1, "11:00"), on(1, "11:00")),  # honestly later: twelve hours
        (move(1, "08:00"), on(2, "09:00"), on(2, "09:00")),  # two windows meet: it waits for both
    ],
)
def test_a_window_that_has_begun_never_gets_shorter(session, world, there, act, widens, out):
    grant = make_grant(
        session, world.patient, world.therapist, release_in_morning=True, at=on(-5, "12:00")
    )
    put(session, there, world.patient, on(0, "13:00"), at=on(-1, "12:00"))
    entry = make_entry(session, world.patient, at=on(0, "13:20"))
    held = factories.hand_over(session, world.patient, grant, entry, at=on(0, "13:30"))
    assert held.release_at == MORNING

    act(session, there, world.patient)

    assert goes_out(session, world) == out
    shown = service.goes_out(held, care.windows_of(session, world.patient.id))
    assert shown == out, "the patient is told what the gate does"
    with pytest.raises(NotClear):
        offers.require_clear(session, world.patient, NOW)
    last = widens - timedelta(seconds=1)
    with pytest.raises(NotClear):
        offers.require_clear(session, world.patient, last)
    assert clear_again(session, world) == widens


@pytest.mark.parametrize("act", [cancel, move(0, "15:00"), move(7, "13:00"), earlier_morning])
def test_what_was_to_be_asked_about_is_still_asked_about(session, world, there, act):
    grant = make_grant(session, world.patient, world.therapist, at=on(-5, "12:00"))
    put(session, there, world.patient, on(0, "13:00"), at=on(-1, "12:00"))
    entry = make_entry(session, world.patient, at=on(0, "13:20"))
    held = factories.hand_over(session, world.patient, grant, entry, at=on(0, "13:30"))
    act(session, there, world.patient)
    assert held.release_at is None
    assert goes_out(session, world) is None
    with pytest.raises(NotClear):
        service.release(session, world.patient, held.id, at=on(0, "18:00"))
    service.release(session, world.patient, held.id, at=MORNING)
    assert gate.preview(session, world.patient, world.therapist.id, at=MORNING)


@pytest.mark.parametrize("act", [cancel, move(7, "13:00")])
def test_before_it_begins_a_session_moves_freely(session, world, there, act):
    put(session, there, world.patient, on(0, "15:00"), at=on(-1, "12:00"))
    act(session, there, world.patient)
    for clock in ("14:00", "15:00", "20:00"):
        offers.require_clear(session, world.patient, on(0, clock))
    entry = make_entry(session, world.patient, at=NOW)
    grant = make_grant(session, world.patient, world.therapist, at=NOW)
    out = factories.hand_over(session, world.patient, grant, entry, at=on(0, "16:00"))
    assert out.release_at == on(0, "16:00")


def test_a_session_long_over_is_put_right_without_a_trace(session, world, there):
    put(session, there, world.patient, on(-9, "13:00"), at=on(-10, "12:00"))
    put(session, there, world.patient, on(-10, "13:00"))
    doses.cancel(session, there.clinic, ID, edited_from=stands(session), at=NOW)
    offers.require_clear(session, world.patient, NOW)
    assert len(care.windows_of(session, world.patient.id)) == 1


def test_the_same_again_changes_nothing(session, world, there):
    first = put(session, there, world.patient, on(0, "13:00"), at=on(-1, "12:00"))
    changed = first.changed_at
    again = put(session, there, world.patient, on(0, "13:00"))
    assert again.changed_at == changed
    doses.cancel(session, there.clinic, ID, edited_from=stands(session), at=NOW)
    doses.cancel(session, there.clinic, ID, edited_from=stands(session), at=on(1, "12:00"))
    assert again.cancelled_at == NOW


@pytest.mark.parametrize(("agreed", "out"), [(True, MORNING), (False, None)])
def test_written_down_late_it_holds_what_went_out_since(session, world, there, agreed, out):
    grant = make_grant(
        session, world.patient, world.therapist, release_in_morning=agreed, at=on(-5, "12:00")
    )
    before, during = (make_entry(session, world.patient, at=on(0, "10:00")) for _ in range(2))
    kept = factories.hand_over(session, world.patient, grant, before, at=on(0, "12:59"))
    held = factories.hand_over(session, world.patient, grant, during, at=on(0, "13:30"))
    assert len(gate.preview(session, world.patient, world.therapist.id, at=NOW)) == 2
    put(session, there, world.patient, on(0, "13:00"))
    session.expire_all()
    seen = gate.preview(session, world.patient, world.therapist.id, at=NOW)
    assert [one.id for one in seen] == [kept.id], "what was clear stays out"
    assert held.release_at == out
    assert not grant.pause, "given long ago"


def test_written_down_late_it_pauses_what_was_agreed_since(session, world, there):
    """Given by somebody whose head was not clear: it waits, and goes on when they say so."""
    fresh = make_grant(session, world.patient, world.therapist, at=on(0, "13:30"))
    entry = make_entry(session, world.patient, at=on(0, "10:00"))
    factories.hand_over(session, world.patient, fresh, entry, at=on(0, "13:40"))
    put(session, there, world.patient, on(0, "13:00"))
    session.expire_all()
    assert fresh.pause
    pause = fresh.pause
    event = session.get_one(ConsentEvent, (world.patient.id, pause))
    assert event.facts == {"because": "dose"}, "it was not the patient who paused"
    assert gate.preview(session, world.patient, world.therapist.id, at=on(2, "12:00")) == []
    put(session, there, world.patient, on(0, "12:30"))  # once more: nothing is paused twice
    session.expire_all()
    assert fresh.pause == pause
    assert list(ledger.verify(session)) == []


@pytest.mark.parametrize(
    ("given", "out"), [(on(0, "12:59"), MORNING), (on(0, "13:00"), None), (on(0, "13:10"), None)]
)
def test_that_it_goes_out_in_the_morning_counts_if_agreed_while_clear(
    session, world, there, given, out
):
    grant = make_grant(session, world.patient, world.therapist, release_in_morning=True, at=given)
    entry = make_entry(session, world.patient, at=on(0, "13:20"))
    handed = factories.hand_over(session, world.patient, grant, entry, at=on(0, "13:30"))
    put(session, there, world.patient, on(0, "13:00"))
    session.expire_all()
    assert handed.release_at == out


SOON = NOW + timedelta(seconds=20)
"""A long table is on its way since `NOW`; a phone was quicker at the lock."""


@pytest.mark.parametrize(("agreed", "out"), [(True, MORNING), (False, None)])
def test_what_is_handed_over_while_it_is_on_its_way_is_held(session, world, there, agreed, out):
    grant = make_grant(
        session, world.patient, world.therapist, release_in_morning=agreed, at=on(-5, "12:00")
    )
    entry = make_entry(session, world.patient, at=on(0, "13:20"))
    handed = factories.hand_over(session, world.patient, grant, entry, at=SOON)
    put(session, there, world.patient, on(0, "13:00"))
    session.expire_all()
    assert handed.release_at == out
    assert gate.preview(session, world.patient, world.therapist.id, at=SOON) == []


@pytest.mark.parametrize("resumes", [True, False])
def test_what_is_agreed_to_while_it_is_on_its_way_is_paused(session, world, there, resumes):
    given = on(-5, "12:00") if resumes else SOON
    grant = make_grant(session, world.patient, world.therapist, at=given)
    if resumes:
        pausing.pause(session, world.patient, grant.id, at=on(-1, "12:00"))
        pausing.resume(session, world.patient, grant.id, grant.pause, at=SOON)
    put(session, there, world.patient, on(0, "13:00"))
    session.expire_all()
    assert grant.pause
    assert list(ledger.verify(session)) == []


def test_what_is_agreed_to_in_the_morning_stands(session, world, there):
    """Also where the table was on its way all night."""
    grant = make_grant(session, world.patient, world.therapist, at=MORNING)
    entry = make_entry(session, world.patient, at=on(0, "10:00"))
    handed = factories.hand_over(session, world.patient, grant, entry, at=MORNING)
    put(session, there, world.patient, on(0, "13:00"))
    session.expire_all()
    assert not grant.pause
    assert handed.release_at == MORNING


def test_moved_to_an_earlier_start_it_closes_what_lies_between(session, world, there):
    fresh = make_grant(session, world.patient, world.therapist, at=on(0, "12:30"))
    put(session, there, world.patient, on(0, "13:00"), at=on(0, "12:00"))
    put(session, there, world.patient, on(0, "12:15"))
    session.expire_all()
    assert fresh.pause


def test_written_down_after_the_morning_it_closes_nothing(session, world, there):
    """By then a clear head has had its say; the history alone is put right."""
    fresh = make_grant(session, world.patient, world.therapist, at=on(0, "13:30"))
    entry = make_entry(session, world.patient, at=on(0, "10:00"))
    factories.hand_over(session, world.patient, fresh, entry, at=on(0, "13:40"))
    put(session, there, world.patient, on(0, "13:00"), at=on(1, "09:00"))
    session.expire_all()
    assert not fresh.pause
    assert gate.preview(session, world.patient, world.therapist.id, at=on(1, "09:00"))


def test_nobody_elses_things_are_held(session, world, there):
    before = gate.preview(session, world.other_patient, world.therapist.id, at=NOW)
    put(session, there, world.patient, on(0, "11:00"))
    assert gate.preview(session, world.other_patient, world.therapist.id, at=NOW) == before


def test_a_new_clear_time_moves_what_is_still_to_come(session, world, there):
    ahead, under_way = new_id(), new_id()
    put(session, there, world.patient, on(2, "13:00"), id=ahead)
    put(session, there, world.patient, on(0, "13:00"), id=under_way)
    earlier_morning(session, there, world.patient)
    mornings = {row.id: row.clear_at for row in care.doses_of(session, world.patient.id)}
    assert mornings == {ahead: on(3, "06:00"), under_way: MORNING}
