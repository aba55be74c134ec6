"""A phone sends a medium piece by piece, in any order, as often as it likes."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

from journal.media.pieces import MAX_SIZE, PIECE
from journal.media.store import FolderStore, Missing
from tests.acts import told
from tests.factories import new_id
from tests.media.sending import Caught, announce, complete, play, send, sound, upload


def test_a_recording_goes_up_piece_by_piece_and_comes_back(phone, bystander):
    caught = Caught()
    answer = announce(phone, caught, seconds=130)
    assert answer.status_code == 201
    assert answer.json == {
        "id": caught.id,
        **caught.told(),
        "received": [],
        "complete": False,
    }
    assert send(phone, caught, 0).status_code == 204
    assert phone.get(caught.path).json["received"] == [0]
    assert send(phone, caught, 1).status_code == 204
    assert send(phone, caught, 2).status_code == 204
    answer = complete(phone, caught)
    assert (answer.status_code, answer.json["complete"]) == (200, True)
    assert phone.get(caught.path).json == answer.json
    assert play(phone, caught).data == caught.bytes


def test_every_step_again_gives_the_same_answer(phone):
    caught = Caught()
    first = announce(phone, caught).json
    again = announce(phone, caught)
    assert (again.status_code, again.json) == (200, first)
    for n in (2, 0, 0, 1, 2):
        assert send(phone, caught, n).status_code == 204
    assert complete(phone, caught).json == complete(phone, caught).json
    assert send(phone, caught, 1).status_code == 204
    assert announce(phone, caught).json["complete"] is True
    assert play(phone, caught).data == caught.bytes


OTHERWISE = [{"size": 900_000}, {"sha256": "0" * 64}, {"entry": str(new_id())}, {"seconds": 5}]


def test_a_known_id_said_differently_is_refused_and_changes_nothing(phone):
    caught = upload(phone, Caught())
    for change in OTHERWISE:
        assert announce(phone, caught, **change).status_code == 409, change
    assert play(phone, caught).data == caught.bytes


UNFIT = [
    ({"size": 0}, "/size"),
    ({"size": MAX_SIZE + 1}, "/size"),
    ({"size": "9"}, "/size"),
    ({"sha256": "A" * 64}, "/sha256"),
    ({"sha256": "a" * 63}, "/sha256"),
    ({"type": "image/png"}, "/type"),
    ({"type": "image/jpeg"}, "/type"),
    ({"kind": "video"}, "/kind"),
    ({"seconds": -1}, "/seconds"),
    ({"entry": "x"}, "/entry"),
    ({"patient_id": str(new_id())}, "/patient_id"),
]


def test_what_does_not_fit_is_named(phone):
    caught = Caught()
    for change, field in UNFIT:
        answer = announce(phone, caught, **change)
        assert answer.status_code == 422, change
        assert [error["pointer"] for error in answer.json["errors"]] == [field]
    assert phone.get(caught.path).status_code == 404


def test_a_piece_of_another_length_or_out_of_range_is_refused(phone):
    caught = Caught()
    announce(phone, caught)
    for n, body in [(0, b"x" * (PIECE - 1)), (2, caught.pieces[2] + b"x"), (0, b""), (3, b"x")]:
        assert send(phone, caught, n, body).status_code == 422
    assert send(phone, caught, 0, b"x" * (PIECE + 1)).status_code == 413
    json = phone.put(f"{caught.path}/pieces/0", json={})
    assert json.status_code == 415
    assert phone.get(f"{caught.path}").json["received"] == []
    assert phone.put(f"{caught.path}/pieces/-1", data=b"x").status_code in (404, 415)


def test_any_size_is_cut_and_put_together_again(phone):
    for size in (64, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE):
        caught = upload(phone, Caught(sound(size)))
        assert len(caught.pieces) == -(-size // PIECE)
        assert play(phone, caught).data == caught.bytes


def test_what_is_missing_is_named(phone):
    caught = Caught()
    announce(phone, caught)
    send(phone, caught, 1)
    answer = complete(phone, caught)
    assert (answer.status_code, answer.json["missing"]) == (409, [0, 2])
    assert play(phone, caught).status_code == 404


def test_other_bytes_than_announced_are_dropped_and_can_be_sent_anew(phone, folder, bystander):
    caught = Caught()
    announce(phone, caught)
    before = {file.name for file in folder.glob("??/*")}
    wrong = bytes(len(caught.pieces[1]))
    for n, body in [(0, None), (1, wrong), (2, None)]:
        send(phone, caught, n, body)
    answer = complete(phone, caught)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == ["/sha256"]
    assert phone.get(caught.path).json["received"] == []
    assert {file.name for file in folder.glob("??/*")} == before
    upload(phone, caught)
    assert play(phone, caught).data == caught.bytes


def test_one_patients_ids_tell_nothing_of_anothers(phone, stranger, bystander, lived_in):
    absent = [
        phone.get(f"/api/media/{new_id()}"),
        phone.get(bystander.path),
        play(phone, bystander),
        complete(phone, bystander),
        send(phone, bystander, 0),
        phone.get(f"/api/media/{new_id()}/content"),
        phone.post(f"/api/media/{new_id()}/complete"),
        phone.get("/api/media/not-an-id"),
        phone.get("/api/nowhere"),
    ]
    first = told(absent[0])
    assert first[0] == 404
    assert [told(answer) for answer in absent] == [first] * len(absent)
    mine = Caught(id=bystander.id)
    upload(phone, mine)  # the same id, somebody else's: two media that know nothing of each other
    assert play(phone, mine).data == mine.bytes
    assert play(stranger, bystander).data == bystander.bytes


def test_a_limit_for_each_patient_leaves_what_is_there(app, phone, stranger, database):
    room = app.extensions["journal.database"].info["media"]
    app.extensions["journal.database"].info["media"] = type(room)(room.store, 700_000)
    caught = upload(phone, Caught())
    second = Caught()
    answer = announce(phone, second)
    assert (answer.status_code, answer.mimetype) == (507, "application/problem+json")
    assert phone.get(second.path).status_code == 404
    assert announce(phone, caught).status_code == 200
    upload(stranger, Caught())
    phone.delete(f"/api/entries/{caught.entry}")


def test_a_piece_is_there_once_it_was_answered_whatever_the_store_held_before(tmp_path):
    store = FolderStore(tmp_path / "a" / "b")
    store.put("ab12", 3, b"one")
    store.put("ab12", 3, b"two")
    assert store.get("ab12", 3) == b"one"
    (tmp_path / "a" / "b" / "ab" / "ab12" / ".half").write_bytes(b"on")
    assert store.pieces("ab12") == {3}
    assert [name for name, _ in store.names()] == ["ab12"]
    store.remove("ab12")
    store.remove("ab12")
    assert store.pieces("ab12") == set()


def test_what_is_removed_while_it_is_looked_at_is_not_there(tmp_path):
    store = FolderStore(tmp_path)
    over = Event()

    def come_and_go():
        while not over.is_set():
            with suppress(Missing):
                store.put("ab12", 0, b"one")
            store.remove("ab12")

    with ThreadPoolExecutor(2) as pool:
        busy = [pool.submit(come_and_go) for _ in range(2)]
        try:
            for _ in range(2_000):
                assert store.pieces("ab12") <= {0}
                assert [name for name, _ in store.names()] in ([], ["ab12"])
        finally:
            over.set()
        for one in busy:
            one.result()
