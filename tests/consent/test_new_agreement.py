"""A new edition of the agreement: what says something new stops reading until agreed again."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from journal.content import library
from journal.content.editions import Editions
from tests.acts import give, hand_over, handing, offer, read_page, said, signed_in, write
from tests.worlds import World

Publish = Callable[..., None]


@pytest.fixture
def publish(monkeypatch: pytest.MonkeyPatch) -> Publish:
    """`publish(material=…)`: the next edition of the agreement comes with an upgrade."""

    def publish(*, material: bool) -> None:
        now = library.load()
        newest = now.agreement
        following = replace(newest, edition=newest.edition + 1, material=material)
        every = {**now.agreement_editions.every, ("share", following.edition): following}
        changed = replace(now, agreement_editions=Editions(every))
        monkeypatch.setattr(library, "load", lambda: changed)

    return publish


def test_a_material_edition_stops_reading_until_agreed_again(
    app: Flask, lived_in: World, publish: Publish
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    empty = read_page(desk, lived_in.patient).data
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone, "the river"))
    publish(material=True)
    assert read_page(desk, lived_in.patient).data == empty
    assert desk.get(f"/api/patients/{lived_in.patient.id}/new").json["readable"] == []
    [mine] = [one for one in phone.get("/api/grants").json if one["id"] == grant]
    assert (mine["state"], mine["agreement"]["edition"]) == ("agree_again", 1)
    assert phone.post("/api/handovers", json=handing(grant, write(phone))).status_code == 409
    sent = offer(lived_in.therapist, pause=None)
    del sent["therapist_id"]
    answer = phone.post(f"/api/grants/{grant}/renew", json=sent)
    assert (answer.json["state"], answer.json["agreement"]["edition"]) == ("in_force", 2)
    assert said(read_page(desk, lived_in.patient)) == ["the river"]


def test_going_on_after_a_pause_does_not_agree_to_a_new_text(
    app: Flask, lived_in: World, publish: Publish
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone))
    n = phone.post(f"/api/grants/{grant}/pause").json["pause"]
    publish(material=True)
    answer = phone.post(f"/api/grants/{grant}/resume", json={"pause": n})
    assert answer.json["state"] == "agree_again"
    assert said(read_page(desk, lived_in.patient)) == []


def test_an_edition_that_says_nothing_new_changes_nothing(
    app: Flask, lived_in: World, publish: Publish
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone, "the river"))
    publish(material=False)
    assert said(read_page(desk, lived_in.patient)) == ["the river"]
    publish(material=True)
    publish(material=False)
    assert said(read_page(desk, lived_in.patient)) == []


def test_only_the_newest_text_can_be_agreed_to(
    app: Flask, lived_in: World, publish: Publish
) -> None:
    phone, old = signed_in(app, lived_in.patient), offer(lived_in.therapist)
    publish(material=False)
    answer = phone.post("/api/grants", json=old)
    assert [one["pointer"] for one in answer.json["errors"]] == ["/agreement"]
