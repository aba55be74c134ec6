"""What devices send and get back."""

from datetime import UTC, datetime
from typing import Any

from marshmallow import ValidationError, fields, validate

from journal import zones
from journal.web.wire import FewList, ProblemSchema, Text, WireSchema

MOST_ANSWERS = 500
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def known_zone(name: str) -> None:
    """Refuse a zone that the IANA database does not have."""
    if name not in zones.known():
        raise ValidationError("Not a known time zone.")


class Answers(fields.Dict):
    """Answers by item id. What fits is decided by the guide's items."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            keys=fields.String(),
            values=fields.Dict(keys=fields.String()),
            metadata={"description": "item id → part name → value, or {state: skipped}"},
            **kwargs,
        )

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> dict[str, Any]:
        # The guide's own check names every field; walking the tree twice would double the cost.
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        if len(value) > MOST_ANSWERS:
            raise ValidationError("More answers than any guide has questions.")
        return value


class NewRevision(WireSchema):
    """One entry at one revision."""

    revision = fields.UUID(required=True)
    guide = Text(required=True, validate=validate.Length(1, 64))
    edition = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))
    occurred_at = fields.AwareDateTime(required=True, validate=validate.Range(EARLIEST, LATEST))
    zone = Text(required=True, validate=known_zone)
    answers = Answers(required=True)
    resolves = FewList(fields.UUID(), most=100, load_default=list)


class SyncItem(NewRevision):
    """The same, inside a batch; no parent means it is new."""

    id = fields.UUID(required=True)
    parent = fields.UUID(required=True, allow_none=True)


class Unchecked(fields.Nested):
    """A nested object that the view checks itself, so that one bad item spoils no other."""

    def deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return value


class Batch(WireSchema):
    """Up to fifty items, in the order they were written."""

    items = FewList(Unchecked(SyncItem), least=1, most=50, required=True)


class SavedSchema(WireSchema):
    """What the server now has on disk."""

    id = fields.UUID(required=True)
    revision = fields.UUID(required=True)
    n = fields.Integer(required=True)
    saved_at = fields.AwareDateTime(required=True)
    conflicts = fields.List(fields.UUID(), required=True)


class ConflictText(WireSchema):
    """A text that was written at the same time on another device.

    `base` is the nearest earlier text that it and the entry's present one both grew from.
    """

    revision = fields.UUID(required=True)
    saved_at = fields.AwareDateTime(required=True)
    answers = Answers(required=True)
    base = Answers(required=True, allow_none=True)


class EntrySchema(WireSchema):
    """One entry with its words."""

    id = fields.UUID(required=True)
    guide = fields.String(required=True)
    edition = fields.Integer(required=True)
    revision = fields.UUID(required=True)
    n = fields.Integer(required=True)
    created_at = fields.AwareDateTime(required=True)
    occurred_at = fields.AwareDateTime(required=True)
    zone = fields.String(required=True)
    saved_at = fields.AwareDateTime(required=True)
    answers = Answers(required=True)
    conflicts = fields.List(fields.Nested(ConflictText), required=True)


class Deleted(WireSchema):
    """An entry that is gone."""

    id = fields.UUID(required=True)
    n = fields.Integer(required=True)
    deleted = fields.Boolean(required=True)


class Change(EntrySchema):
    """An entry as it is now, or only `id`, `n` and `deleted`."""

    deleted = fields.Boolean()


class ChangesQuery(WireSchema):
    """Where to go on."""

    cursor = Text(load_default=None, validate=validate.Length(max=80))
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 200))


class ChangesSchema(WireSchema):
    """One page of the feed."""

    items = fields.List(fields.Nested(Change(partial=True)), required=True)
    cursor = fields.String(required=True, allow_none=True)
    more = fields.Boolean(required=True)


class RevisionSchema(WireSchema):
    """A text an entry has or had."""

    revision = fields.UUID(required=True)
    saved_at = fields.AwareDateTime(required=True)
    edition = fields.Integer(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["head", "earlier", "conflict"]))
    answers = Answers(required=True)


class ConflictProblem(ProblemSchema):
    """Kept beside a newer text; `head` is that newer text."""

    stored = fields.Boolean()
    head = fields.Nested(EntrySchema)


class SyncResult(WireSchema):
    """How one item went."""

    id = fields.UUID(required=True, allow_none=True)
    revision = fields.UUID(required=True, allow_none=True)
    status = fields.Integer(required=True)
    saved = fields.Nested(SavedSchema)
    problem = fields.Nested(ConflictProblem)


class SyncResults(WireSchema):
    """One result for each item, in order."""

    results = fields.List(fields.Nested(SyncResult), required=True)
