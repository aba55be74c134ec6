"""Two devices edit one entry in any order: no text is ever lost, against a naive model."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.acts import save, signed_in, words
from tests.factories import new_id
from tests.worlds import World

DEVICES = 2

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "lost answer", "send again", "look", "resolve", "go on"]),
        st.integers(0, DEVICES - 1),
    ),
    min_size=1,
    max_size=14,
)


@dataclass
class Device:
    """What one device believes: the newest text it saw, and what it last sent."""

    client: FlaskClient
    head: str | None = None
    conflicts: list[str] = field(default_factory=list)
    last: tuple[dict[str, Any], str | None] | None = None


@dataclass
class Model:
    """Every text that reached the server, which of them is the head, and which wait."""

    head: str | None = None
    texts: dict[str, str] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)

    def take(self, body: dict[str, Any], parent: str | None) -> None:
        if body["revision"] in self.texts:
            return
        self.texts[body["revision"]] = body["answers"]["refl-01"]["text"]
        if self.head is not None and parent != self.head:
            self.waiting -= set(body["resolves"]) & {parent}
            self.waiting.add(body["revision"])
            return
        self.head = body["revision"]
        self.waiting -= set(body["resolves"])


def act(what: str, device: Device, id: str, model: Model) -> None:
    if what == "look":
        learn(device, id)
        return
    if what == "send again" and device.last:
        body, parent = device.last
    else:
        resolves = device.conflicts if what == "resolve" else []
        parent = device.head
        if what == "go on" and device.last:
            parent = device.last[0]["revision"]
            resolves = [parent]
        body = words(f"text {len(model.texts)}", resolves=resolves)
    device.last = body, parent
    answer = save(device.client, id, body, parent=parent)
    model.take(body, parent)
    assert (answer.status_code == 409) is (body["revision"] in model.waiting)
    if what != "lost answer" and answer.status_code < 300:
        device.head, device.conflicts = answer.json["revision"], answer.json["conflicts"]


def learn(device: Device, id: str) -> None:
    entry = device.client.get(f"/api/entries/{id}")
    if entry.status_code == 200:
        device.head = entry.json["revision"]
        device.conflicts = [one["revision"] for one in entry.json["conflicts"]]


def test_no_order_of_two_devices_loses_a_text(app: Flask, lived_in: World) -> None:
    clients = [signed_in(app, lived_in.patient) for _ in range(DEVICES)]

    @settings(
        max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(STEPS)
    def play(steps: list[tuple[str, int]]) -> None:
        id, model = str(new_id()), Model()
        devices = [Device(client) for client in clients]
        for what, number in steps:
            act(what, devices[number], id, model)
        if not model.texts:
            return
        kept = clients[0].get(f"/api/entries/{id}/revisions").json
        assert {one["revision"]: one["answers"]["refl-01"]["text"] for one in kept} == model.texts
        kinds = {one["revision"]: one["kind"] for one in kept}
        assert [id for id, kind in kinds.items() if kind == "head"] == [model.head]
        assert {id for id, kind in kinds.items() if kind == "conflict"} == model.waiting
        assert len(kept) == len(model.texts)

    play()
