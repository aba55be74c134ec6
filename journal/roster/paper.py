"""The access report as a table and as a file to print."""

from datetime import UTC, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from journal.audit import How
from journal.roster.access import Line, Report
from journal.sharing.models import What
from journal.typeset import cells

HOW = {
    How.PAGE: "on the page",
    How.SEARCH: "a line of it, found by a search",
    How.PDF: "in a file to keep",
}
WHAT = {What.WHOLE: "all of it", What.ANSWERS: "some answers", What.PASSAGE: "a passage"}
NOTHING = "Nothing has been opened."
ABOUT = (
    "Who opened what kind of thing, when and how. It holds no words of the journal. What was never"
    " handed over, or never opened, is not in it."
)
UNBROKEN = {
    True: "Checked when it was made: no line of the record was changed or removed.",
    False: "Checked when it was made: the record is not as it was written. Ask who runs it.",
}


def as_csv(report: Report) -> bytes:
    """One line for each thing opened."""
    head = ("When (UTC)", f"When ({report.zone})", "Opened by", "Kind", "How much", "How")
    return cells.table(
        head,
        [
            (
                f"{line.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
                f"{_here(line.at, report):%Y-%m-%d %H:%M}",
                line.reader,
                line.kind,
                WHAT[line.what] if line.what else "",
                HOW[line.how],
            )
            for line in report.lines
        ],
    )


def as_pdf(report: Report) -> bytes:
    """The same, day by day."""
    # Loading it takes memory that most workers never need.
    from journal.typeset import sheet as typeset  # noqa: PLC0415

    made = f"Made {_time(report.made_at, report)} ({report.zone}) by {report.clinic}."
    sheet = typeset.Sheet(f"Who opened what of {report.patient}. {made}")
    sheet.write("Who opened what", typeset.TITLE)
    sheet.gap(6)
    sheet.write(f"About {report.patient}. {made}", typeset.SMALL)
    sheet.write(ABOUT, typeset.SMALL)
    sheet.gap(10)
    sheet.write(UNBROKEN[report.unbroken], typeset.PLAIN)
    if not report.lines:
        sheet.write(NOTHING, typeset.PLAIN)
    for day, lines in groupby(report.lines, key=lambda line: _day(line.at, report)):
        sheet.write(day, typeset.HEADING)
        for line in lines:
            sheet.write(_said(line, report), typeset.PLAIN)
    return sheet.finish()


def _said(line: Line, report: Report) -> str:
    here = _here(line.at, report)
    much = f", {WHAT[line.what]}" if line.what else ""
    return f"{here.hour}:{here:%M}  {line.reader}: {line.kind}{much}, {HOW[line.how]}"


def _here(at: datetime, report: Report) -> datetime:
    return at.astimezone(ZoneInfo(report.zone))


def _day(at: datetime, report: Report) -> str:
    here = _here(at, report)
    return f"{here.day} {here:%B %Y}"


def _time(at: datetime, report: Report) -> str:
    here = _here(at, report)
    return f"{_day(at, report)}, {here.hour}:{here:%M}"
