"""A clinic's own texts: its numbers, what it says after a dose, who reads PHQ-9 answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from marshmallow import fields, validate

from journal.care.models import Clinic
from journal.content.files import FileSchema, Line, Rows
from journal.content.library import load
from journal.content.shapes import ResponsePlan

ID = "clinic"
"""A clinic has one set of texts."""

SHORT = validate.Length(max=200)
DIALLED = validate.Regexp(
    r"^[+(]{0,2}(?:[0-9][ ()./-]{0,3}){3,20}\Z", error="Needs a number that a phone can dial."
)


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number of the clinic."""

    label: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class ClinicTexts:
    """All of a clinic's texts. The crisis lines are not among them: they stay."""

    numbers: Sequence[Number]
    after_dose: Sequence[str]
    response_plan: ResponsePlan | None


class NumberFile(FileSchema):
    """One number."""

    makes = Number
    label = Line(required=True, validate=SHORT)
    phone = Line(required=True, validate=DIALLED)
    hours = Line(required=True, validate=SHORT)


class ResponsePlanFile(FileSchema):
    """All five or none: half a plan is no plan."""

    makes = ResponsePlan
    who = Line(required=True)
    days = Line(required=True)
    within = Line(required=True)
    what = Line(required=True)
    backup = Line(required=True)


class TextsFile(FileSchema):
    """What a clinic says in its own words."""

    makes = ClinicTexts
    numbers = fields.List(fields.Nested(NumberFile), load_default=())
    after_dose = Rows(Line(), required=True)
    response_plan = fields.Nested(ResponsePlanFile, load_default=None)


def before_any(clinic: Clinic) -> ClinicTexts:
    """The texts of a clinic that has changed none."""
    return ClinicTexts(
        tuple(Number(one["label"], one["phone"], one["hours"]) for one in clinic.numbers),
        load().notes.after_dose,
        None,
    )
