"""Two admins at the same moment: one edition each, none lost, none twice."""

import threading
from concurrent.futures import ThreadPoolExecutor

from journal.catalog import shelf
from journal.catalog.models import ContentEdition, ContentKind
from tests.acts import signed_in
from tests.catalog.clinic import another_admin, desk_of, guide, put, reworded, texts
from tests.factories import NOW


def at_once(calls):
    start = threading.Barrier(len(calls))

    def run(call):
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls, timeout=60))


def editions(database):
    with database.session(writing=False) as session:
        return sorted((row.id, row.edition) for row in session.query(ContentEdition))


def test_of_six_different_changes_at_once_one_is_made(app, lived_in, database):
    admins = [another_admin(database, lived_in.clinic, f"{n}@example.org") for n in range(6)]
    desks = [signed_in(app, one) for one in admins]
    found = guide(desks[0], "refl")
    answers = at_once(
        [lambda d=d, n=n: put(d, "guides", reworded(found, f"Tell it, {n}.")) for n, d in
         enumerate(desks)]
    )  # fmt: skip
    assert sorted(one.status_code for one in answers) == [201] + [409] * 5
    assert {one.json["edition"] for one in answers} == {1001}
    assert editions(database) == [("refl", 1001)]


def test_the_same_change_sent_six_times_at_once_is_made_once(app, lived_in, database):
    desks = [desk_of(app, lived_in) for _ in range(6)]
    changed = texts(desks[0]) | {"after_dose": ["Rest."]}
    answers = at_once([lambda d=d: put(d, "texts", changed) for d in desks])
    assert sorted(one.status_code for one in answers) == [200] * 5 + [201]
    assert {one.json["edition"] for one in answers} == {1001}
    assert editions(database) == [("clinic", 1001)]


def test_two_clinics_at_once_never_share_a_number(app, lived_in, database):
    there = another_admin(database, lived_in.other_clinic)
    desks = [desk_of(app, lived_in), signed_in(app, there)]
    for turn in range(3):
        found = [guide(desk, "refl") for desk in desks]
        answers = at_once(
            [lambda d=d, f=f: put(d, "guides", reworded(f, f"Tell it, {turn}."))  # noqa: B023
             for d, f in zip(desks, found, strict=True)]
        )  # fmt: skip
        assert [one.status_code for one in answers] == [201, 201]
    assert editions(database) == [("refl", 1001 + n) for n in range(6)]


def test_a_number_that_another_clinic_takes_first_is_passed_over(session, world, monkeypatch):
    """What two transactions do at once, one after the other: the second has read an old maximum."""
    real, seen = shelf.insert_once, []

    def taken(opened, model, **row):
        if not seen:
            seen.append(row["edition"])
            real(opened, model, **row | {"clinic_id": world.other_clinic.id})
        return real(opened, model, **row)

    monkeypatch.setattr(shelf, "insert_once", taken)
    made = shelf.put_up(
        session, ContentKind.GUIDE, "refl", b"{}", clinic_id=world.clinic.id,
        made_by=world.admin.id, at=NOW,
    )  # fmt: skip
    assert (seen, made) == ([1001], 1002)
