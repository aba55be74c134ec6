"""Which of the few things that may be got an answer is: compared byte for byte, never by eye."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import TestResponse

from tests.acts import told
from tests.factories import new_id
from tests.handed import TEXT, Giver, Stage

# What may be got: something of it; what the twin has, who handed nothing over; what any id gets
# that never was; what one gets of one's own under such an id; the two refusals.
THERE, WITHOUT, ABSENT, OWN, REFUSED, SIGN_IN = "there", "without", "404", "own", "403", "401"
ELSE = "in every other state"

Gets = Mapping[str, str]
ANY_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COUNTER = re.compile(rb'"n":\d+')  # in one's own journal


@dataclass(frozen=True)
class Row:
    call: str
    gets: dict[str, Gets]
    """What each person gets, in each state."""
    send: Any = None
    holds: str = field(default="", kw_only=True)
    """What stands in the answer where the thing is there."""


def ask(stage: Stage, who: str, row: Row, ids: Mapping[str, str]) -> TestResponse:
    """Make the call of a row; an id that is not among `ids` is one that never was."""

    def filled(text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda name: ids.get(name[1], str(new_id())), text)

    method, path = filled(row.call).split(" ")
    sent = None if row.send is None else json.loads(filled(json.dumps(row.send)))
    saying = {"If-None-Match": "*"} if method == "PUT" else {}
    return stage.people[who].open(path, method=method, json=sent, headers=saying)


def seen(answer: TestResponse, one: Giver) -> tuple[Any, ...]:
    """Everything an answer says about one patient, whoever it is."""
    status, body, headers = told(answer)
    for name in ("patients", "found"):  # lists of several patients' things
        if body.startswith(b'{"') and name in answer.json:
            rows = [row for row in answer.json[name] if row["patient"]["id"] == one.ids["patient"]]
            return status, json.dumps(rows).replace(one.ids["patient"], "PATIENT")
    whole = body + repr(headers).encode()
    order = list(dict.fromkeys(ANY_ID.findall(whole)))
    return status, COUNTER.sub(b"", ANY_ID.sub(lambda id: b"%d" % order.index(id[0]), whole))


def got(stage: Stage, who: str, row: Row, fixed: Mapping[str, Any]) -> str:
    """Which of the things that may be got this was."""
    answer = ask(stage, who, row, stage.giver.ids)
    for name, same in fixed.items():
        if told(answer) == same:
            return name
    if answer.status_code in {401, 403, 404}:
        return f"another {answer.status_code}"
    if who == "other patient":
        other, what = ask(stage, who, row, {"therapist": stage.giver.ids["therapist"]}), OWN
    else:
        twin = "twin" if who == "author" else who
        other, what = ask(stage, twin, row, stage.twin.ids), WITHOUT
    same = seen(answer, stage.giver) == seen(other, stage.twin)
    if answer.mimetype == "text/event-stream" and who == "therapist":
        same = answer.text == stage.giver.ids["before"]
    if same:
        return what if TEXT.encode() not in answer.data else "the words of both"
    holds = re.sub(r"\{(\w+)\}", lambda name: stage.giver.ids.get(name[1], "?"), row.holds)
    there = answer.status_code < 300 and holds.encode() in answer.data
    return (
        THERE if there else f"neither: {answer.status_code} {answer.get_data(as_text=True)[:300]}"
    )
