"""What outlived its consent, however that came about, goes whole: nothing of it is left lying."""

from pathlib import Path
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from journal.consent import service as consent
from journal.consent.models import Grant
from journal.db import Database
from journal.media.models import MediaCopy
from journal.sharing import tidying
from journal.sharing.models import Excerpt, Mark
from tests.along.carried import BOTH, Fragment, hand
from tests.factories import NOW, new_id
from tests.worlds import World

LATER = NOW.replace(hour=23)


@pytest.mark.parametrize("taken_back_at", [None, NOW])
def test_with_the_words_go_marks_cuts_and_what_came_along(
    phone: FlaskClient,
    desk: FlaskClient,
    lived_in: World,
    grant: str,
    one: Fragment,
    theirs: object,
    folder: Path,
    database: Database,
    taken_back_at: object,
) -> None:
    made = hand(phone, grant, one).json["excerpts"]
    ids = {UUID(row["id"]) for row in made}
    assert len(ids) == len(BOTH)
    for id in ids:
        path = f"/api/patients/{lived_in.patient.id}/excerpts/{id}/marks/carry"
        assert desk.put(path).status_code == 204
    [words] = [row["id"] for row in made if row["category"] != "drawings-voice"]
    which = {"item": 0, "line": 0, "start": 0, "end": 3, "quote": "the"}
    cut = phone.post(f"/api/excerpts/{words}/cut", json=which | {"id": str(new_id())})
    assert cut.status_code == 200

    def beside(model: type[MediaCopy] | type[Mark]) -> set[UUID]:
        with database.session(writing=False) as opened:
            return {row.excerpt_id for row in opened.query(model)}

    def blobs() -> int:
        return len(list(folder.glob("??/*")))

    bystanders = beside(MediaCopy) - ids
    assert bystanders
    assert beside(Mark) == ids
    before = blobs()
    with database.session(writing=True) as opened:
        # The end alone, without what belongs to it; perhaps half of taking back as well.
        consent.end(opened, opened.get_one(Grant, UUID(grant)), at=NOW)
        left = update(Excerpt).where(Excerpt.id.in_(ids))
        opened.execute(left.values(taken_back_at=taken_back_at))
    for removed in (2, 0):
        with database.session(writing=True) as opened:
            done = tidying.tidy(opened, at=LATER)
            assert (done.ended, done.removed) == (0, removed)
    assert beside(MediaCopy) == bystanders
    assert beside(Mark) == set()
    assert blobs() == before - 3
    with database.session(writing=False) as opened:
        for id in ids:
            row = opened.get_one(Excerpt, (lived_in.patient.id, id))
            assert (row.body, row.words, row.cuts) == (None, None, None)
            assert row.taken_back_at == (taken_back_at or LATER)
