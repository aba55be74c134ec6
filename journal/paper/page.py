"""The page a patient handed over, as PDF: every line of it, in its order, and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from journal.paper import numbers
from journal.paper.days import day, last_day, time

if TYPE_CHECKING:
    from journal.typeset.sheet import Sheet

Page = Mapping[str, Any]

NOTE = "Written by the patient. Not monitored. May be incomplete."

BLOCKS = {
    "safety": "About safety",
    "agenda": "What {name} wants to talk about",
    "visit": "For this visit",
    "carried": "Carried from last time",
    "first": "What {name} put first",
    "bring": "What {name} chose to bring",
    "effects": "After-effects",
    "steps": "Small steps",
    "intention": "Intention",
    "plan": "Plan",
}
"""The parts of the page that name excerpts, in their order. What no part names comes after them."""

ROUTES = {
    "iv": "into a vein",
    "im": "into a muscle",
    "lozenge": "lozenge",
    "oral": "by mouth",
    "nasal": "nasal spray",
}
PICTURES = {"recording": "A recording", "drawing": "A drawing", "photo": "A photo"}


def render(page: Page, *, zone: str, at: datetime) -> bytes:
    """Set a page as PDF.

    :param page: what the page's address answers with; parts that it lacks are left out.
    :param zone: of the reader, for days that are not the patient's own.
    :param at: when it is made.
    """
    # Loading it takes memory that most workers never need.
    from journal.typeset import sheet as typeset  # noqa: PLC0415

    patient, reader = page["patient"]["name"], page["therapist"]["name"]
    made = f"Made {time(at, zone)} ({zone})."
    sheet = typeset.Sheet(f"{patient}, for {reader}. {made}\n{NOTE}")
    sheet.write(patient, typeset.TITLE)
    sheet.gap(6)
    sheet.write(f"For {reader}. {made}", typeset.SMALL)
    sheet.write(NOTE, typeset.SMALL)
    sheet.gap(10)
    for label, value in _facts(page, zone):
        sheet.fact(label, value)
    for heading, excerpts in _parts(page, patient):
        if heading:
            sheet.write(heading, typeset.SECTION)
        for one in excerpts:
            _excerpt(sheet, one)
    for heading, lines in numbers.sections(page, zone):
        sheet.write(heading, typeset.SECTION)
        for line in lines:
            sheet.write(line, typeset.PLAIN)
    return sheet.finish()


def _facts(page: Page, zone: str) -> Iterator[tuple[str, str]]:
    if coming := page.get("next_appointment"):
        yield "Next appointment", time(coming, zone)
    if last := page.get("last_dosing"):
        route = ROUTES.get(last.get("route"), "")
        told = [
            f"number {last['number']}",
            day(last["started_at"], zone),
            *([route] if route else []),
        ]
        yield "Last dosing session", ", ".join(told)
    if until := page.get("until"):
        yield "Handed over until", last_day(until, zone)


def _parts(page: Page, name: str) -> Iterator[tuple[str, Sequence[Page]]]:
    """The excerpts of each part. One that several parts name stands in the first of them."""
    left = {one["id"]: one for one in page["excerpts"]}
    told = False
    for part, heading in BLOCKS.items():
        named = page.get(part) or []
        ids = [named] if isinstance(named, str) else named
        if found := [left.pop(id) for id in ids if id in left]:
            told = True
            yield heading.format(name=name), found
    if left:
        yield "Handed over" if told else "", list(left.values())


def _excerpt(sheet: "Sheet", one: Page) -> None:
    from journal.typeset import sheet as typeset  # noqa: PLC0415

    content = one["content"]
    quote = "“{}”" if one["kind"] == "passage" else "{}"
    sheet.write(content["title"], typeset.HEADING)
    for item in content["items"]:
        sheet.write(item.get("question") or "", typeset.ASKED)
        for line in item.get("answer", {}).get("lines", []):
            if line["own"]:
                sheet.write(line["label"] or "", typeset.SMALL)
                sheet.write(quote.format(line["value"]), typeset.WORDS)
            else:
                label = f"{line['label']}: " if line["label"] else ""
                sheet.write(label + line["value"], typeset.PLAIN)
        for medium in item.get("media", []):
            kind = PICTURES.get(medium["kind"], "A recording")
            sheet.write(f"{kind}: it is on the page, not in this file.", typeset.SMALL)
    written = f"Written {time(one['written_at'], one['zone'])}."
    sheet.write(f"{written} Handed over {day(one['handed_at'], one['zone'])}.", typeset.SMALL)
