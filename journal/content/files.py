"""Reading one content file: its schema, and an error that names the file and the field."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from journal.content import shapes


class BadContent(Exception):
    """A content file cannot be used; the message names the file and the field."""


def read(folder: Path, name: str, schema: Schema) -> Any:
    """Read one TOML file of the content folder into the value its schema makes.

    :raises BadContent: not TOML, or a field does not fit.
    """
    try:
        return schema.load(tomllib.loads((folder / name).read_text("utf-8")))
    except ValidationError as wrong:
        faults = "; ".join(f"{field}: {fault}" for field, fault in _flat(wrong.messages))
        raise BadContent(f"{name}: {faults}") from None
    except OSError as missing:
        raise BadContent(f"{name}: {missing.strerror}") from None
    except ValueError as broken:  # not UTF-8, or not TOML
        raise BadContent(f"{name}: {broken}") from None


def _flat(messages: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from _flat(inner, f"{path}.{name}" if path else str(name))
    else:
        for fault in messages:
            yield path, fault


def once(names: Iterable[str]) -> None:
    """Refuse a name that stands twice."""
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise ValidationError(f"Stands twice: {', '.join(twice)}.")


class FileSchema(Schema):
    """Refuses what it does not know and makes the value `makes` builds."""

    makes: ClassVar[Callable[..., Any]]

    class Meta:
        unknown = RAISE

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        """Turn the checked fields into the frozen value."""
        return type(self).makes(**data)


class Rows(fields.List[Any]):
    """A list that loads as a tuple and is never empty; no two rows have the same `unique`."""

    def __init__(
        self, inner: fields.Field[Any] | Schema, unique: str | None = None, **kwargs: Any
    ) -> None:
        self.unique = unique
        super().__init__(fields.Nested(inner) if isinstance(inner, Schema) else inner, **kwargs)

    def _deserialize(self, *args: Any, **kwargs: Any) -> Any:
        rows = tuple(super()._deserialize(*args, **kwargs))
        if not rows:
            raise ValidationError("Needs at least one.")
        if self.unique:
            once(getattr(row, self.unique) for row in rows)
        return rows


class Line(fields.String):
    """One line of text: not blank, no space at its ends, no control character."""

    def _deserialize(self, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(*args, **kwargs)
        if not text.strip() or text != text.strip() or not text.isprintable():
            raise ValidationError("Needs one line of text without space at its ends.")
        return text


class Id(fields.String):
    """A name that never changes: small letters, digits, `-` and `_`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=True, validate=validate.Regexp(r"^[a-z0-9][a-z0-9_-]*\Z"), **kwargs
        )


class Number(fields.String):
    """A number as a phone dials it."""

    def __init__(self) -> None:
        super().__init__(load_default=None, validate=validate.Regexp(r"^\+?[0-9]{2,15}\Z"))


class Day(fields.Date):
    """A date, or empty for "nobody has checked yet"."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if value == "" or isinstance(value, date):
            return value or None
        return super()._deserialize(value, *args, **kwargs)


def edition() -> fields.Integer:
    """The field that says which edition a file is."""
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=1))


class SkillFile(FileSchema):
    """`skills/<id>.<edition>.toml`."""

    makes = shapes.Skill
    id = Id()
    edition = edition()
    need = Line(required=True)
    title = Line(required=True)
    when = Line(required=True)
    steps = Rows(Line(), required=True)
    minutes = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=60))
    caution = Line(required=True)
    level = fields.Integer(required=True, strict=True, validate=validate.OneOf([1, 2, 3]))
    dose_day = fields.Boolean(required=True, truthy={True}, falsy={False})
    from_help = fields.Boolean(required=True, truthy={True}, falsy={False})
    source = Line(required=True)
