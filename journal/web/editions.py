"""`If-Match` with the edition that somebody changes, for what counts its editions."""

from flask import request

from journal.errors import PreconditionRequired
from journal.web.wire import if_match

EDITED_FROM = [
    {
        "in": "header",
        "name": "If-Match",
        "schema": {"type": "string"},
        "description": "the edition this was edited from, in quotes",
    }
]
EDITED_OR_NEW = [
    *EDITED_FROM,
    {
        "in": "header",
        "name": "If-None-Match",
        "schema": {"type": "string", "enum": ["*"]},
        "description": "it is a new one",
    },
]


def edited_from() -> int:
    """The edition in `If-Match`.

    :raises PreconditionRequired: there is none, or it is no number.
    """
    tag = if_match()
    if tag is None or not tag.isascii() or not tag.isdecimal() or len(tag) > 9:
        raise PreconditionRequired('Send If-Match: "<edition it was edited from>".')
    return int(tag)


def edited_from_or_new() -> int | None:
    """The same; None where `If-None-Match: *` says that it is a new one.

    :raises PreconditionRequired: it says neither.
    """
    return None if request.if_none_match.star_tag else edited_from()
