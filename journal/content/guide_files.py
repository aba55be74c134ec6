"""The files of guides and agreements: `guides/<id>.<edition>.toml`, `agreements/…`."""

import string
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from journal.content import agreement, guides
from journal.content.files import FileSchema, Id, Line, Rows, edition, once
from journal.content.guides import Kind

NEEDS: dict[Kind, set[str]] = {
    Kind.TEXT: {"lines"},
    Kind.CHOICE: {"options"},
    Kind.CHOICES: {"options"},
    Kind.SCALE: {"low", "high"},
    Kind.WORDS: {"max"},
    Kind.PLACES: set(),
    Kind.CONTACTS: set(),
}
MAY_HAVE: dict[Kind, set[str]] = {Kind.CHOICES: {"max", "other"}}


class OptionFile(FileSchema):
    """One option of a choice."""

    makes = guides.Option
    id = Id()
    label = Line(required=True)


class PartFile(FileSchema):
    """One part: which fields it has follows from its kind."""

    makes = guides.Part
    name = Id()
    kind = fields.Enum(Kind, required=True, by_value=True)
    label = Line()
    lines = fields.Enum(guides.Lines, by_value=True)
    options = Rows(OptionFile(), unique="id")
    max = fields.Integer(strict=True, validate=validate.Range(min=1))
    other = fields.Boolean(truthy={True}, falsy={False})
    low = Line()
    high = Line()

    @validates_schema
    def fits_its_kind(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a field the kind does not use, and a missing one it needs."""
        kind, given = data["kind"], set(data) - {"name", "kind", "label"}
        for missing in NEEDS[kind] - given:
            raise ValidationError(f"A {kind} part needs it.", missing)
        for extra in given - NEEDS[kind] - MAY_HAVE.get(kind, set()):
            raise ValidationError(f"A {kind} part does not have it.", extra)


def _own_keys(parts: tuple[guides.Part, ...]) -> None:
    # An answer is one object: no two keys of it may be the same, nor read as a state.
    once(["state", *(part.name for part in parts), *(p.other_name for p in parts if p.other)])


class ItemFile(FileSchema):
    """One question."""

    makes = guides.Item
    id = Id()
    text = Line(required=True)
    help = Line(load_default=None)
    tier = fields.Enum(guides.Tier, required=True, by_value=True)
    share = fields.Enum(guides.Share, required=True, by_value=True)
    category = fields.String(load_default=None)
    nothing = Line(load_default=None)
    parts = Rows(PartFile(), required=True, validate=_own_keys)


class GuideFile(FileSchema):
    """One edition of a guide."""

    makes = guides.Guide
    id = Id()
    edition = edition()
    title = Line(required=True)
    intro = Line(required=True)
    stage = fields.String(load_default=None, validate=validate.OneOf(guides.STAGES))
    category = fields.String(required=True)
    about = Line(required=True)
    closing = Line(required=True)
    items = Rows(ItemFile(), unique="id", required=True)


def known_placeholders(text: str) -> None:
    """Refuse a placeholder that nobody fills in."""
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as broken:
        raise ValidationError(f"{broken}.") from None
    if unknown := names - agreement.PLACEHOLDERS:
        raise ValidationError(f"Unknown placeholder: {', '.join(sorted(unknown))}.")


class SectionFile(FileSchema):
    """One thing the agreement says."""

    makes = agreement.Section
    id = Id()
    title = Line(required=True, validate=known_placeholders)
    text = Line(required=True, validate=known_placeholders)


class AgreementFile(FileSchema):
    """One edition of the agreement."""

    makes = agreement.Agreement
    id = Id()
    edition = edition()
    locale = fields.String(required=True, validate=validate.Regexp(r"^[a-z]{2}(-[A-Z]{2})?\Z"))
    title = Line(required=True, validate=known_placeholders)
    sections = Rows(SectionFile(), unique="id", required=True)
