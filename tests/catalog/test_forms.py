"""What is sent by an editor is a clear refusal or fits: never a crash, never too much."""

import json

import pytest

from journal.catalog import forms
from journal.content.library import load
from journal.content.schemas import SkillSchema
from journal.errors import Invalid
from journal.web.body import DEEPEST
from tests.acts import JSON
from tests.catalog.clinic import PLAN, desk_of, guide, new_guide, new_item, part, put, texts


@pytest.fixture
def desk(app, lived_in):
    return desk_of(app, lived_in)


def pointers(call, *sent):
    with pytest.raises(Invalid) as refused:
        call(*sent)
    return [one["pointer"] for one in refused.value.errors]


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"title": ""}, "/title"),
        ({"title": " a"}, "/title"),
        ({"title": "two\nlines"}, "/title"),
        ({"title": "\ud800"}, "/title"),
        ({"title": None}, "/title"),
        ({"title": 3}, "/title"),
        ({"closing": "x" * 2_001}, "/closing"),
        ({"licence": None}, "/licence"),
        ({"kind": "nothing"}, "/kind"),
        ({"stage": "soon"}, "/stage"),
        ({"category": "\ud800"}, "/category"),
        ({"ask": 10**30}, "/ask"),
        ({"ask": 0}, "/ask"),
        ({"unknown": 1}, "/unknown"),
        ({"id": "c-000000000000"}, "/id"),
        ({"measure": {"rule": "sum"}}, "/measure/items"),
        ({"items": []}, "/items"),
        ({"items": {}}, "/items"),
        ({"items": [3]}, "/items/0"),
        ({"items": [new_item()] * 61}, "/items"),
        ({"items": [new_item(), new_item()]}, "/items"),
        ({"items": [new_item(text="x" * 2_001)]}, "/items/0/text"),
        ({"items": [new_item(source=None)]}, "/items/0/source"),
        ({"items": [new_item(tier="most")]}, "/items/0/tier"),
        ({"items": [new_item(parts=[])]}, "/items/0/parts"),
        ({"items": [new_item(parts=[part("scale", low="none")])]}, "/items/0/parts/0/high"),
        ({"items": [new_item(parts=[part("words", max=10**30)])]}, "/items/0/parts/0/max"),
        ({"items": [new_item(parts=[part("choice", options=[
            {"id": f"o-{n}", "label": "a", "score": None} for n in range(41)
        ])])]}, "/items/0/parts/0/options"),
        ({"title": [[[[[[[[[[["deep"]]]]]]]]]]]}, "/title" + "/0" * 8),
    ],
)  # fmt: skip
def test_the_field_that_does_not_fit_is_named(change, refused):
    sent = new_guide()
    assert refused in pointers(forms.guide, {**sent, **change}, sent["id"])


@pytest.mark.parametrize("sent", [[], None, 3, "words", {}])
def test_what_is_no_guide_is_refused(sent):
    assert pointers(forms.guide, sent, "refl")


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"steps": []}, "/steps"),
        ({"minutes": 0}, "/minutes"),
        ({"level": 4}, "/level"),
        ({"dose_day": "yes"}, "/dose_day"),
        ({"caution": None}, "/caution"),
    ],
)
def test_a_skill_is_checked_like_a_file(change, refused):
    skill = load().skills[0]
    assert pointers(forms.skill, SkillSchema().dump(skill) | change, skill.id) == [refused]


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"after_dose": []}, "/after_dose"),
        ({"numbers": [{"label": "Desk", "phone": "call us", "hours": "Noon"}]}, "/numbers/0/phone"),
        ({"numbers": [{"label": "Desk", "phone": "+44 20"}]}, "/numbers/0/hours"),
        ({"numbers": [{"label": "", "phone": "112", "hours": "Noon"}]}, "/numbers/0/label"),
        ({"response_plan": {**PLAN, "backup": ""}}, "/response_plan/backup"),
        ({"response_plan": {"who": "The nurse"}}, "/response_plan/days"),
        ({"regions": ["GB"]}, "/regions"),
    ],
)
def test_texts_are_checked_too(change, refused):
    sent = {"numbers": [], "after_dose": ["Rest."], "response_plan": None, **change}
    assert refused in pointers(forms.texts, sent)


@pytest.mark.parametrize(
    "phone", ["112", "+44 20 7946 0112", "(020) 7946-0112", "020.7946.0112", "0800 111 / 222"]
)
def test_a_number_is_written_as_people_write_them(phone):
    sent = {
        "numbers": [{"label": "Desk", "phone": phone, "hours": "Noon"}],
        "after_dose": ["Rest."],
    }
    assert forms.texts(sent).numbers[0].phone == phone


def test_over_http_a_refusal_is_a_problem_with_pointers(desk):
    answer = put(desk, "guides", {**guide(desk, "refl"), "title": ""})
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert [one["pointer"] for one in answer.json["errors"]] == ["/title"]
    other = desk.put("/api/clinic/guides/day", json=guide(desk, "refl"),
                     headers={"If-Match": '"1"'})  # fmt: skip
    assert [one["pointer"] for one in other.json["errors"]] == ["/id"]
    assert desk.put("/api/clinic/texts/other", json=texts(desk)).status_code == 404
    long = put(desk, "guides", new_guide(about="x" * 70_000))
    assert long.status_code == 413


@pytest.mark.parametrize("body", ["[]", "3", '{"guide": {}, "skill": {}}', '{"guide": []}', ""])
def test_what_is_looked_over_is_a_guide_or_a_skill(desk, body):
    answer = desk.post("/api/clinic/check", data=body, content_type=JSON)
    assert answer.status_code == 422


def test_nesting_as_deep_as_a_body_can_be_is_refused(desk):
    more = DEEPEST - 2
    deep = json.dumps({"guide": {"items": "X"}}).replace('"X"', "[" * more + "]" * more)
    assert desk.post("/api/clinic/check", data=deep, content_type=JSON).status_code == 422
