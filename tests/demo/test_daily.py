"""The days between sessions: check-ins, skills, steps, a plan, measures."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import orjson
import pytest
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.brief import service as brief
from journal.content import library, scoring
from journal.demo import files, shapes
from journal.demo.calendar import Calendar
from journal.demo.files import load
from journal.demo.ids import made_id
from tests.factories import NOW


@pytest.fixture
def opened(fill):
    with fill().session(writing=True) as session:
        yield session


def story(key: str) -> shapes.Story:
    return next(one for one in load().stories if one.key == key)


def of(key: str, guide: str) -> list[shapes.Written]:
    return [written for written in story(key).entries if written.guide == guide]


def test_everybody_checks_in_for_weeks_and_it_goes_up_and_down():
    for one in load().stories:
        moods = [w.answers["check-01"]["scale"] for w in of(one.key, "check-in")]
        assert len(moods) >= 10, one.key
        assert any(a < b for a, b in pairwise(moods)), one.key
        assert any(a > b for a, b in pairwise(moods)), one.key


def test_some_skills_have_enough_pairs_to_show_and_one_made_it_worse_twice():
    pairs: Counter[tuple[str, str]] = Counter()
    worse: Counter[tuple[str, str]] = Counter()
    for one in load().stories:
        for written in of(one.key, "practice"):
            (used,) = written.answers["practice-01"]["skill"]
            key = (one.key, used["skill"])
            pairs[key] += {"practice-02", "practice-03"} <= written.answers.keys()
            worse[key] += written.answers["practice-04"]["choice"] == "made-it-worse"
    assert len([key for key, count in pairs.items() if count >= 3]) >= 5
    assert [key for key, count in worse.items() if count >= 2] == [("hannah", "an-breath")]


def test_skills_that_are_named_are_the_librarys_or_their_own():
    titles = {skill.id: skill.title for skill in library.load().skills}
    for one in load().stories:
        for own in of(one.key, "own-skill"):
            titles[str(made_id(one.key, own.key))] = own.answers["own-skill-01"]["text"]
        for written in one.entries:
            for answer in written.answers.values():
                for row in [*answer.get("skill", []), *answer.get("skills", [])]:
                    assert titles[row["skill"]] == row["title"]


def test_an_entry_that_is_named_is_one_of_theirs():
    named: dict[str, set[UUID]] = defaultdict(set)
    for one in load().stories:
        for written in of(one.key, "pre"):
            named[one.key] |= {UUID(id) for id in written.answers["pre-08"]["entries"]}
    assert named.keys() == {"desmond", "leo"}
    for key, ids in named.items():
        assert ids <= {made_id(key, written.key) for written in story(key).entries}


def test_small_steps_stand_at_many_statuses():
    steps = [
        text.answers["week-03"]["step"].get("status", "open")
        for one in load().stories
        for written in of(one.key, "week")
        for text in (written, *written.edits)
        if "week-03" in text.answers
    ]
    assert set(steps) >= {"open", "did", "part", "changed"}


def test_measures_are_whole_and_as_far_apart_as_they_ask():
    kinds = ("phq8", "gad7", "peg")
    measured = [(one.key, g) for one in load().stories for g in kinds if of(one.key, g)]
    assert sorted(measured) == [("desmond", "peg"), ("leo", "gad7"), ("leo", "phq8")]
    for key, guide in measured:
        asked = library.load().guide(guide).measure
        calendar = Calendar(NOW, story(key).zone, load().house.clear_time, story(key).doses)
        moments = [calendar.moment(written.when) for written in of(key, guide)]
        assert len(moments) == 3
        for earlier, later in pairwise(moments):
            assert later - earlier >= timedelta(days=asked.days_between)
        for dose in calendar.doses.values():
            rest = timedelta(hours=asked.hours_after_dose)
            assert all(not timedelta() <= one - dose < rest for one in moments)
        totals = [scoring.score(library.load().guide(guide), w.answers) for w in of(key, guide)]
        assert all(score.total is not None for score in totals)
        assert len({score.total for score in totals}) > 1


def test_what_was_handed_over_of_it_is_of_the_kinds_they_share(opened: Session):
    def seen(key: str) -> Counter[str]:
        author = Patient(made_id("account", key))
        sent = brief.for_patient(opened, author, made_id("account", "reyes"), at=NOW)
        return Counter(row["category"] for row in orjson.loads(sent)["excerpts"])

    assert seen("leo")["measures"] == 4
    assert seen("leo")["skills"] == 2
    assert seen("leo")["check-ins"] == 6
    assert seen("desmond")["measures"] == 3
    assert seen("maya")["check-ins"] == 3
    assert seen("ruth")["safety-plan"] == 1
    assert seen("ruth")["small-steps"] == 1


def test_an_entry_may_lie_in_any_file_of_its_patient_but_not_in_two(tmp_path, monkeypatch):
    for path in files.DATA.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(files, "DATA", tmp_path)
    twice = (tmp_path / "owen.days.toml").read_text("utf-8").replace('"kneading"', '"plan"')
    (tmp_path / "owen.days.toml").write_text(twice, "utf-8")
    with pytest.raises(files.BadContent, match=r"owen.*same key"):
        load.__wrapped__()
