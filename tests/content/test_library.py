import dataclasses
import json

import pytest

from journal.content import library
from journal.content.files import BadContent
from journal.content.guides import STAGES, Kind, Share, Tier, UnknownItem
from journal.content.library import UnknownAgreement, UnknownGuide, load, read


def test_the_guides_stand_in_the_order_of_the_ladder():
    ids = [guide.id for guide in load().guides]
    assert ids[: len(STAGES)] == list(STAGES)
    assert ids[len(STAGES) :] == sorted(ids[len(STAGES) :])
    assert load() is load()


def test_the_day_asks_three_things_and_closes():
    day = load().guide("day")
    core = [item.id for item in day.items if item.tier is Tier.CORE]
    assert core == ["day-01", "day-07", "day-03"]
    assert [item.id for item in day.items][:3] == core
    assert day.closing == "You can stop here."
    assert day.items[-1].id == "day-10"
    assert day.items[-1].tier is Tier.MORE


def test_effects_of_the_day_are_known_and_under_their_own_category():
    day = load().guide("day")
    item = day.item("day-07")
    (part,) = item.parts
    assert (part.kind, set(part.windows)) == (Kind.EFFECTS, {"acute", "both"})
    assert day.category_of(item) == "after-effects"
    assert day.category_of(day.item("day-01")) == "reflections"


def test_a_question_about_care_is_never_shared():
    never = [i.id for g in load().guides for i in g.items if i.share is Share.NEVER]
    assert never == ["refl-10", "concern-01", "concern-02"]


@pytest.mark.parametrize(
    ("id", "edition", "kinds"),
    [
        ("free", 1, [Kind.TEXT]),
        ("capture", 1, [Kind.TEXT]),
        ("capture", 2, [Kind.TEXT, Kind.RECORDINGS, Kind.DRAWING, Kind.PHOTOS]),
    ],
)
def test_free_writing_and_fragments_are_one_long_text_and_what_is_caught(id, edition, kinds):
    (item,) = load().guide(id, edition).items
    assert item.id == f"{id}-01"
    assert [part.kind for part in item.parts] == kinds
    assert item.parts[0].most == 200_000


def test_help_offers_skills_that_work_in_the_hours_after_a_dose():
    offered = [skill for skill in load().skills if skill.from_help]
    assert len(offered) == 4
    assert all(skill.dose_day for skill in offered)


def test_a_steady_list_is_made_of_skills():
    assert [part.kind for part in load().guide("prep").item("prep-06").parts] == [
        Kind.SKILLS,
        Kind.TEXT,
    ]


def test_lines_can_be_dialled():
    lines = {(region.region, line.name): line for region in load().regions for line in region.lines}
    assert len(load().regions) == 31
    assert lines["US", "988 Suicide & Crisis Lifeline"].call == "988"
    text_line = lines["US", "Crisis Text Line"]
    assert (text_line.call, text_line.text, text_line.text_body) == (None, "741741", "HOME")
    assert lines["GB", "Samaritans"].call == "116123"
    assert all(line.call or line.text for (region, _), line in lines.items() if region != "*")


def test_an_unknown_guide_or_edition_is_refused():
    assert load().guide("day", 1) is load().guide("day")
    for unknown in (("other",), ("day", 2), ("day", 0)):
        with pytest.raises(UnknownGuide) as refused:
            load().guide(*unknown)
        assert refused.value.status == 422
    with pytest.raises(UnknownItem):
        load().guide("day").item("refl-01")


def test_an_unknown_agreement_is_refused():
    assert load().agreement_edition("share", 1) is load().agreement
    with pytest.raises(UnknownAgreement):
        load().agreement_edition("share", 2)


def test_the_agreement_hash_is_over_every_word_and_its_place():
    agreement = load().agreement
    assert len(agreement.sections) == 14
    assert json.loads(agreement.canonical)["title"] == agreement.title
    first, second, *rest = agreement.sections
    moved = [dataclasses.replace(first, title="", text=first.title + first.text), second, *rest]
    for other in (
        dataclasses.replace(agreement, sections=(second, first, *rest)),
        dataclasses.replace(agreement, sections=tuple(moved)),
        dataclasses.replace(agreement, edition=2),
        dataclasses.replace(agreement, locale="de"),
        dataclasses.replace(agreement, title="Sharing"),
    ):
        assert other.sha256 != agreement.sha256
    assert dataclasses.replace(agreement).sha256 == agreement.sha256


def test_a_new_edition_is_the_newest_and_the_old_one_stays(folder):
    text = (folder / "guides/day.1.toml").read_text("utf-8")
    for number in (2, 10):
        newer = text.replace("edition = 1", f"edition = {number}")
        (folder / f"guides/day.{number}.toml").write_text(newer, "utf-8")
    content = read(folder)
    assert content.guide("day").edition == 10
    assert content.guide("day", 1).edition == 1
    assert [guide.id for guide in content.guides].count("day") == 1


BROKEN = [
    ("guides/day.1.toml", 'tier = "core"', 'tier = "most"', "items.0.tier"),
    ("guides/day.1.toml", 'tier = "core"', "", "items.0.tier"),
    ("guides/day.1.toml", 'tier = "core"', 'tier = "core"\nsize = 1', "items.0.size"),
    ("guides/day.1.toml", 'name = "choice"', 'name = "state"', "items.0.parts"),
    ("guides/day.1.toml", 'kind = "choice"', 'kind = "text"', "items.0.parts.0"),
    ("guides/day.1.toml", 'kind = "choice"', 'kind = "voice"', "items.0.parts.0.kind"),
    ("guides/day.1.toml", 'id = "upset"', 'id = "okay"', "items.0.parts.0.options"),
    ("guides/day.1.toml", 'id = "day-03"', 'id = "day-01"', "items"),
    ("guides/day.1.toml", 'id = "day-03"', 'id = "refl-01"', "'refl-01'"),
    ("guides/day.1.toml", 'category = "after-effects"', 'category = "x"', "categories.toml"),
    ("guides/day.1.toml", 'stage = "day"', 'stage = "night"', "stage"),
    ("guides/day.1.toml", "edition = 1", "edition = 2", "edition 2"),
    ("guides/day.1.toml", "edition = 1", 'edition = "1"', "edition"),
    ("guides/day.1.toml", "max = 6", "", "items.3.parts.0.max"),
    ("guides/day.1.toml", "max = 6", "max = 0", "items.3.parts.0.max"),
    ("guides/day.1.toml", "How are you right now?", " ", "items.0.text"),
    ("guides/day.1.toml", "How are you right now?", "How\\nare", "items.0.text"),
    ("guides/refl.1.toml", 'name = "now"', 'name = "then"', "parts"),
    ("guides/free.1.toml", "id =", "id", "guides/free.1.toml"),
    ("skills/gr-room.1.toml", "level = 3", "level = 4", "level"),
    ("skills/gr-room.1.toml", "from_help = true", 'from_help = "yes"', "from_help"),
    ("skills/gr-room.1.toml", "minutes = 3", "minutes = 3.5", "minutes"),
    ("agreements/share.1.toml", "{ends_on}", "{until}", "until"),
    ("agreements/share.1.toml", "{ends_on}", "{ends_on", "text"),
    ("agreements/share.1.toml", 'id = "limits"', 'id = "what"', "sections"),
    ("categories.toml", 'id = "skills"', 'id = "measures"', "categories"),
    ("effects.toml", 'code = "vomit"', 'code = "nausea"', "effects"),
    ("effects.toml", 'window = "acute"', 'window = "later"', "effects.0.window"),
    ("words.toml", '"sad"', '"calm"', "emotion_words"),
    ("words.toml", "kinds", "sorts", "body_map.kinds"),
    ("notes.toml", "short =", "brief =", "not_monitored.short"),
    ("crisis/regions.toml", 'call = "988"', 'call = "9-8-8"', "regions.0.lines.0.call"),
    ("crisis/regions.toml", 'region = "CA"', 'region = "US"', "regions"),
    ("crisis/regions.toml", 'verified_on = ""', 'verified_on = "May"', "regions.0.verified_on"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), BROKEN)
def test_a_broken_file_is_refused_by_name_and_field(folder, replace, name, old, new, said):
    replace(name, old, new)
    with pytest.raises(BadContent) as refused:
        read(folder)
    assert name in str(refused.value)
    assert said in str(refused.value)


def test_a_missing_or_unreadable_file_is_refused_by_name(folder):
    (folder / "words.toml").write_bytes(b"\xff")
    with pytest.raises(BadContent, match=r"^words\.toml"):
        read(folder)
    (folder / "words.toml").unlink()
    with pytest.raises(BadContent, match=r"^words\.toml"):
        read(folder)


def test_without_an_agreement_nothing_can_be_shared(folder):
    (folder / "agreements/share.1.toml").unlink()
    with pytest.raises(BadContent, match="agreement"):
        read(folder)


def test_a_checked_number_carries_its_date(folder, replace):
    replace("crisis/regions.toml", 'verified_on = ""', "verified_on = 2026-01-31")
    replace("crisis/regions.toml", 'verified_on = ""', 'verified_on = "2026-02-01"')
    dates = [str(region.verified_on) for region in read(folder).regions[:3]]
    assert dates == ["2026-01-31", "2026-02-01", "None"]


def test_loading_reads_the_package(monkeypatch):
    assert library.DATA.is_dir()
    assert read(library.DATA).agreement.sha256 == load().agreement.sha256
