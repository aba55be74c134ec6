"""Tables for spreadsheets: no cell is run, and every cell is what it was."""

import csv
import io

import pytest

from journal.typeset.cells import harmless, table

RUN = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "  =1",
    "＝1",
    " \t@x",
    "＋1",
]


@pytest.mark.parametrize("cell", RUN)
def test_what_a_spreadsheet_would_run_begins_with_a_mark(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Maya", "Dr O'Neil", "a=b", "1-2", "'=1", 'Ünal, Dr "A"'])
def test_every_other_cell_is_left_as_it_is(cell):
    assert harmless(cell) == cell


def test_a_table_reads_back_as_it_was_written():
    made = table(["=head", "b"], [['Ünal, Dr "A"\nB', "\0=1"], ["", "x;y"]])
    assert made.startswith(b"\xef\xbb\xbf")
    found = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert found == [["'=head", "b"], ['Ünal, Dr "A"\nB', "'=1"], ["", "x;y"]]
