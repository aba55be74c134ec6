"""The small parts that all of the demo's data files are made of: moments and words."""

import re
from typing import Any

from marshmallow import Schema, ValidationError, fields, pre_load, validates_schema

from journal.content.files import FileSchema, Rows
from journal.demo import shapes
from journal.demo.drawings import drawn
from journal.demo.ids import made_id


def _clock(**kwargs: Any) -> fields.Time:
    return fields.Time(format="%H:%M", **kwargs)


def several(inner: fields.Field[Any] | Schema) -> Rows:
    """Rows that may be left out."""
    return Rows(inner, load_default=())


class WhenFile(FileSchema):
    """`{ dose = 2, day = 1, time = "09:20" }`, or `{ dose = 2, hours = 2.5 }`."""

    makes = shapes.When
    dose = fields.Integer(strict=True)
    day = fields.Integer(strict=True)
    time = _clock()
    hours = fields.Float()

    @validates_schema
    def one_way(self, data: dict[str, Any], **_: Any) -> None:
        """Either hours after a dose, or a day and a time."""
        if set(data) - {"dose"} not in ({"day", "time"}, {"hours"}):
            raise ValidationError("Needs a day and a time, or hours.")
        if "hours" in data and "dose" not in data:
            raise ValidationError("Hours count from a dose.")


class StartFile(FileSchema):
    """`{ day = -14, time = "13:00" }`, `{ hours_ago = 3 }` or `{ rested = "13:00" }`."""

    makes = shapes.Start
    day = fields.Integer(strict=True)
    time = _clock()
    hours_ago = fields.Float()
    rested = _clock()

    @validates_schema
    def one_way(self, data: dict[str, Any], **_: Any) -> None:
        """One of the three."""
        if set(data) not in ({"day", "time"}, {"hours_ago"}, {"rested"}):
            raise ValidationError("Needs a day and a time, hours_ago, or rested.")


class Said(fields.Dict):
    """Answers. Lines of one paragraph are joined; an empty line parts two."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:
        value: Any = super()._deserialize(*args, **kwargs)  # type: ignore[no-untyped-call]
        return _joined(value)


def _joined(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _joined(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_joined(inner) for inner in value]
    if isinstance(value, str):
        paragraphs = re.split(r"\n\s*\n", value.strip())
        return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    return value


class OfOne(FileSchema):
    """A file of one patient: `@crate` in it is the id of their entry (or recording) `crate`.

    `{ drawn = "hill" }` is the drawing of that name.
    """

    def __init__(self, key: str) -> None:
        """:param key: what the patient's files are called."""
        self.called = key
        super().__init__()

    @pre_load
    def referred(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Put the ids where entries are named."""
        found: dict[str, Any] = _referred(self.called, data)
        return found


def _referred(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        inner = {name: _referred(key, each) for name, each in value.items()}
        return drawn(inner.pop("drawn")) | inner if "drawn" in inner else inner
    if isinstance(value, list):
        return [_referred(key, inner) for inner in value]
    if isinstance(value, str) and value.startswith("@"):
        return str(made_id(key, value[1:]))
    return value
