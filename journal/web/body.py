"""How request bodies are read, and the blueprint whose views take them.

webargs would use a decoder that keeps the last of two equal names, takes NaN for a number and
breaks on deep nesting. What was sent is read strictly here or refused.
"""

import json
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


def read_json(body: bytes) -> Any:
    """Decode JSON in UTF-8: no NaN or Infinity, no name twice in one object.

    :raises UnreadableBody: it is anything else, or nested too deeply.
    """
    try:
        return json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError):
        # The decoder's own message quotes the body, and the body holds words.
        raise UnreadableBody from None


class StrictParser(FlaskParser):
    """Reads bodies with `read_json`; an empty body has no fields."""

    def load_json(self, req: Request, schema: Any) -> Any:
        body = req.get_data(cache=True)
        return read_json(body) if body else missing


class Blueprint(flask_smorest.Blueprint):
    """The blueprint of every feature."""

    ARGUMENTS_PARSER = StrictParser()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = dict(pairs)
    if len(names) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return names


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
