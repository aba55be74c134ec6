"""One thing handed over, in every state it can be in; and a twin who never hands anything over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from journal.accounts.models import Account
from journal.accounts.principals import Patient, Role, Therapist
from journal.care.models import CareLink
from journal.consent.models import Grant, GrantCategory
from journal.db import Database
from tests import factories
from tests.acts import Written, give, handing, save, signed_in, words, write
from tests.factories import NOW, new_id
from tests.media.sending import photo, upload
from tests.worlds import MovableTime, World

TEXT = "the river knew"
KINDS = ["reflections", "drawings-voice", "skills"]
PIN = dict.fromkeys(("share", "proof", "key"), "A" * 43 + "=")


@dataclass
class Giver:
    """A patient with all their ids; or the twin, who never hands anything over."""

    app: Flask
    database: Database
    world: World
    time: MovableTime
    patient: Patient
    gives: bool
    ids: dict[str, str]

    @property
    def phone(self) -> FlaskClient:
        return signed_in(self.app, self.patient, at=self.time.at)

    def agree(self, **terms: Any) -> None:
        self.ids["grant"] = give(self.phone, self.world.therapist, categories=KINDS, **terms)

    def hand(self) -> None:
        """Words and a photo, in two excerpts."""
        if self.gives:
            written = Written(self.ids["entry"], self.ids["revision"])
            what = {"kind": "whole", "media": [self.ids["medium"]]}
            sent = handing(self.ids["grant"], written, what)
            made = self.phone.post("/api/handovers", json=sent).json["excerpts"]
            text, picture = sorted(made, key=lambda one: one["category"], reverse=True)
            [copy] = picture["content"]["items"][0]["media"]
            self.ids |= {"excerpt": text["id"], "also": picture["id"], "copy": copy["id"]}

    def shares(self, *, dose: bool = False, **terms: Any) -> None:
        self.agree(**terms)
        if dose:
            with self.database.session(writing=True) as opened:
                factories.make_dose(opened, self.world.clinic, self.patient.id, started_at=NOW)
        self.hand()

    def change(self, of: Any, *which: Any, **values: Any) -> None:
        """Change rows by hand: no service has cleaned up, the rule alone decides."""
        with self.database.session(writing=True) as opened:
            opened.execute(update(of).where(*which).values(**values))


State = Callable[[Giver], None]


def then(how: str, **sent: Any) -> State:
    """A state that the patient brings about with the grant."""

    def state(one: Giver) -> None:
        one.shares()
        answer = one.phone.post(f"/api/grants/{one.ids['grant']}/{how}", json=sent)
        assert answer.status_code == 200

    return state


def taken_back(one: Giver) -> None:
    one.shares()
    for name in ("excerpt", "also"):
        assert (
            not one.gives or one.phone.delete(f"/api/excerpts/{one.ids[name]}").status_code == 204
        )


def not_allowed(one: Giver) -> None:
    one.shares()
    mine = GrantCategory.grant_id == UUID(one.ids["grant"])
    one.change(GrantCategory, mine, category="not-" + GrantCategory.category)


def expired(one: Giver) -> None:
    one.shares(ends_on="2026-03-10")
    one.time.move(timedelta(hours=12))


def link_ended(one: Giver) -> None:
    one.shares()
    theirs = CareLink.therapist_id == one.world.therapist.id
    one.change(CareLink, theirs, CareLink.patient_id == one.patient.id, ended_at=NOW)


def disabled(one: Giver) -> None:
    one.shares()
    if one.gives:  # the therapist is the twin's too
        one.change(Account, Account.id == one.world.therapist.id, disabled_at=NOW)


def agreement_holds_no_longer(one: Giver) -> None:
    one.shares()
    one.change(Grant, Grant.id == UUID(one.ids["grant"]), agreement_edition=0)


STATES: dict[str, State] = {
    "in force": Giver.shares,
    "held until morning": partial(Giver.shares, dose=True, release_in_morning=True),
    "waiting": partial(Giver.shares, dose=True),
    "paused": then("pause"),
    "narrowed away": then("narrow", categories=["skills"]),
    "of a kind that is not allowed": not_allowed,
    "taken back": taken_back,
    "withdrawn": then("withdraw"),
    "expired": expired,
    "link ended": link_ended,
    "account disabled": disabled,
    "agreement no longer holds": agreement_holds_no_longer,
    "never handed over": Giver.agree,
}


@dataclass(frozen=True)
class Stage:
    """The patient, the twin, and everybody who may try, signed in."""

    giver: Giver
    twin: Giver
    people: dict[str, FlaskClient]


def set_up(app: Flask, database: Database, world: World, time: MovableTime, state: State) -> Stage:
    """Bring the twin and then the patient into a state."""
    twin = Giver(app, database, world, time, _twin(database, world), gives=False, ids={})
    giver = Giver(app, database, world, time, world.patient, gives=True, ids={})
    # Signed in before anything happens, and still so when consent has expired.
    desk = signed_in(app, world.therapist, at=NOW + timedelta(seconds=1))
    for one in (twin, giver):
        time.at = NOW
        _prepare(one)
        state(one)
    everybody: dict[str, Patient | Therapist] = {
        "colleague": world.other_therapist,
        "foreigner": world.foreign_therapist,
        "other patient": world.other_patient,
        "author": world.patient,
        "twin": twin.patient,
        "admin": Therapist(world.admin.id),
    }
    people = {who: signed_in(app, one, at=time.at) for who, one in everybody.items()}
    return Stage(giver, twin, people | {"therapist": desk})


def _twin(database: Database, world: World) -> Patient:
    """Somebody of the same name with the same therapists, whom the colleague hears from too."""
    with database.session(writing=True) as opened:
        account = factories.make_account(opened, world.clinic, role=Role.PATIENT, name="Maya")
        for therapist in (world.therapist, world.other_therapist):
            factories.link(opened, world.clinic, account.id, therapist.id)
        twin = Patient(account.id)
        entry = factories.make_entry(opened, twin, text="A bystander's words.")
        grant = factories.make_grant(opened, twin, world.other_therapist)
        factories.hand_over(opened, twin, grant, entry, at=NOW)
    return twin


def _prepare(one: Giver) -> None:
    """Write an entry with a photo; the therapist has a note and a suggestion for each."""
    caught, body = photo(), words(guide="capture", edition=2)
    row = {"media": caught.id, "type": caught.type, "width": 4, "height": 3}
    body["answers"] = {"capture-01": {"text": TEXT, "photos": [row]}}
    one.ids |= {"patient": str(one.patient.id), "therapist": str(one.world.therapist.id)}
    one.ids |= {"entry": caught.entry, "revision": body["revision"], "medium": caught.id}
    one.ids |= {name: str(new_id()) for name in ("note", "suggestion", "lock")}
    upload(one.phone, caught)
    assert save(one.phone, caught.entry, body).status_code == 201
    assert one.phone.put(f"/api/phones/{one.ids['lock']}", json=PIN).status_code == 204
    if one.gives:
        write(one.phone, "Kept to oneself.")  # more than the twin wrote: nobody learns that
    desk, about = signed_in(one.app, one.world.therapist), f"/api/patients/{one.patient.id}"
    sent = desk.put(f"{about}/notes/{one.ids['note']}", json={"text": "A note."})
    assert sent.status_code == 200
    skill = {"id": one.ids["suggestion"], "kind": "skill", "ref": "gr-room"}
    assert desk.post(f"{about}/suggestions", json=skill).status_code == 200
    one.ids["before"] = desk.get("/api/events").text
