"""What a person answers comes back byte for byte; what does not fit is refused by its name."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.content.guides import Kind
from journal.content.library import load
from tests.acts import save, signed_in, words
from tests.content.answering import INVALID, VALID, answers_to
from tests.factories import new_id

EXAMPLES = 6  # of each guide, on each database
GUIDES = [guide.id for guide in load().guide_editions.newest.values()]
PARTS = [
    (guide.id, item.id, part.name, part.kind)
    for guide in load().guide_editions.newest.values()
    for item in guide.items
    for part in item.parts
]


@pytest.fixture
def phone(app, lived_in):
    return signed_in(app, lived_in.patient)


@pytest.mark.parametrize("id", GUIDES)
def test_any_mixture_of_valid_answers_comes_back_byte_for_byte(phone, id):
    guide = load().guide(id)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(answers=answers_to(guide))
    def holds(answers):
        entry = str(new_id())
        body = words(guide=guide.id, edition=guide.edition, answers=answers)
        answered = save(phone, entry, body)
        assert answered.status_code == 201, answered.get_json()
        kept = phone.get(f"/api/entries/{entry}").get_json()["answers"]
        assert json.dumps(kept) == json.dumps(answers)

    holds()


@pytest.mark.parametrize("id", GUIDES)
def test_any_invalid_answer_is_refused_with_its_item_named(phone, id):
    guide = load().guide(id)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(answers=answers_to(guide), data=st.data())
    def refused(answers, data):
        item = data.draw(st.sampled_from(guide.items))
        part = data.draw(st.sampled_from(item.parts))
        wrong = data.draw(st.sampled_from(INVALID[part.kind]))
        sent = answers | {item.id: {part.name: wrong}}
        entry = str(new_id())
        answered = save(phone, entry, words(guide=guide.id, edition=guide.edition, answers=sent))
        assert answered.status_code == 422
        assert answered.content_type == "application/problem+json"
        pointers = [error["pointer"] for error in answered.get_json()["errors"]]
        assert pointers == [f"/answers/{item.id}/{part.name}"]
        assert phone.get(f"/api/entries/{entry}").status_code == 404

    refused()


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_answer_is_asked_somewhere_and_drawn_here(kind):
    assert kind in VALID
    assert kind in INVALID
    assert kind in {kind for *_, kind in PARTS}
