"""What was handed over, held, narrowed, taken back, given again, and read."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal import audit
from journal.accounts.principals import Patient, Therapist
from journal.brief import service as brief
from journal.care import service as care
from journal.care import visits
from journal.consent import service as consent
from journal.consent.models import ConsentEvent, Happened
from journal.demo.files import load
from journal.demo.ids import made_id
from journal.entries import reading
from journal.sharing import service as sharing
from journal.sharing.models import Excerpt, What
from tests.factories import NOW

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def opened(fill):
    with fill().session(writing=True) as session:
        yield session


def account(key: str) -> UUID:
    return made_id("account", key)


def author(key: str) -> Patient:
    return Patient(account(key))


def happened(session: Session, key: str) -> list[Happened]:
    events = select(ConsentEvent.happened).where(ConsentEvent.patient_id == account(key))
    return list(session.scalars(events.order_by(ConsentEvent.n)))


def test_the_therapists_page_is_what_the_patient_sees_of_it(opened):
    for story in load().stories:
        for key in story.therapists:
            seen = brief.for_patient(opened, author(story.key), account(key), at=NOW)
            reader = Therapist(account(key))
            assert brief.for_therapist(opened, reader, account(story.key), at=NOW) == seen


def test_a_line_of_today_is_held_until_morning_and_one_waits(opened):
    out = {row.entry_id: row for row in sharing.out(opened, author("maya"), at=NOW)}
    held = out[made_id("maya", "wet-slate")]
    tomorrow = NOW.astimezone(LONDON).date() + timedelta(days=1)
    assert held.release_at == datetime(
        tomorrow.year, tomorrow.month, tomorrow.day, 9, tzinfo=LONDON
    )
    assert out[made_id("maya", "third-evening")].release_at is None
    for therapist in ("reyes", "okafor"):
        seen = brief.for_patient(opened, author("maya"), account(therapist), at=NOW).decode()
        assert "wet slate" not in seen
        assert "coats on the hook" not in seen


def test_the_morning_after_one_line_still_waits_for_a_yes(opened):
    assert care.not_clear_until(opened, account("desmond"), NOW) is None
    out = {row.entry_id: row for row in sharing.out(opened, author("desmond"), at=NOW)}
    assert out[made_id("desmond", "second-evening")].release_at is None


def test_whole_entries_some_answers_and_passages_are_out(opened):
    kinds = Counter(opened.scalars(select(Excerpt.what).where(Excerpt.body.is_not(None))))
    assert all(kinds[what] >= 3 for what in What), kinds


def test_sharing_was_narrowed_and_one_thing_taken_back(opened):
    assert happened(opened, "hannah") == [Happened.GIVEN, Happened.NARROWED]
    (grant,) = consent.in_force(opened, author("hannah"), NOW)
    assert consent.categories_of(opened, [grant.id]) == {grant.id: frozenset({"reflections"})}
    seen = brief.for_patient(opened, author("hannah"), account("okafor"), at=NOW)
    assert {row["category"] for row in orjson.loads(seen)["excerpts"]} == {"reflections"}
    assert b"drown out the marking" not in seen
    about = sharing.stubs(
        opened,
        author("hannah"),
        [row.excerpt_id for row in audit.readings_of(opened, account("hannah"))],
    )
    assert any(row.taken_back_at for row in about.values())


def test_sharing_was_withdrawn_and_given_again_and_nothing_came_back(opened):
    assert happened(opened, "ruth") == [Happened.GIVEN, Happened.WITHDRAWN, Happened.GIVEN]
    seen = brief.for_patient(opened, author("ruth"), account("reyes"), at=NOW)
    assert b"whistle through my teeth" in seen
    assert b"Marlow Street" not in seen


def test_who_shares_nothing_leaves_an_empty_page_and_no_receipts(opened):
    seen = orjson.loads(brief.for_patient(opened, author("kasia"), account("okafor"), at=NOW))
    assert seen["excerpts"] == []
    assert seen["until"] is None
    assert happened(opened, "kasia") == []
    assert audit.readings_of(opened, account("kasia")) == []


def test_the_one_who_comes_tomorrow_brings_something_old_and_something_new(opened):
    seen = orjson.loads(brief.for_patient(opened, author("leo"), account("reyes"), at=NOW))
    ids = [UUID(row["id"]) for row in seen["excerpts"]]
    fresh = sharing.unread_before(opened, Therapist(account("reyes")), ids, NOW)
    assert len(fresh) == 3
    assert len(ids) > 2
    coming = visits.of(opened, [account("leo")], account("reyes"), NOW)
    assert coming[account("leo")].next.astimezone(LONDON).date() == NOW.date() + timedelta(days=1)


def test_two_of_them_put_something_first_and_their_therapist_carries_something(opened):
    for key, agenda in (("leo", "forty bars"), ("maya", "Ten minutes in the car")):
        seen = orjson.loads(brief.for_patient(opened, author(key), account("reyes"), at=NOW))
        titles = {row["id"]: row["content"]["items"] for row in seen["excerpts"]}
        assert agenda in orjson.dumps(titles[seen["agenda"]]).decode()
        assert seen["released_at"]
        assert seen["first"]
        assert len(seen["carried"]) == 1
        assert 1 <= seen["minutes"] <= 5
    leo = orjson.loads(brief.for_patient(opened, author("leo"), account("reyes"), at=NOW))
    assert {one["id"] for one in leo["measures"]} == {"phq8", "gad7"}
    assert all(one["difference"] < 0 for one in leo["measures"])
    assert [one["id"] for one in leo["skills"]] == ["an-park"]
    assert {one["id"] for one in leo["scales"]} >= {"mood", "sleep"}


def test_therapists_read_at_their_desks_and_it_is_on_the_receipts(opened):
    for key in ("owen", "maya", "desmond", "hannah", "leo", "ruth"):
        readings = audit.readings_of(opened, account(key))
        assert readings, key
        for row in readings:
            assert row.at < NOW
            assert 8 <= row.at.astimezone(LONDON).hour < 18


def test_two_entries_were_edited_twice_and_one_has_two_versions(opened):
    def kinds(key: str, entry: str) -> list[str]:
        found = reading.revisions(opened, author(key), made_id(key, entry))
        return sorted(row["kind"] for row in found)

    assert kinds("owen", "plan") == ["earlier", "earlier", "head"]
    assert kinds("leo", "orchestra") == ["earlier", "earlier", "head"]
    assert kinds("hannah", "red-pen") == ["conflict", "earlier", "head"]
    conflicts = reading.entry(opened, author("hannah"), made_id("hannah", "red-pen"))["conflicts"]
    assert len(conflicts) == 1


def test_skipped_not_sure_and_nothing_came_are_all_there():
    states = Counter(
        answer["state"]
        for story in load().stories
        for written in story.entries
        for answer in written.answers.values()
        if "state" in answer
    )
    assert all(states[state] >= 3 for state in ("skipped", "unsure", "nothing")), states
