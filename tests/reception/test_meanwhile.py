"""Two admins, one session or one appointment: nobody writes over what they have not seen.

Each row of the table: what stands when the second one saves, what they send, and what they hear.
"""

import pytest

from tests.acts import signed_in
from tests.catalog.clinic import another_admin
from tests.catalog.test_racing import at_once
from tests.factories import new_id
from tests.reception.desk import DOSES, VISITS, cancel, dose, edited_from, schedule, visit
from tests.reception.test_settings import save

OLD, OTHER, MINE = "2026-03-12T13:00", "2026-03-12T14:00", "2026-03-12T15:00"


class One:
    """A session or an appointment, called the same way."""

    def __init__(self, what, world):
        self.what, self.world, self.id = what, world, new_id()

    def put(self, desk, starts=OLD, *, edition=None, patient=None, therapist=None):
        whose = (patient or self.world.patient).id
        if self.what == DOSES:
            return dose(desk, whose, id=self.id, starts=starts, edition=edition)
        who = (therapist or self.world.therapist).id
        return visit(desk, whose, who, id=self.id, starts=starts, edition=edition)

    def cancel(self, desk, edition=1):
        return cancel(desk, self.what, self.id, edition=edition)

    def stands(self, desk):
        """When it begins and which edition it is; None where it is not in the calendar."""
        found = schedule(desk)["dosing_sessions" if self.what == DOSES else "appointments"]
        begins = "started_at" if self.what == DOSES else "starts_at"
        [mine] = [row for row in found if row["id"] == str(self.id)] or [None]
        return mine and (mine[begins][:16], mine["edition"])


@pytest.fixture(params=[DOSES, VISITS])
def one(request, lived_in):
    return One(request.param, lived_in)


@pytest.fixture
def second(app, database, lived_in):
    """Another admin of the same clinic."""
    return signed_in(app, another_admin(database, lived_in.clinic))


def nothing(one, desk):
    pass


def made(one, desk):
    assert one.put(desk).status_code == 201


def moved(one, desk):
    made(one, desk)
    assert one.put(desk, OTHER, edition=1).json["edition"] == 2


def gone(one, desk):
    made(one, desk)
    assert one.cancel(desk).status_code == 204


def back(one, desk):
    gone(one, desk)
    assert one.put(desk, OTHER, edition=2).json["edition"] == 3


ROWS = [
    # what stands     sent    as edition  heard  what stands then
    (nothing, OLD, None, 201, (OLD, 1)),
    (nothing, OLD, 1, 404, None),
    (made, OLD, None, 200, (OLD, 1)),  # tapped twice
    (made, OLD, 1, 200, (OLD, 1)),
    (made, OLD, 7, 200, (OLD, 1)),  # the same is no conflict
    (made, MINE, 1, 200, (MINE, 2)),
    (made, MINE, 2, 409, (OLD, 1)),
    (made, MINE, None, 409, (OLD, 1)),  # it was to be a new one
    (moved, MINE, 1, 409, (OTHER, 2)),  # the lost update
    (moved, OLD, 1, 409, (OTHER, 2)),
    (moved, OLD, None, 409, (OTHER, 2)),  # an answer that was lost, and somebody came in between
    (moved, OTHER, 1, 200, (OTHER, 2)),  # an answer that was lost, and nobody did
    (moved, MINE, 2, 200, (MINE, 3)),  # "keep mine", having seen theirs
    (gone, OLD, None, 409, None),  # what was taken out does not come back by itself
    (gone, OLD, 1, 409, None),
    (gone, OLD, 2, 200, (OLD, 3)),
    (back, OLD, 2, 409, (OTHER, 3)),
    (nothing, None, 1, 404, None),  # cancelled instead of changed, from here on
    (made, None, 1, 204, None),
    (made, None, 2, 409, (OLD, 1)),
    (moved, None, 1, 409, (OTHER, 2)),
    (moved, None, 2, 204, None),
    (gone, None, 1, 204, None),  # twice is once
    (back, None, 1, 409, (OTHER, 3)),
]


@pytest.mark.parametrize(("before", "starts", "edition", "status", "after"), ROWS)
def test_nobody_writes_over_what_they_have_not_seen(
    desk, second, one, everything, before, starts, edition, status, after
):
    before(one, desk)
    rows = everything()
    answer = one.put(second, starts, edition=edition) if starts else one.cancel(second, edition)
    assert answer.status_code == status, answer.json
    assert one.stands(desk) == after
    if status >= 400:
        assert everything() == rows


def test_the_answer_says_what_stands(desk, second, one):
    moved(one, desk)
    for answer in (one.put(second, MINE, edition=1), one.cancel(second)):
        assert answer.mimetype == "application/problem+json"
        assert answer.json["title"] == "This was changed meanwhile"
        assert "changed" in answer.json["detail"]
        assert (answer.json["edition"], answer.json["cancelled"]) == (2, False)
        standing = one.put(desk, OTHER, edition=2).json
        assert answer.json["stands"] == standing
    one.cancel(desk, 2)
    answer = one.put(second, MINE, edition=2)
    assert (answer.json["edition"], answer.json["cancelled"]) == (3, True)
    assert "cancelled" in answer.json["detail"]
    assert answer.json["stands"]["patient"]["name"] == "Maya"


@pytest.mark.parametrize("tag", [None, "*", '"one"', '"-1"', '"1234567890"', 'W/"1"'])
def test_without_an_edition_nothing_is_done(desk, one, lived_in, everything, tag):
    made(one, desk)
    before, path = everything(), f"/api/clinic/{one.what}/{one.id}"
    headers = {"If-Match": tag} if tag else {}
    both = {"patient_id": str(lived_in.patient.id), "starts": MINE}
    rest = {"ends": None, "route": "im"}
    if one.what == VISITS:
        rest = {"therapist_id": str(lived_in.therapist.id)}
    assert desk.put(path, json={**both, **rest}, headers=headers).status_code == 428
    assert desk.delete(path, headers=headers).status_code == 428
    assert desk.delete(path, headers={"If-None-Match": "*"}).status_code == 428
    assert everything() == before


def test_what_the_settings_move_is_no_change_of_a_session(desk, second, lived_in):
    """The morning and the number in the course follow; nobody typed them."""
    one = One(DOSES, lived_in)
    made(one, desk)
    found = desk.get("/api/clinic/settings").json
    assert save(desk, found, clear_time="10:30").status_code == 200
    dose(desk, lived_in.patient.id, starts="2026-03-11T13:00")
    [_, mine] = schedule(desk)["dosing_sessions"]
    assert (mine["clear_at"][11:16], mine["number"], mine["edition"]) == ("10:30", 2, 1)
    assert one.put(second, MINE, edition=1).status_code == 200


def to_new_york(desk):
    found = desk.get("/api/clinic/settings").json
    assert save(desk, found, zone="America/New_York").status_code == 200


def test_a_time_is_of_the_zone_it_was_typed_in(desk, one, lived_in, everything):
    """The clinic's zone may be another by the time a form is saved."""
    to_new_york(desk)
    both = {"patient_id": str(lived_in.patient.id), "starts": OLD}
    both |= (
        {"ends": None, "route": "im"}
        if one.what == DOSES
        else {"therapist_id": str(lived_in.therapist.id)}
    )
    path, before = f"/api/clinic/{one.what}/{one.id}", everything()
    for zone in ("Mars/Base", "", "x" * 65, 7):
        answer = desk.put(path, json={**both, "zone": zone}, headers=edited_from(None))
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/zone")
    assert everything() == before
    sent = {**both, "zone": "Europe/London"}
    assert desk.put(path, json=sent, headers=edited_from(None)).status_code == 201
    assert one.stands(desk) == (OLD, 1)  # in UTC, which is London's in winter


def test_what_ended_with_a_link_is_another_edition(desk, database, lived_in):
    """Who had it open does not bring it back, once the two see each other again."""
    one = One(VISITS, lived_in)
    made(one, desk)
    both = (lived_in.patient.id, lived_in.therapist.id)
    assert desk.delete(f"/api/clinic/links/{both[0]}/{both[1]}").status_code == 204
    assert one.put(desk, MINE, edition=1, therapist=lived_in.other_therapist).status_code == 404
    sent = {"patient_id": str(both[0]), "therapist_id": str(both[1])}
    assert desk.post("/api/clinic/links", json=sent).status_code == 204
    answer = one.put(desk, MINE, edition=1)
    assert (answer.status_code, answer.json["cancelled"]) == (409, True)
    assert one.put(desk, MINE, edition=2).status_code == 200


def test_one_after_the_other_an_id_stays_with_its_patient(desk, one, lived_in, everything):
    made(one, desk)
    before = everything()
    for edition, starts in ((None, OLD), (1, OLD), (1, MINE), (2, MINE)):
        answer = one.put(desk, starts, edition=edition, patient=lived_in.other_patient)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/patient_id")
    assert everything() == before


def test_at_once_an_id_is_the_first_patients(app, desk, one, lived_in):
    """Each of two patients has a lock of their own: only the id itself is in the way."""
    whose = [lived_in.patient, lived_in.other_patient] * 3
    desks = [signed_in(app, lived_in.admin) for _ in whose]
    for _ in range(5):
        one.id = new_id()
        answers = at_once(
            [lambda d=d, w=w: one.put(d, patient=w) for d, w in zip(desks, whose, strict=True)]
        )
        assert sorted(said.status_code for said in answers) == [200, 200, 201, 422, 422, 422]
        taken = {said.json["patient"]["name"] for said in answers if said.status_code < 400}
        assert len(taken) == 1
        assert one.stands(desk) == (OLD, 1)


def test_at_once_an_id_is_the_first_clinics(desk, other_desk, one, lived_in):
    """The other one hears what is heard of any id that is somebody else's."""
    there = One(one.what, lived_in)
    nobodys = one.put(desk, edition=1).data
    for _ in range(5):
        one.id = there.id = new_id()
        mine, theirs = at_once(
            [
                lambda: one.put(desk),
                lambda: there.put(
                    other_desk,
                    patient=lived_in.foreign_patient,
                    therapist=lived_in.foreign_therapist,
                ),
            ]
        )
        assert {mine.status_code, theirs.status_code} == {201, 404}
        lost = theirs if mine.status_code == 201 else mine
        assert lost.data == nobodys
        assert (one.stands(desk), there.stands(other_desk)) == (
            (None, (OLD, 1)) if lost is mine else ((OLD, 1), None)
        )


def test_of_six_changes_at_once_one_is_made(app, desk, one, lived_in):
    made(one, desk)
    desks = [signed_in(app, lived_in.admin) for _ in range(6)]
    clocks = [f"2026-03-12T{15 + n}:00" for n in range(6)]
    answers = at_once(
        [lambda d=d, c=c: one.put(d, c, edition=1) for d, c in zip(desks, clocks, strict=True)]
    )
    assert sorted(said.status_code for said in answers) == [200] + [409] * 5
    [clock] = [c for c, said in zip(clocks, answers, strict=True) if said.status_code == 200]
    assert one.stands(desk) == (clock, 2)
    assert {said.json["edition"] for said in answers} == {2}


def test_a_change_and_a_cancel_at_once_are_one_of_them(app, one, lived_in):
    desks = [signed_in(app, lived_in.admin) for _ in range(2)]
    for _ in range(5):
        one.id = new_id()
        made(one, desks[0])
        put, gone = at_once(
            [lambda: one.put(desks[0], MINE, edition=1), lambda: one.cancel(desks[1])]
        )
        assert (put.status_code, gone.status_code) in {(200, 409), (409, 204)}
        assert one.stands(desks[0]) == ((MINE, 2) if put.status_code == 200 else None)
