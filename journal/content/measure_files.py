"""The part of a guide file that says how a measure is scored."""

from marshmallow import fields, validate

from journal.content import measures
from journal.content.files import FileSchema, Id, Line, Rows


class CutoffFile(FileSchema):
    """A published boundary."""

    makes = measures.Cutoff
    at = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    label = Line(required=True)


class ClusterFile(FileSchema):
    """Items that are also added up on their own."""

    makes = measures.Cluster
    id = fields.String(required=True, validate=validate.Regexp(r"^[A-Za-z0-9-]+\Z"))
    label = Line(required=True)
    items = Rows(fields.String(), required=True)


class MeasureFile(FileSchema):
    """How a measure is scored and how often it may be taken."""

    makes = measures.Measure
    rule = fields.Enum(measures.Rule, required=True, by_value=True)
    items = Rows(Id(), required=True)
    most = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    cutoffs = Rows(CutoffFile(), unique="at", load_default=())
    clusters = Rows(ClusterFile(), unique="id", load_default=())
    days_between = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    hours_after_dose = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    needs = fields.Enum(measures.Needs, by_value=True, load_default=None)
    about_change = Line(load_default=None)
