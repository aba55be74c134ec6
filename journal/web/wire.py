"""What all request and answer schemas have in common."""

from collections.abc import Mapping
from typing import Any

import orjson
from flask import Response, request
from flask.json.provider import DefaultJSONProvider
from marshmallow import RAISE, Schema, ValidationError, fields, pre_load, validate

MOST_FIELDS = 100


class WireSchema(Schema):
    """Refuses what it does not know."""

    class Meta:
        unknown = RAISE

    @pre_load
    def few(self, data: Any, **_: Any) -> Any:
        """Refuse an object with more names than any of ours has before each is looked at."""
        if isinstance(data, dict) and len(data) > MOST_FIELDS:
            raise ValidationError("Too many fields.")
        return data


class Text(fields.String):
    """Text that UTF-8 and every database can hold: no NUL, no half of a surrogate pair."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise ValidationError("Has a character that cannot be kept.")
        return text


class FewList(fields.List[Any]):
    """A list that is too long is refused before anything in it is looked at."""

    def __init__(self, inner: fields.Field[Any], *, most: int, least: int = 0, **kw: Any) -> None:
        super().__init__(inner, validate=validate.Length(least, most), **kw)
        self.most = most

    def _deserialize(self, value: Any, *args: Any, **kw: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self.most:
            raise ValidationError(f"Longer than maximum length {self.most}.")
        return super()._deserialize(value, *args, **kw)


class ProblemError(WireSchema):
    """One field that does not fit."""

    pointer = fields.String(required=True)
    detail = fields.String(required=True)


class ProblemSchema(WireSchema):
    """An error (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.List(fields.Nested(ProblemError))


class FastJSON(DefaultJSONProvider):
    """orjson outwards; bodies are read by `web.body`."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return orjson.dumps(obj).decode()

    def response(self, *args: Any, **kwargs: Any) -> Response:
        return json_bytes(orjson.dumps(self._prepare_response_obj(args, kwargs)))


def json_bytes(body: bytes, status: int = 200) -> Response:
    """An answer made of JSON that is encoded already."""
    return Response(body, status, mimetype="application/json")


def if_match() -> str | None:
    """The revision in `If-Match: "<revision>"`, without its quotes."""
    tags = list(request.if_match)
    return tags[0] if tags else None
