"""Tables that a spreadsheet opens, with cells that stay text."""

import csv
import io
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""A spreadsheet may take what begins so for a formula and run it."""


def harmless(cell: str) -> str:
    """The same text, which no spreadsheet runs: a quotation mark before what looks like a formula.

    Spaces before it do not hide it.
    """
    return f"'{cell}" if cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA) else cell


def table(head: Iterable[str], lines: Iterable[Iterable[str]]) -> bytes:
    """A CSV file in UTF-8, marked as such: without the mark some programs break accents."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, quoting=csv.QUOTE_ALL)
    for line in (head, *lines):
        writer.writerow([harmless(cell).replace("\0", "") for cell in line])
    return made.getvalue().encode("utf-8-sig")
