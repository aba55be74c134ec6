"""Two at the desk at the same moment; and nobody waits for a file to be read."""

from contextlib import nullcontext

import pytest

from journal.accounts.principals import Admin
from journal.reception import taking
from journal.reception.ics import By
from journal.reception.table import Kind
from tests.factories import NOW
from tests.reception.test_ics import event, file
from tests.reception.test_table import GOOD


class Once(dict):
    """What was sent; its text can be read a single time."""

    def __getitem__(self, name):
        return self.pop(name) if name == "text" else super().__getitem__(name)


@pytest.mark.parametrize("kind", ["table", "calendar"])
def test_the_text_of_a_file_is_read_once(session, world, kind):
    """Twice would be once more while all others wait to write."""
    if kind == "table":
        read = taking.of_table(Once(text=GOOD, kind=Kind.DOSES))
    else:
        therapist_id = world.therapist.id
        sent = Once(text=file(event()), therapist_id=therapist_id, by=By.CATEGORY)
        read = taking.of_calendar(sent)
    told = taking.take(session, lambda: nullcontext(session), Admin(world.admin.id), read, at=NOW)
    assert told["written"]
    assert told["new"] > 0
