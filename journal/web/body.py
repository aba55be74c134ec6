"""How request bodies are read, and the blueprint whose views take them.

webargs would use a decoder that keeps the last of two equal names, takes NaN for a number and
breaks on deep nesting. What was sent is read strictly here or refused.
"""

import json
import math
import re
from typing import Any

import flask_smorest
from flask import Request
from marshmallow import missing
from webargs.flaskparser import FlaskParser

from journal.errors import JournalError


class UnreadableBody(JournalError):
    """The body is not JSON in UTF-8, or says something twice."""

    status = 400
    title = "The request cannot be read"


DEEPEST = 64
"""Objects and lists within each other. The deepest body of ours has nine."""

MOST_NESTING = 100_000
"""Objects and lists in one body, each of a hundred bytes and more. Fifty drawings have half."""

MOST_NAMES = 2_000
"""Names in one object. The largest of ours, the answers to all questions at once, has hundreds."""

STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
"""A string, or the rest of the body where one is not closed. Never goes back: it costs one pass."""

ROUND = bytes.maketrans(b"{}", b"[]")
NOT_NESTING = bytes(set(range(256)) - set(b"[]{}"))


def read_json(body: bytes) -> Any:
    """Decode JSON in UTF-8: no NaN, no number beyond every number, no name twice in one object and
    no more than `MOST_NAMES`, no half of a surrogate pair, nothing nested deeper than `DEEPEST`.

    :raises UnreadableBody: it is anything else.
    """
    try:
        _require_shallow(body)
        read = json.loads(
            body.decode(), object_pairs_hook=_once, parse_constant=_refuse, parse_float=_finite
        )
        if b"\\ud" in body or b"\\uD" in body:
            json.dumps(read, ensure_ascii=False).encode()  # fails on half a pair
    except (ValueError, RecursionError):
        # The decoder's own message quotes the body, and the body holds words.
        raise UnreadableBody from None
    return read


class StrictParser(FlaskParser):
    """Reads bodies with `read_json`; an empty body has no fields."""

    def load_json(self, req: Request, schema: Any) -> Any:
        body = req.get_data(cache=True)
        return read_json(body) if body else missing


class Blueprint(flask_smorest.Blueprint):
    """The blueprint of every feature."""

    ARGUMENTS_PARSER = StrictParser()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_NAMES:
        raise ValueError("too many names in one object")
    names = dict(pairs)
    if len(names) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return names


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _finite(number: str) -> float:
    if math.isinf(read := float(number)):
        raise ValueError("a number beyond every number")
    return read


def _require_shallow(body: bytes) -> None:
    """Refuse deep nesting, and more of it than anybody has, before anything is made of it."""
    if body.count(b"[") + body.count(b"{") <= DEEPEST:
        return
    nesting = STRING.sub(b"", body).translate(ROUND, NOT_NESTING)
    if len(nesting) > 2 * MOST_NESTING:
        raise ValueError("too many objects and lists")
    for _ in range(DEEPEST):  # each pass takes the innermost pairs away
        nesting = nesting.replace(b"[]", b"")
    if nesting:
        raise ValueError("nested too deeply, or not closed")
