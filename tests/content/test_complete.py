"""All of the content is there, and what must hold for it as a whole."""

from collections import Counter
from pathlib import Path

from journal.content.guides import GuideKind
from journal.content.library import HELP_CARD, load
from journal.content.measures import Needs
from journal.content.table import table

ROOT = Path(__file__).parents[2]


def test_all_of_it_is_there():
    by_kind = Counter(guide.kind for guide in load().guides)
    assert by_kind[GuideKind.REFLECTION] == 7
    assert sum(len(guide.items) for guide in load().guides if guide.stage) == 70
    extras = [guide for guide in load().guides if guide.kind is GuideKind.EXTRA]
    assert (len(extras), sum(len(guide.items) for guide in extras)) == (6, 12)
    measures = {guide.id for guide in load().guides if guide.measure}
    assert measures == {"phq2", "phq8", "phq9", "gad7", "peg", "auditc", "pcl5"}
    assert len(load().effects) == 37
    assert sum(effect.common for effect in load().effects) == 12
    assert [effect.code for effect in load().effects if effect.card] == ["suicid"]
    assert len(load().skills) == 36
    assert set(Counter(skill.need for skill in load().skills).values()) == {3}
    assert len(load().regions) == 31
    assert len(load().agreement.sections) == 14


def test_what_a_measure_needs_is_written_beside_it():
    needs = {guide.id: guide.measure.needs for guide in load().guides if guide.measure}
    assert {id: need for id, need in needs.items() if need} == {
        "phq9": Needs.RESPONSE_PLAN,
        "pcl5": Needs.ASSIGNED,
    }
    assert all(guide.source for guide in load().guides if guide.measure)


def test_the_intention_is_shown_back_when_it_is_about_meaning_and_not_before():
    shows = {item.id: item.shows for guide in load().guides for item in guide.items if item.shows}
    assert shows == {"week-01": "prep-03"}


def test_alcohol_and_drugs_have_a_switch_of_their_own():
    asked = {"prac": "prac-06", "pre": "pre-06", "auditc": "auditc-01"}
    for guide, id in asked.items():
        found = load().guide(guide)
        assert found.category_of(found.item(id)) == "alcohol-drugs"
    use = load().guide("extra-use")
    assert {use.category_of(item) for item in use.items} == {"alcohol-drugs"}


def test_any_answer_about_harming_oneself_opens_the_help_card():
    opens = {
        item.id: (item, set(rule.any))
        for guide in load().guides
        for item in guide.items
        for rule in item.notes
        if rule.note == HELP_CARD
    }
    assert opens.keys() == {"pre-07", "prac-06", "phq9-09"}
    silent = {"pre-07": {"no", "skip"}, "phq9-09": {"not-at-all"}}
    for id, (item, any_of) in opens.items():
        options = {one.id for part in item.parts for one in part.options}
        if id == "prac-06":
            assert any_of == {"self-harm"} < options
        else:
            assert options - any_of <= silent[id]
            assert any_of <= options


def test_the_table_of_the_content_is_not_stale():
    assert (ROOT / "docs/content.md").read_text("utf-8") == table(load())
