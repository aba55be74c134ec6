"""What handing over takes and gives."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from journal.sharing.models import What
from journal.sharing.schemas import Handed
from journal.web.wire import FewList, Text, WireSchema

MOST_MEDIA = 30
"""As many as one question can hold."""

NEEDS = {
    What.WHOLE: frozenset[str](),
    What.ANSWERS: frozenset({"items"}),
    What.PASSAGE: frozenset({"item", "part", "start", "end", "quote"}),
}


class ChoiceSchema(WireSchema):
    """`whole`; `answers` with `items`; or `passage` with item, part, start, end and quote.

    Offsets count Unicode code points, and `quote` has to be the text between them.

    With `whole` and `answers` go the `media` that are named: recordings and photos by their id,
    a drawing as `<item>/<part>`. `words: false` hands over nothing else.
    """

    kind = fields.Enum(What, by_value=True, required=True)
    items = FewList(Text(validate=validate.Length(1, 64)), least=1, most=100)
    item = Text(validate=validate.Length(1, 64))
    part = Text(validate=validate.Length(1, 64))
    start = fields.Integer(strict=True, validate=validate.Range(0, 10_000_000))
    end = fields.Integer(strict=True, validate=validate.Range(1, 10_000_000))
    quote = Text(validate=validate.Length(1, 200_000))
    media = FewList(Text(validate=validate.Length(1, 130)), most=MOST_MEDIA)
    words = fields.Boolean(truthy={True}, falsy={False})

    @validates_schema
    def fits(self, data: dict[str, Any], **_: Any) -> None:
        """Each kind has its own fields and no others."""
        if "kind" not in data:
            return
        given, needed = set(data) - {"kind"}, NEEDS[data["kind"]]
        if data["kind"] is not What.PASSAGE:
            given -= {"media", "words"}
        errors = {name: ["Missing for this kind."] for name in needed - given}
        errors |= {name: ["Not for this kind."] for name in given - needed}
        if not data.get("words", True) and not data.get("media"):
            errors["media"] = ["Missing without words."]
        if errors:
            raise ValidationError(errors)


class NewHandover(WireSchema):
    """Hand one thing to the therapist of one grant.

    `replaces` is an earlier hand-over under the same grant: it is taken back in the same step. If
    words were cut out of that one, the answer is 409 with the ids of those excerpts in `cut`,
    unless `uncut` says that they may come back.
    """

    id = fields.UUID(required=True)
    grant_id = fields.UUID(required=True)
    entry_id = fields.UUID(required=True)
    revision = fields.UUID(required=True)
    what = fields.Nested(ChoiceSchema, required=True)
    replaces = fields.UUID(load_default=None, allow_none=True)
    uncut = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class Handover(WireSchema):
    """The excerpts it made, one for each category."""

    excerpts = fields.List(fields.Nested(Handed), required=True)
