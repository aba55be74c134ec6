"""The files of guides and agreements: `guides/<id>.<edition>.toml`, `agreements/…`."""

import string
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from journal.content import agreement, guides
from journal.content.files import FileSchema, Id, Line, Rows, edition, once
from journal.content.guides import Kind
from journal.content.list_files import WINDOWS
from journal.content.measure_files import MeasureFile

NEEDS: dict[Kind, set[str]] = {
    Kind.TEXT: {"lines"},
    Kind.CHOICE: {"options"},
    Kind.CHOICES: {"options"},
    Kind.SCALE: {"low", "high"},
    Kind.WORDS: {"max"},
    Kind.PLACES: set(),
    Kind.CONTACTS: set(),
    Kind.STEP: set(),
    Kind.EFFECTS: {"windows"},
    Kind.ENTRIES: set(),
    Kind.SKILLS: set(),
    Kind.LIST: set(),
    Kind.DATE: set(),
    Kind.PICTURE: set(),
    Kind.RECORDINGS: set(),
    Kind.DRAWING: set(),
    Kind.PHOTOS: set(),
}
MAY_HAVE: dict[Kind, set[str]] = {
    Kind.CHOICE: {"other"},
    Kind.CHOICES: {"max", "other"},
    Kind.SKILLS: {"max"},
    Kind.LIST: {"max"},
}


class OptionFile(FileSchema):
    """One option of a choice."""

    makes = guides.Option
    id = Id()
    label = Line(required=True)
    score = fields.Integer(strict=True, validate=validate.Range(0, 10))


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
    windows = Rows(fields.String(validate=validate.OneOf(WINDOWS)))

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


class NoteRuleFile(FileSchema):
    """When a fixed note stands under an answer."""

    makes = guides.NoteRule
    part = fields.String(required=True)
    note = Id()
    to = fields.String(
        load_default="none", validate=validate.OneOf(["help", "skills", "concern", "none"])
    )
    any = Rows(fields.String())
    at_most = fields.Integer(strict=True, validate=validate.Range(0, 10))
    at_least = fields.Integer(strict=True, validate=validate.Range(0, 10))
    times = fields.Integer(strict=True, validate=validate.Range(1, 30))
    days = fields.Integer(strict=True, validate=validate.Range(1, 365))

    @validates_schema
    def one_condition(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a rule that never holds, and one that mixes two ways of holding."""
        if len({"any", "at_most", "at_least"} & set(data)) != 1:
            raise ValidationError("Needs one of any, at_most and at_least.")


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
    source = Line(required=True)
    shows = fields.String(load_default=None)
    notes = Rows(NoteRuleFile(), load_default=())
    parts = Rows(PartFile(), required=True, validate=_own_keys)

    @validates_schema
    def rules_fit_the_parts(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a rule about a part or an option that the item does not have."""
        parts = {part.name: part for part in data["parts"]}
        for rule in data["notes"]:
            part = parts.get(rule.part)
            options = {one.id for one in part.options} if part else set()
            if part is None or set(rule.any) - options:
                raise ValidationError(f"A rule about {rule.part!r} never holds.", "notes")


class GuideFile(FileSchema):
    """One edition of a guide."""

    makes = guides.Guide
    id = Id()
    edition = edition()
    kind = fields.Enum(guides.GuideKind, required=True, by_value=True)
    title = Line(required=True)
    intro = Line(required=True)
    stage = fields.String(load_default=None, validate=validate.OneOf(guides.STAGES))
    category = fields.String(required=True)
    about = Line(required=True)
    closing = Line(required=True)
    licence = Line(required=True)
    source = Line(load_default=None)
    ask = fields.Integer(load_default=None, strict=True, validate=validate.Range(1, 10))
    measure = fields.Nested(MeasureFile, load_default=None)
    items = Rows(ItemFile(), unique="id", required=True)

    @validates_schema
    def measures_are_scored(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a measure without its scoring, and scoring over what cannot be counted."""
        measure = data["measure"]
        if (data["kind"] is guides.GuideKind.MEASURE) != (measure is not None):
            raise ValidationError("A measure, and nothing else, says how it is scored.", "measure")
        if measure is None:
            return
        scored = {item.id for item in data["items"] if _counts(item)}
        for id in [*measure.items, *(id for cluster in measure.clusters for id in cluster.items)]:
            if id not in scored:
                raise ValidationError(f"{id!r} cannot be counted.", "measure")


def _counts(item: guides.Item) -> bool:
    part = item.parts[0]
    scores = [option.score for option in part.options]
    return part.kind is Kind.SCALE or (part.kind is Kind.CHOICE and None not in scores)


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
    material = fields.Boolean(load_default=True, truthy={True}, falsy={False})
