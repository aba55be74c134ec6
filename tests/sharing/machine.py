"""People act over HTTP in any order, and every answer is compared with the naive model's.

The invariants of the consent engine by their numbers, and where they are looked at:

    I1, I2    `_page`: exactly what may be read, word for word
    I3        the same, after every act, at the time of the act
    I4, I5    the model only widens by `give`, `renew`, `resume`, `release`, `hand_over`; acts are
              sent again late (`sent_again`) and the clock is set back (`the_clock_jumps_back`)
    I6        whoever does not see the patient gets the answer of a patient who is not there
    I7, I8    page, preview by bytes, list of ids, counts of Today
    I12, I13  one receipt for each excerpt and reading, in order
    I14       the ledger's length, its chain, and the state as the fold of its events
    I15       offers to an older text are refused; a material one stops reading
    I17       leaving, reassignment, deactivation of either side, and coming back
    I18, I20  a therapist of another clinic, an admin
    I22       any act again, byte for byte
    I23       the database is closed and opened between two steps
    I30       every status is the model's
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, TypeVar

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from journal import audit
from journal.accounts.models import Account
from journal.accounts.principals import Patient, Role, Therapist
from journal.care.models import Clinic, Membership
from journal.consent import ledger, standing
from journal.consent.models import ConsentEvent, ConsentHead
from journal.content import library
from journal.content.editions import Editions
from journal.content.library import Library
from journal.db import Database
from journal.sharing import leaving
from tests import factories
from tests.acts import JSON, said, signed_in, told, words
from tests.factories import NOW, new_id
from tests.sharing.model import MADE, Model, Terms
from tests.worlds import MovableTime

T = TypeVar("T")

GUIDES = {
    "reflections": ("refl", "refl-01"),
    "check-ins": ("check-in", "check-05"),
    "skills": ("practice", "practice-05"),
}
PATIENTS, THERAPISTS, STRANGER = (0, 1), (0, 1, 2), 2
SOME = st.integers(0, 11)
KINDS = st.frozensets(st.sampled_from(sorted(GUIDES)), min_size=1)
STEPS = 100
"""In one example."""


@dataclass
class Stage:
    """Where the machine plays: one application and its database, for all examples of a run."""

    app: Flask
    time: MovableTime
    publish: Callable[[Library], None]
    here: Clinic
    there: Clinic
    library: Library = field(default_factory=library.load)
    steps: Counter[str] = field(default_factory=Counter)

    @property
    def database(self) -> Database:
        database: Database = self.app.extensions["journal.database"]
        return database


def pick(some: Sequence[T], n: int) -> T:
    return some[n % len(some)]


class Consent(RuleBasedStateMachine):
    """Two patients, two therapists who see both of them or one, and a stranger."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        stage = self.stage
        stage.time.at = NOW
        stage.publish(stage.library)
        people: list[list[Account]] = []
        with stage.database.session(writing=True) as opened:
            for role, clinics in (
                (Role.PATIENT, (stage.here, stage.here)),
                (Role.THERAPIST, (stage.here, stage.here, stage.there)),
                (Role.ADMIN, (stage.here,)),
            ):
                people.append(
                    [
                        factories.make_account(opened, clinic, role=role, name=role, zone="UTC")
                        for clinic in clinics
                    ]
                )
            self.patients = [Patient(one.id) for one in people[0]]
            self.therapists = [Therapist(one.id) for one in people[1]]
            links = {(0, 0): NOW, (0, 1): NOW, (1, 0): NOW}
            for patient, therapist in links:
                self._link(opened, patient, therapist, NOW)
        self.model = Model(NOW, links)
        self.phones = [self._sign_in(one) for one in self.patients]
        self.desks = [self._sign_in(one) for one in self.therapists]
        self.office = self._sign_in(Patient(people[2][0].id))
        self.sent: list[partial[None]] = []
        self.revisions: dict[str, str] = {}
        self.materials: list[bool] = []
        self.touched, self.turn = 0, 0
        self.absent = [told(desk.get(f"/api/patients/{new_id()}/page")) for desk in self.desks]
        for category in GUIDES:
            self.writes(0, category)
            self.writes(1, category)

    @initialize(kinds=KINDS, morning=st.booleans(), day=st.booleans())
    def something_is_out(self, kinds: frozenset[str], morning: bool, day: bool) -> None:
        """Each example begins with consents and things handed over, or most acts would wait."""
        for patient, therapist in ((0, 0), (0, 1), (1, 0)):
            self.gives(patient, therapist, kinds, 9, morning, 2)
        if day:
            self.a_dose_begins(0, 20)
        for grant in range(1, 6):
            self.hands_over(grant, grant)

    # what is sent

    def _sign_in(self, person: Patient | Therapist) -> FlaskClient:
        return signed_in(self.stage.app, person)

    def _link(self, opened: Any, patient: int, therapist: int, at: datetime) -> None:
        who, whom = self.patients[patient].id, self.therapists[therapist].id
        factories.link(opened, self.stage.here, who, whom, at=at)

    def _post(self, patient: int, path: str, body: Any = None) -> TestResponse:
        self.touched = patient
        answer = self.phones[patient].post(f"/api/{path}", json=body)
        self.stage.steps[f"{path.split('/')[-1]} {answer.status_code}"] += 1
        return answer

    def _act(self, act: Callable[..., None], *sent: Any) -> None:
        """Do something, and remember it so that it can be sent again."""
        again = partial(act, *sent)
        self.sent.append(again)
        again()

    def _grant(self, n: int) -> str:
        """One of those that stand, mostly; else any that ever was. The newest come first."""
        every = list(self.model.grants)[::-1]
        standing = [id for id in every if self.model.stands(self.model.grants[id])]
        return pick(standing if standing and n % 4 else every, n)

    def _whose(self, grant: str) -> int:
        return self.model.grants[grant].patient

    # writing, giving, handing over

    @rule(patient=st.sampled_from(PATIENTS), category=st.sampled_from(sorted(GUIDES)))
    def writes(self, patient: int, category: str) -> None:
        id, text = str(new_id()), f"words {len(self.model.entries)} {new_id()}"
        guide, item = GUIDES[category]
        body = words(guide=guide, answers={item: {"text": text}})
        answer = self.phones[patient].put(
            f"/api/entries/{id}", json=body, headers={"If-None-Match": "*"}, content_type=JSON
        )
        assert answer.status_code == MADE, answer.json
        self.model.entries[id] = (patient, category, text)
        self.revisions[id] = body["revision"]

    @rule(
        patient=st.sampled_from(PATIENTS),
        therapist=st.sampled_from(THERAPISTS),
        kinds=KINDS,
        days=st.integers(0, 9),
        morning=st.booleans(),
        behind=st.integers(0, 9),
    )
    def gives(
        self,
        patient: int,
        therapist: int,
        kinds: frozenset[str],
        days: int,
        morning: bool,
        behind: int,
    ) -> None:
        terms = self._terms(kinds, days, morning, behind)
        for pair in self.model.links:
            # Somebody who has nothing is given something: else there is soon little to take away.
            alive = [one for one in self.model.grants.values() if self.model.stands(one)]
            if behind % 2 and pair not in {(one.patient, one.therapist) for one in alive}:
                patient, therapist = pair
        self._act(self._give, patient, therapist, terms)

    def _give(self, patient: int, therapist: int, terms: Terms) -> None:
        body = self._offer(terms) | {"therapist_id": str(self.therapists[therapist].id)}
        answer = self._post(patient, "grants", body)
        assert answer.status_code == self.model.give(patient, therapist, terms), answer.json

    @precondition(lambda self: self.model.grants)
    @rule(
        grant=SOME,
        kinds=KINDS,
        days=st.integers(0, 9),
        behind=st.integers(0, 9),
        going_on=st.booleans(),
    )
    def renews(
        self, grant: int, kinds: frozenset[str], days: int, behind: int, going_on: bool
    ) -> None:
        """Renew what is seen; now and then it was paused, or gone on with, since it was seen."""
        chosen = self._grant(grant)
        seen = self.model.grants[chosen].pause
        if behind == 1:
            seen = None if seen else 1
        terms = self._terms(kinds, days, True, behind)
        terms = replace(terms, pause=seen, resume=going_on and seen is not None)
        self._act(self._renew, chosen, terms)

    def _renew(self, grant: str, terms: Terms) -> None:
        patient = self._whose(grant)
        body = self._offer(terms) | {"pause": terms.pause, "resume": terms.resume}
        answer = self._post(patient, f"grants/{grant}/renew", body)
        assert answer.status_code == self.model.renew(patient, grant, terms), answer.json

    def _terms(self, kinds: frozenset[str], days: int, morning: bool, behind: int) -> Terms:
        last = self.model.at.date() + timedelta(days=days)
        ends = datetime.combine(last + timedelta(days=1), time(), NOW.tzinfo)
        # Now and then a phone still shows the text before the newest.
        edition = max(1, self.model.edition - (behind == 0))
        return Terms(str(new_id()), kinds, ends, edition, morning)

    def _offer(self, terms: Terms) -> dict[str, Any]:
        return {
            "id": terms.id,
            "agreement": {
                "id": "share",
                "edition": terms.edition,
                "sha256": self._edition(terms.edition).sha256,
            },
            "categories": sorted(terms.categories),
            "ends_on": (terms.ends_at - timedelta(days=1)).date().isoformat(),
            "release_in_morning": terms.in_morning,
        }

    @precondition(lambda self: self.model.grants and self.model.entries)
    @rule(grant=SOME, entry=SOME)
    def hands_over(self, grant: int, entry: int) -> None:
        chosen = self._grant(grant)
        kinds = self.model.grants[chosen].categories
        whose = self._whose(chosen)
        mine = {id: one for id, one in self.model.entries.items() if one[0] == whose}
        fitting = [id for id, one in mine.items() if one[1] in kinds or not entry % 4]
        if fitting or mine:
            self._act(self._hand_over, str(new_id()), chosen, pick(fitting or list(mine), entry))

    def _hand_over(self, id: str, grant: str, entry: str) -> None:
        body = {
            "id": id,
            "grant_id": grant,
            "entry_id": entry,
            "revision": self.revisions[entry],
            "what": {"kind": "whole"},
        }
        answer = self._post(self._whose(grant), "handovers", body)
        assert answer.status_code == self.model.hand_over(id, grant, entry), answer.json
        if answer.status_code == MADE:
            names = [one["id"] for one in answer.json["excerpts"]]
            self.model.handed(id, grant, entry, names)
            there = self.model.kept_out(self._whose(grant))
            assert set(names) == {one for one in self.model.handovers[id] if one in there}

    @precondition(lambda self: self.model.outs)
    @rule(out=SOME)
    def releases(self, out: int) -> None:
        waits = [id for id, one in self.model.outs.items() if self.model.goes_out(one) is None]
        self._act(self._release, pick((waits or list(self.model.outs))[::-1], out))

    def _release(self, out: str) -> None:
        patient = self._whose(self.model.outs[out].grant)
        answer = self._post(patient, f"excerpts/{out}/release")
        assert answer.status_code == self.model.release(out), answer.json

    # taking away

    @precondition(lambda self: self.model.grants)
    @rule(grant=SOME, keep=st.frozensets(st.sampled_from(sorted(GUIDES))))
    def narrows(self, grant: int, keep: frozenset[str]) -> None:
        self._act(self._narrow, self._grant(grant), keep)

    def _narrow(self, grant: str, keep: frozenset[str]) -> None:
        body = {"categories": sorted(keep)}
        answer = self._post(self._whose(grant), f"grants/{grant}/narrow", body)
        assert answer.status_code == self.model.narrow(grant, keep), answer.json

    @precondition(lambda self: self.model.grants)
    @rule(grant=SOME)
    def pauses(self, grant: int) -> None:
        self._act(self._pause, self._grant(grant))

    def _pause(self, grant: str) -> None:
        answer = self._post(self._whose(grant), f"grants/{grant}/pause")
        assert answer.status_code == self.model.pause(grant)
        living = self.model.living(grant)
        assert (answer.json["id"], answer.json["pause"]) == (
            living,
            self.model.grants[living].pause,
        )

    @precondition(lambda self: any(one.pause for one in self.model.grants.values()))
    @rule(grant=SOME, late=st.integers(0, 3))
    def resumes(self, grant: int, late: int) -> None:
        """Go on; now and then a copy of an earlier going on arrives late."""
        paused = {id: one.pause for id, one in self.model.grants.items() if one.pause}
        chosen = pick(list(paused)[::-1], grant)
        self._act(self._resume, chosen, paused[chosen] if late else max(1, paused[chosen] - 1))

    def _resume(self, grant: str, pause: int) -> None:
        answer = self._post(self._whose(grant), f"grants/{grant}/resume", {"pause": pause})
        assert answer.status_code == self.model.resume(grant, pause), answer.json

    @precondition(lambda self: self.model.grants)
    @rule(grant=SOME)
    def withdraws(self, grant: int) -> None:
        if grant % 2:
            self._act(self._withdraw, self._grant(grant))
        else:
            self._act(self._pause, self._grant(grant))

    def _withdraw(self, grant: str) -> None:
        answer = self._post(self._whose(grant), f"grants/{grant}/withdraw")
        assert answer.status_code == self.model.withdraw(grant)

    @rule(patient=st.sampled_from(PATIENTS), what=st.sampled_from(["pause", "withdraw"]))
    def stops_everything(self, patient: int, what: str) -> None:
        if what == "pause" or len(self.sent) % 4 == 0:
            self._act(self._everything, patient, what)

    def _everything(self, patient: int, what: str) -> None:
        answer = self._post(patient, f"{what}-everything")
        act = self.model.pause_everything if what == "pause" else self.model.withdraw_everything
        assert answer.status_code == act(patient)

    @precondition(lambda self: self.model.outs)
    @rule(out=SOME)
    def takes_back(self, out: int) -> None:
        self._act(self._take_back, pick(list(self.model.outs)[::-1], out))

    def _take_back(self, out: str) -> None:
        self.touched = self._whose(self.model.outs[out].grant)
        answer = self.phones[self.touched].delete(f"/api/excerpts/{out}")
        assert answer.status_code == self.model.take_back(out)

    @precondition(lambda self: len(self.model.entries) > 3)
    @rule(entry=SOME)
    def deletes(self, entry: int) -> None:
        chosen = pick(list(self.model.entries), entry)
        self._act(self._delete, self.model.entries[chosen][0], chosen)

    def _delete(self, patient: int, entry: str) -> None:
        self.touched = patient
        answer = self.phones[patient].delete(f"/api/entries/{entry}")
        assert answer.status_code == self.model.delete(entry)

    @precondition(lambda self: self.sent)
    @rule(kind=st.integers(0, 40), act=st.integers(0, 400))
    def sent_again(self, kind: int, act: int) -> None:
        """Any earlier act once more, byte for byte: a kind of act first, so that none is rare."""
        chosen = pick(sorted({act.func.__name__ for act in self.sent}), kind)
        pick([act for act in self.sent if act.func.__name__ == chosen], act)()

    # asking

    @rule(patient=st.sampled_from(PATIENTS), therapist=st.sampled_from(THERAPISTS))
    def asks(self, patient: int, therapist: int) -> None:
        path = f"/api/patients/{self.patients[patient].id}/ask"
        before, when = self.model.asked(therapist, patient), self.model.ask(therapist, patient)
        looked = self.desks[therapist].get(path)
        answer = self.desks[therapist].post(path)
        if when is None:
            assert told(looked) == told(answer) == self.absent[therapist]
        else:
            assert looked.json == {"asked_at": before and before.isoformat()}
            assert answer.json == {"asked_at": when.isoformat()}

    @rule(patient=st.sampled_from(PATIENTS), aside=st.booleans())
    def looks_at_asks(self, patient: int, aside: bool) -> None:
        shown = self.phones[patient].get("/api/asks").json
        known = {str(one.id): n for n, one in enumerate(self.therapists)}
        assert {known[one["therapist"]["id"]] for one in shown} == self.model.waiting(patient)
        for one in shown if aside else ():
            assert self._post(patient, f"asks/{one['id']}/set-aside").status_code == 204
            therapist = known[one["therapist"]["id"]]
            self.model.set_aside(therapist, patient)
            self.asks(patient, therapist)  # and the one who asked sees no difference

    # what happens around them

    @rule(minutes=st.sampled_from([1, 30, 240, 900]))
    def time_passes(self, minutes: int) -> None:
        self._set(self.model.at + timedelta(minutes=minutes))

    @rule(minutes=st.sampled_from([1, 30, 240, 2000]))
    def the_clock_jumps_back(self, minutes: int) -> None:
        """What was seen to be over stays over."""
        for patient, therapist in self.model.links:
            self._page(patient, therapist)
        self._set(max(NOW, self.model.at - timedelta(minutes=minutes)))

    def _set(self, at: datetime) -> None:
        self.model.at = self.stage.time.at = at

    @rule(patient=st.sampled_from(PATIENTS), hours=st.sampled_from([4, 20]))
    def a_dose_begins(self, patient: int, hours: int) -> None:
        begun, clear = self.model.at, self.model.at + timedelta(hours=hours)
        whose = self.patients[patient].id
        with self.stage.database.session(writing=True) as opened:
            dose = factories.make_dose(opened, self.stage.here, whose, started_at=begun)
            dose.clear_at = clear
            opened.flush()
        self.model.doses.append((patient, begun, clear))

    @rule(material=st.booleans())
    def the_agreement_changes(self, material: bool) -> None:
        self.materials.append(material)
        self.model.edition += 1
        if material:
            self.model.agreed_since = self.model.edition
        editions = {("share", n): self._edition(n) for n in range(1, self.model.edition + 1)}
        self.stage.publish(replace(self.stage.library, agreement_editions=Editions(editions)))

    def _edition(self, n: int) -> Any:
        first = self.stage.library.agreement
        if n == 1:
            return first
        return replace(first, edition=n, material=self.materials[n - 2])

    @rule(patient=st.sampled_from(PATIENTS), therapist=st.sampled_from(THERAPISTS[:2]))
    def is_reassigned_or_linked(self, patient: int, therapist: int) -> None:
        both = (self.patients[patient].id, self.therapists[therapist].id)
        if (patient, therapist) not in self.model.links:
            with self.stage.database.session(writing=True) as opened:
                self._link(opened, patient, therapist, self.model.at)
            self.model.link(patient, therapist)
        else:
            with self.stage.database.session(writing=True) as opened:
                leaving.reassign(opened, *both, at=self.model.at)
            del self.model.links[patient, therapist]
            self.model.notice(patient)
        self.touched = patient

    @rule(therapist=st.booleans(), who=st.sampled_from(PATIENTS))
    def somebody_is_deactivated_and_comes_back(self, therapist: bool, who: int) -> None:
        person = self.therapists[who] if therapist else self.patients[who]
        with self.stage.database.session(writing=True) as opened:
            leaving.deactivate(opened, person.id, at=self.model.at)
        client = (self.desks if therapist else self.phones)[who]
        assert client.get("/api/session").status_code == 401
        before, self.model.links = (
            self.model.links,
            {both: since for both, since in self.model.links.items() if both[therapist] != who},
        )
        for patient in {both[0] for both in before if both[therapist] == who}:
            self.model.notice(patient)
        with self.stage.database.session(writing=True) as opened:
            opened.execute(update(Account).where(Account.id == person.id).values(disabled_at=None))
        self.model.links = before
        (self.desks if therapist else self.phones)[who] = self._sign_in(person)

    @rule(therapist=st.sampled_from(PATIENTS))
    def a_therapist_leaves_and_comes_back(self, therapist: int) -> None:
        person, clinic = self.therapists[therapist], self.stage.here
        with self.stage.database.session(writing=True) as opened:
            leaving.leave(opened, person.id, clinic.id, at=self.model.at)
        gone = [both for both in self.model.links if both[1] == therapist]
        for both in gone:
            del self.model.links[both]
        for patient, _ in gone:
            self.model.notice(patient)
            self._page(patient, therapist)
        with self.stage.database.session(writing=True) as opened:
            # As it was, and not as it should be: the same row, as old as before.
            back = update(Membership).where(Membership.account_id == person.id)
            opened.execute(back.values(ended_at=None))
            for patient, _ in gone:
                self._link(opened, patient, therapist, self.model.at)
        for both in gone:
            self.model.link(*both)

    # what people see

    @invariant()
    def everything_shown_is_what_the_model_says(self) -> None:
        """After each act: a page of whom it touched, and in turn one of the other things."""
        self.turn += 1
        self.stage.steps["all"] += 1
        self._page(self.touched, pick(THERAPISTS, self.turn))
        looks: list[Callable[[], None]] = [
            partial(self.looks_at_today, pick(THERAPISTS, self.turn // 5)),
            partial(self.looks_at_ones_own, self.touched),
            partial(self.looks_at_who_read_what, self.touched),
            partial(self.an_admin_finds_nothing, self.touched),
            partial(self.the_ledger_adds_up, self.touched),
        ]
        if self.turn % 4 == 0:
            pick(looks, self.turn // 4)()
        if self.turn % 40 == 0:
            self.stage.database.dispose()  # as if it had started anew

    def _page(self, patient: int, therapist: int) -> None:
        who, whom = self.patients[patient].id, self.therapists[therapist].id
        answer = self.desks[therapist].get(f"/api/patients/{who}/page")
        if (patient, therapist) not in self.model.links:
            assert told(answer) == self.absent[therapist]
            return
        assert answer.status_code == 200
        self.model.notice(patient)
        expected = self.model.readable(patient, therapist)
        assert [one["id"] for one in answer.json["excerpts"]] == expected
        assert said(answer) == [self.model.outs[id].text for id in expected]
        if self.turn % 3 == 1:
            preview = self.phones[patient].get(f"/api/therapists/{whom}/page")
            assert preview.data == answer.data
        self.model.readings += [(patient, therapist, id) for id in expected]

    def looks_at_today(self, therapist: int) -> None:
        shown = self.desks[therapist].get("/api/today").json["patients"]
        known = {str(one.id): n for n, one in enumerate(self.patients)}
        counts = {known[one["patient"]["id"]]: one["handed_over"] for one in shown}
        assert counts == {
            patient: len(self.model.readable(patient, therapist))
            for patient in PATIENTS
            if (patient, therapist) in self.model.links
        }
        for patient in counts:
            path = f"/api/patients/{self.patients[patient].id}/new"
            ids = self.desks[therapist].get(path).json["readable"]
            self.model.meets(therapist)
            assert sorted(ids) == sorted(self.model.readable(patient, therapist))

    def looks_at_ones_own(self, patient: int) -> None:
        phone = self.phones[patient]
        shown = {one["id"]: one for one in phone.get("/api/grants").json}
        assert {id: (one["state"], one["categories"]) for id, one in shown.items()} == {
            id: (self.model.state(one), sorted(one.categories))
            for id, one in self.model.of(patient).items()
        }
        out = {one["id"]: one["state"] for one in phone.get("/api/excerpts").json}
        assert out == self.model.kept_out(patient)

    def looks_at_who_read_what(self, patient: int) -> None:
        known = {str(one.id): n for n, one in enumerate(self.therapists)}
        shown = self.phones[patient].get("/api/receipts").json
        mine = [one[1:] for one in self.model.readings if one[0] == patient]
        assert [(known[one["reader"]["id"]], one["excerpt_id"]) for one in shown] == [
            one for one in mine[::-1][:200]
        ]

    def an_admin_finds_nothing(self, patient: int) -> None:
        for path in ("page", "new", "ask"):
            answer = self.office.get(f"/api/patients/{self.patients[patient].id}/{path}")
            assert answer.status_code == 403

    def the_ledger_adds_up(self, patient: int) -> None:
        whose = self.patients[patient].id
        with self.stage.database.session(writing=False) as opened:
            head = opened.get(ConsentHead, whose)
            assert (head.n if head else 0) == self.model.events[patient]
            events = opened.scalars(
                select(ConsentEvent)
                .where(ConsentEvent.patient_id == whose)
                .order_by(ConsentEvent.n)
            ).all()
            assert [one.n for one in events] == list(range(1, len(events) + 1))
            assert list(standing.differing(opened, whose, events)) == []

    def teardown(self) -> None:
        for patient in PATIENTS:
            self.the_ledger_adds_up(patient)
            self.looks_at_who_read_what(patient)
            self.looks_at_ones_own(patient)


def run(stage: Stage, examples: int, *, part: int = 0) -> None:
    """Let the machine play some examples, the same ones every time.

    :raises AssertionError: an answer was not the model's.
    """
    how = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    machine = seed(part)(type("Bound", (Consent,), {"stage": stage}))
    run_state_machine_as_test(machine, settings=how)


def everything_verifies(database: Database) -> None:
    """Every chain of every example holds."""
    with database.session(writing=False) as opened:
        assert [*audit.verify(opened), *ledger.verify(opened)] == []
