"""The words: how people speak, how the product speaks of them, what the files may hold."""

import re
from pathlib import Path

import pytest

from journal import demo
from journal.content import library
from journal.content.check import BANNED, wording
from journal.content.files import BadContent, read
from journal.content.prose import Said
from journal.demo import files
from journal.demo.files import StoryFile, load
from journal.demo.notice import notice

EVERYDAY = {"why", "fix", "fixed", "clean", "dirty", "always", "just", "only", "weight"}
"""Not the product's words, and people's own all the same."""

EVENTS = re.compile(r"\b(?:suicid\w*|kill\w*|die|dying|overdos\w*|cut myself|harm\w*)\b", re.I)
"""Nobody in the demo is at risk: a demo is no place to practise for that."""

PACKAGE = Path(files.__file__).parents[1]


def own_words() -> list[tuple[str, str]]:
    return [
        (f"{path.name}:{number}", line)
        for path in sorted(files.DATA.glob("*.toml"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if not line.startswith("#")
    ]


def test_nobody_is_promised_anything_and_nobody_is_at_risk():
    for place, line in own_words():
        assert {word.lower() for word in BANNED.findall(line)} <= EVERYDAY, place
        assert not EVENTS.search(line), place


def test_the_product_speaks_of_them_in_its_own_plain_words():
    lines = [*notice("http://localhost:8000", fresh=False), load().house.name]
    found = [
        str(finding)
        for line in lines
        for finding in wording(Said(file="demo", id="notice", text=line))
    ]
    assert found == []
    assert all(len(line) <= 110 for line in lines)


def test_there_are_weeks_of_entries_from_every_patient():
    for story in load().stories:
        assert len(story.entries) >= 6, story.key
    used = {written.guide for story in load().stories for written in story.entries}
    never_in_a_demo = {"concern", "phq2", "phq9", "auditc", "pcl5"}
    not_in_these_lives = {"addition", "extra-trauma", "extra-use", "extra-eating"}
    known = {guide.id for guide in library.load().guides}
    assert used == known - never_in_a_demo - not_in_these_lives


def test_every_file_of_a_patient_is_used_and_small():
    named = {*load().house.patients, "clinic"}
    assert {path.name.partition(".")[0] for path in files.DATA.glob("*.toml")} == named
    for path in files.DATA.glob("*.toml"):
        assert path.read_text("utf-8").count("\n") <= 200, path.name


def test_keys_are_not_shared_and_addresses_and_numbers_are_nobodys():
    people = [*load().house.staff, *load().stories]
    assert len({one.key for one in people}) == len(people)
    for one in people:
        assert one.email == f"{one.key}@example.org"
    phones = re.findall(r'phone = "([^"]+)"', "\n".join(line for _, line in own_words()))
    fiction = re.compile(r"07700 900\d{3}|\+44 20 7946 0\d{3}")  # kept for drama by the regulator
    assert phones
    assert all(fiction.fullmatch(phone) for phone in phones)


def test_canaries_are_distinctive():
    found = demo.canaries()
    texts = sum(
        1 + len(one.edits)
        for story in load().stories
        for one in story.entries
        if one.guide in {"prep", "refl", "free", "capture"}
    )
    assert len(found) >= texts
    assert all(len(phrase) >= 9 for phrase in found), min(found, key=len)
    elsewhere = [
        path.read_text("utf-8")
        for suffix in ("*.py", "*.toml")
        for path in PACKAGE.rglob(suffix)
        if files.DATA not in path.parents
    ]
    for phrase in found:
        assert not any(phrase in text for text in elsewhere), phrase


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("joined = -24", "joined = 4", "joined"),
        ("joined = -24", "joined = -24\nage = 34", "age"),
        ("prep-05.scale = 4", "prep-05.scale = 40", "prep-05"),
        ('guide = "capture"', 'guide = "refl"', "capture-01"),
        ('time = "11:00" } },\n  {', "hours = 3 } },\n  {", "visits.0.when"),
        ('starts = { day = 3, time = "13:30" }', "starts = { day = 3 }", "doses.0.starts"),
        ('key = "starter"', 'key = "plan"', "entries"),
    ],
)
def test_a_fault_in_a_file_is_named(tmp_path, old, new, fault):
    text = (files.DATA / "owen.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "owen.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadContent, match=rf"owen\.toml: .*{re.escape(fault)}"):
        read(tmp_path, "owen.toml", StoryFile("owen"))
