"""Two devices, one entry: both texts are kept and the person chooses."""

from flask import Flask

from tests.acts import save, signed_in, words, write
from tests.factories import new_id
from tests.worlds import World


def kinds(phone, id: str) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {
        one["answers"]["refl-01"]["text"]: one["kind"]
        for one in phone.get(f"/api/entries/{id}/revisions").json
    }


def test_a_stale_edit_is_kept_and_answered_with_the_head(app: Flask, lived_in: World) -> None:
    phone, laptop = signed_in(app, lived_in.patient), signed_in(app, lived_in.patient)
    first = write(phone, "first")
    newer, late = words("from the phone"), words("from the laptop")
    save(phone, first.id, newer, parent=first.revision)
    answer = save(laptop, first.id, late, parent=first.revision)
    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"
    assert answer.json["stored"] is True
    assert answer.json["head"]["answers"] == newer["answers"]
    waiting = answer.json["head"]["conflicts"]
    assert [(one["revision"], one["answers"]) for one in waiting] == [
        (late["revision"], late["answers"])
    ]
    assert phone.get(f"/api/entries/{first.id}").json == answer.json["head"]
    assert kinds(phone, first.id) == {
        "first": "earlier",
        "from the phone": "head",
        "from the laptop": "conflict",
    }


def test_a_conflicting_text_sent_again_is_kept_once(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone)
    save(phone, first.id, words("newer"), parent=first.revision)
    late = words("late")
    answers = [save(phone, first.id, late, parent=first.revision) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert answers[0].json == answers[1].json == answers[2].json
    assert len(phone.get(f"/api/entries/{first.id}/revisions").json) == 3


def test_creating_what_is_there_keeps_both_texts(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone, "first")
    answer = save(phone, first.id, words("second create"))
    assert (answer.status_code, answer.json["stored"]) == (409, True)
    assert kinds(phone, first.id) == {"first": "head", "second create": "conflict"}


def test_an_edit_that_names_the_conflict_resolves_it(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone, "first")
    newer, late = words("newer"), words("late")
    save(phone, first.id, newer, parent=first.revision)
    save(phone, first.id, late, parent=first.revision)
    both = words("newer and late", resolves=[late["revision"]])
    answer = save(phone, first.id, both, parent=newer["revision"])
    assert (answer.status_code, answer.json["conflicts"]) == (200, [])
    assert phone.get(f"/api/entries/{first.id}").json["conflicts"] == []
    assert kinds(phone, first.id) == {
        "first": "earlier",
        "newer": "earlier",
        "late": "earlier",
        "newer and late": "head",
    }
    replayed = save(phone, first.id, late, parent=first.revision)
    assert (replayed.status_code, replayed.json["conflicts"]) == (200, [])


def test_an_edit_that_names_nothing_leaves_the_conflict_waiting(
    app: Flask, lived_in: World
) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone)
    newer, late, third = words("newer"), words("late"), words("third")
    save(phone, first.id, newer, parent=first.revision)
    save(phone, first.id, late, parent=first.revision)
    answer = save(phone, first.id, third, parent=newer["revision"])
    assert (answer.status_code, answer.json["conflicts"]) == (200, [late["revision"]])


def test_an_edit_of_the_conflicting_text_is_a_conflict_too(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone)
    newer, late, on = words("newer"), words("late"), words("late, and on")
    save(phone, first.id, newer, parent=first.revision)
    save(phone, first.id, late, parent=first.revision)
    answer = save(phone, first.id, on, parent=late["revision"])
    assert answer.status_code == 409
    assert {one["revision"] for one in answer.json["head"]["conflicts"]} == {
        late["revision"],
        on["revision"],
    }


def test_going_on_in_one_of_two_texts_replaces_that_text(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone)
    newer, late = words("newer"), words("late")
    save(phone, first.id, newer, parent=first.revision)
    save(phone, first.id, late, parent=first.revision)
    on = words("late, and on", resolves=[late["revision"]])
    answer = save(phone, first.id, on, parent=late["revision"])
    assert answer.status_code == 409
    assert [one["revision"] for one in answer.json["head"]["conflicts"]] == [on["revision"]]
    assert kinds(phone, first.id)["late"] == "earlier"


def test_a_conflicting_text_resolves_nothing(app: Flask, lived_in: World) -> None:
    """It was written without seeing the head, so it cannot speak for it."""
    phone = signed_in(app, lived_in.patient)
    first = write(phone)
    save(phone, first.id, words("newer"), parent=first.revision)
    late = words("late")
    save(phone, first.id, late, parent=first.revision)
    stale = words("stale", resolves=[late["revision"]])
    answer = save(phone, first.id, stale, parent=first.revision)
    assert answer.status_code == 409
    assert len(answer.json["head"]["conflicts"]) == 2


def test_resolving_touches_this_entry_alone(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first, other = write(phone, "one"), write(phone, "two")
    late = words("late")
    save(phone, first.id, late)
    elsewhere = words("edit", resolves=[late["revision"], str(new_id())])
    assert save(phone, other.id, elsewhere, parent=other.revision).status_code == 200
    waiting = phone.get(f"/api/entries/{first.id}").json["conflicts"]
    assert [one["revision"] for one in waiting] == [late["revision"]]


def test_a_waiting_text_comes_with_what_both_sides_grew_from(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone, "first")
    common, newer, newest, late = (words(one) for one in ("common", "newer", "newest", "late"))
    save(phone, first.id, common, parent=first.revision)
    save(phone, first.id, newer, parent=common["revision"])
    save(phone, first.id, newest, parent=newer["revision"])
    answer = save(phone, first.id, late, parent=common["revision"])
    assert [one["base"] for one in answer.json["head"]["conflicts"]] == [common["answers"]]
    # Written on in the waiting text: it still grew from there.
    on = words("late, and on", resolves=[late["revision"]])
    save(phone, first.id, on, parent=late["revision"])
    [item] = [one for one in phone.get("/api/changes").json["items"] if one["id"] == first.id]
    assert [(one["answers"], one["base"]) for one in item["conflicts"]] == [
        (on["answers"], common["answers"])
    ]


def test_texts_with_nothing_in_common_say_so(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone, "first")
    for parent in (None, str(new_id())):
        answer = save(phone, first.id, words(f"from {parent}"), parent=parent)
        assert answer.status_code == 409
        assert not any(one["base"] for one in answer.json["head"]["conflicts"])


def test_a_parent_that_leads_in_a_ring_is_followed_once(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone, "first")
    one, two = words("one"), words("two")
    save(phone, first.id, one, parent=two["revision"])
    answer = save(phone, first.id, two, parent=one["revision"])
    assert [each["base"] for each in answer.json["head"]["conflicts"]] == [None, None]
