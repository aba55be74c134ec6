"""The cells of a CSV file, as any spreadsheet saves it."""

import csv
import io
from collections.abc import Sequence

from journal.errors import Invalid
from journal.reception.here import plain

Cells = tuple[list[str], list[tuple[int, list[str]]]]
"""The names of the first row, and each other row that is not empty with its number."""


def read(text: str, needed: Sequence[str], *, most: int) -> Cells:
    """Find the cells of a table.

    Commas, semicolons or tabs; with or without a byte order mark; lines inside quotes.

    :raises Invalid: it is no table, lacks a column that is `needed`, or has too many rows.
    """
    first = text.removeprefix("\ufeff").lstrip("\r\n")
    line = first.split("\n", 1)[0]
    delimiter = max(",;\t", key=line.count)
    try:
        rows = list(csv.reader(io.StringIO(first, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise Invalid.at("/text", "This cannot be read as a table.") from None
    head = [plain(cell) for cell in rows[0]] if rows else []
    lacks = [name for name in needed if name not in head]
    if lacks:
        raise Invalid.at("/text", f"The first row lacks: {', '.join(lacks)}.")
    if len(set(head) - {""}) != len([name for name in head if name]):
        raise Invalid.at("/text", "Two columns have the same name.")
    body = [
        (number, row)
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]
    if len(body) > most:
        raise Invalid.at("/text", f"More than {most} rows. Send them in parts.")
    return head, body
