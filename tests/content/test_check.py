import pytest

from journal.content.check import check, unverified, wording
from journal.content.library import load
from journal.content.prose import Said

LONG = (
    "Psychological flexibility necessitates considerable deliberation regarding "
    "contemporary circumstances."
)
DAY = "How hard was the session to be in?"

BROKEN = [
    ("guides/refl.1.toml", "Which part stays", "Why does a part stay", "refl-02", "'Why'"),
    ("guides/refl.1.toml", "Which part stays", "What healed", "refl-02", "'healed'"),
    ("guides/refl.1.toml", "stays with you most?", "stays!", "refl-02", "'!'"),
    ("guides/refl.1.toml", "stays with you most?", "must stay?", "refl-02", "'must'"),
    ("guides/refl.1.toml", "stays with you most?", "never goes?", "refl-02", "'never'"),
    ("guides/refl.1.toml", 'label = "less"', 'label = "just less"', "refl-08", "'just'"),
    ("guides/refl.1.toml", "yes, just note it", "yes, just do it", "refl-05", "'just'"),
    ("guides/refl.1.toml", "Not knowing is fine.", "Well done.", "refl", "'Well done'"),
    ("skills/gr-room.1.toml", "Room roll call", "The only way", "gr-room", "'only'"),
    ("agreements/share.1.toml", "Your care stays", "Your care should stay", "saying-no", "should"),
    ("notes.toml", "You can rest here.", "Your journey is saved.", "soft_stop", "'journey'"),
    ("notes.toml", "No one is watching", "Someone is watching", "not_monitored", "watching"),
    ("effects.toml", "Headache", "Headache!", "headache", "'!'"),
    ("categories.toml", "Small steps", "Streaks", "small-steps", "'Streaks'"),
    ("words.toml", '"calm"', '"clean"', "easy", "'clean'"),
    ("guides/free.1.toml", "Write what you like.", LONG, "free-01", "the file reads at grade"),
    ("skills/gr-room.1.toml", "Say how it feels.", LONG, "gr-room", "reads at grade"),
    ("agreements/share.1.toml", "You are.", LONG, "who-shares", "reads at grade"),
    ("guides/day.1.toml", DAY, "What does it mean to you?", "day-06", "meaning"),
    ("guides/day.1.toml", DAY, "a b c d e f g h i j k l m?", "day-06", "more than 12 words"),
    ("guides/day.1.toml", 'lines = "short"', 'lines = "long"', "day-03", "long writing"),
    ("guides/day.1.toml", 'share = "private"', 'share = "never"', "day-01", "cannot be shared"),
    ("guides/day.1.toml", '"after-effects"', '"measures"', "day-07", "measure"),
    ("guides/day.1.toml", 'tier = "core"', 'tier = "more"', "day", "3 to 6 of them core"),
    ("guides/free.1.toml", 'category = "', 'stage = "week"\ncategory = "', "free", "6 to 10"),
    ("crisis/regions.toml", 'emergency = "911"', 'emergency = ""', "US", "emergency"),
    ("crisis/regions.toml", 'emergency = "911"', 'emergency = "or local"', "US", "emergency"),
    ("crisis/regions.toml", 'region = "*"', 'region = "XX"', "*", "other regions"),
]


def test_the_content_of_the_package_keeps_every_rule():
    assert [str(finding) for finding in check()] == []


@pytest.mark.parametrize(("name", "old", "new", "id", "rule"), BROKEN)
def test_a_broken_rule_is_found_where_it_is(folder, replace, name, old, new, id, rule):
    replace(name, old, new)
    found = [finding for finding in check(folder) if finding.rule != "edition"]
    assert any((f.file, f.id) == (name, id) and rule in f.rule for f in found)
    assert name in str(found[0])


def test_an_edited_edition_is_a_finding(folder, replace):
    replace("guides/free.1.toml", "Write what you like.", "Write as you like.")
    assert [(f.file, f.rule) for f in check(folder)] == [("guides/free.1.toml", "edition")]


@pytest.mark.parametrize(
    ("text", "safety", "fine"),
    [
        ("Only you can read this.", False, True),
        ("Only your therapist.", False, False),
        ("You must not drive.", True, True),
        ("You must not drive.", False, False),
        ("You journey on.", True, False),
        ("Adjust it. Health. Accurate. Justice. Prefix.", False, True),
        ("It cures and rewires.", False, False),
    ],
)
def test_a_word_is_banned_as_a_word(text, safety, fine):
    said = Said(file="x.toml", id="x", text=text, safety=safety)
    assert (list(wording(said)) == []) is fine


def test_numbers_nobody_checked_are_listed(folder, replace):
    assert unverified(load()) == [region.region for region in load().regions]
