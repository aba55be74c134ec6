"""Old answers keep the words they were asked, wherever they are read."""

from tests.acts import give, hand_over, read_page, save, signed_in, words, write
from tests.catalog.clinic import desk_of, guide, new_guide, new_item, put, reworded
from tests.factories import new_id


def questions(client, id, edition):
    found = client.get(f"/api/guides/{id}/{edition}").json
    return {item["id"]: item["text"] for item in found["items"]}


def on_the_page(desk, patient):
    page = read_page(desk, patient).json
    return [item["question"] for one in page["excerpts"] for item in one["content"]["items"]]


def test_an_entry_is_read_with_the_words_it_was_asked(app, lived_in):
    phone, desk = signed_in(app, lived_in.patient), desk_of(app, lived_in)
    old = questions(phone, "refl", 1)["refl-01"]
    written = write(phone, "Before the change.")
    put(desk, "guides", reworded(guide(desk, "refl"), "Tell it here."))
    put(desk, "guides", reworded(guide(desk, "refl"), "Tell it now."))
    entry = phone.get(f"/api/entries/{written.id}").json
    assert questions(phone, entry["guide"], entry["edition"])["refl-01"] == old
    newer = write(phone, "After it.", edition=1001)
    entry = phone.get(f"/api/entries/{newer.id}").json
    assert (entry["edition"], questions(phone, "refl", 1001)["refl-01"]) == (1001, "Tell it here.")
    # An edition of the clinic's is there for whoever has it in an entry, like the product's.
    assert questions(app.test_client(), "refl", 1002)["refl-01"] == "Tell it now."


def test_what_is_handed_over_shows_the_question_it_answers(app, lived_in):
    phone, desk = signed_in(app, lived_in.patient), desk_of(app, lived_in)
    reader, old = signed_in(app, lived_in.therapist), questions(phone, "refl", 1)["refl-01"]
    grant = give(phone, lived_in.therapist)
    before = write(phone, "Before the change.")
    put(desk, "guides", reworded(guide(desk, "refl"), "Tell it here.") | {"title": "Telling"})
    after = write(phone, "After it.", edition=1001)
    hand_over(phone, grant, after)
    assert on_the_page(reader, lived_in.patient) == ["Tell it here."]
    hand_over(phone, grant, before)
    assert set(on_the_page(reader, lived_in.patient)) == {old, "Tell it here."}
    titles = [row["title"] for row in phone.get("/api/receipts").json]
    assert "Telling" in titles
    again = put(desk, "guides", reworded(guide(desk, "refl"), "Tell it now."))
    assert again.status_code == 201
    assert set(on_the_page(reader, lived_in.patient)) == {old, "Tell it here."}


def test_answers_are_checked_against_the_edition_they_name(app, lived_in):
    phone, desk = signed_in(app, lived_in.patient), desk_of(app, lived_in)
    found = guide(desk, "week")
    added = {"x-0123456789ab": {"text": "A short walk."}}
    put(desk, "guides", found | {"items": [*found["items"], new_item()]})
    asked = words(guide="week", edition=1001, answers=added)
    assert save(phone, str(new_id()), asked).status_code == 201
    old = words(guide="week", edition=1, answers=added)
    refused = save(phone, str(new_id()), old)
    assert refused.status_code == 422
    assert refused.json["errors"][0]["pointer"] == "/answers/x-0123456789ab"
    absent = save(phone, str(new_id()), words(guide="week", edition=1002, answers={}))
    assert absent.json["errors"][0]["pointer"] == "/edition"
    batch = [
        {"id": str(new_id()), "parent": None, **words(guide="week", edition=1001, answers=added)}
    ]
    assert phone.post("/api/sync", json={"items": batch}).json["results"][0]["status"] == 201


def test_an_entry_moves_to_a_newer_edition_only_when_it_says_so(app, lived_in):
    phone, desk = signed_in(app, lived_in.patient), desk_of(app, lived_in)
    written = write(phone, "Before the change.")
    put(desk, "guides", reworded(guide(desk, "refl"), "Tell it here."))
    edit = words("Edited.", edition=1)
    assert save(phone, written.id, edit, parent=written.revision).status_code == 200
    moved = words("Edited.", edition=1001)
    assert save(phone, written.id, moved, parent=edit["revision"]).status_code == 200
    kept = phone.get(f"/api/entries/{written.id}/revisions").json
    assert [one["edition"] for one in kept] == [1001, 1, 1]


def test_a_clinic_s_own_guide_is_answered_and_handed_over(app, lived_in):
    phone, desk = signed_in(app, lived_in.patient), desk_of(app, lived_in)
    assert put(desk, "guides", new_guide()).status_code == 201
    answers = {"x-0123456789ab": {"text": "Tea."}}
    written = write(phone, guide=new_guide()["id"], edition=1001, answers=answers)
    hand_over(phone, give(phone, lived_in.therapist), written)
    reader = signed_in(app, lived_in.therapist)
    assert on_the_page(reader, lived_in.patient) == ["What helped you rest?"]
