"""Paragraphs on pages: nothing lost, nothing off the page, a foot and a number on each."""

import subprocess
import sys

import pytest

from journal.typeset import sheet as typeset
from journal.typeset.sheet import Sheet
from tests.paper.reading import opened, pages, told

LONG = "The water was not cold, and for once I did not go to close the door. "


def test_a_page_is_a4_and_holds_what_was_written() -> None:
    sheet = Sheet("A foot.")
    sheet.write("A title", typeset.TITLE)
    sheet.write("One.\n\nTwo → three.", typeset.WORDS)
    sheet.fact("When", "now")
    made = sheet.finish()
    assert pages(made) == ["A title One. Two → three. When: now A foot. 1 of 1"]
    [page] = opened(made).pages
    assert [round(float(each)) for each in page.mediabox] == [0, 0, 595, 842]


def test_pages_are_counted_and_each_has_its_foot() -> None:
    sheet = Sheet("A foot.\nAnother line of it.")
    for n in range(40):
        sheet.write(f"Paragraph {n}. {LONG * 5}", typeset.WORDS)
    read = pages(sheet.finish())
    assert len(read) > 3
    for n, page in enumerate(read, start=1):
        assert page.endswith(f"A foot. Another line of it. {n} of {len(read)}")
    whole = " ".join(page.rpartition(" A foot. ")[0] for page in read)
    written = " ".join(f"Paragraph {n}. {LONG * 5}" for n in range(40))
    assert whole.split() == written.split()


def test_no_line_lies_in_the_margins_or_in_the_foot() -> None:
    sheet = Sheet("A foot. " * 40)
    for style in (typeset.TITLE, typeset.WORDS, typeset.SMALL):
        sheet.write(LONG * 30, style)
    places = [(line.x, line.y) for page in sheet._pages for line in page]
    assert {x for x, _ in places} == {typeset.MARGIN}
    assert all(typeset.BOTTOM <= y <= typeset.HIGH - typeset.MARGIN for _, y in places)


@pytest.mark.parametrize("filled", range(36, 46))
def test_a_heading_is_not_left_alone_at_the_end_of_a_page(filled: int) -> None:
    sheet = Sheet("A foot.")
    for n in range(filled):
        sheet.write(f"Line {n}", typeset.PLAIN)
    sheet.write("Heading", typeset.SECTION)
    sheet.write("Title", typeset.HEADING)
    sheet.write("Question", typeset.ASKED)
    sheet.write("Words.", typeset.WORDS)
    [page] = [page for page in pages(sheet.finish()) if "Heading" in page]
    assert "Heading Title Question Words." in page


def test_what_cannot_be_shown_is_a_box_and_is_explained_once() -> None:
    sheet = Sheet("A foot.")
    sheet.write("夢 and שלום and 👩🏽‍🚀", typeset.WORDS)
    sheet.write("again 夢", typeset.WORDS)
    [page] = pages(sheet.finish())
    assert page == f"□ and □□□□ and □□ again □ {typeset.MISSING} A foot. 1 of 1"
    sheet = Sheet("A foot.")
    sheet.write("□ a box of one's own", typeset.WORDS)
    assert typeset.MISSING not in pages(sheet.finish())[0]


def test_words_are_no_markup() -> None:
    said = '<b>(a) \\ )Tj</b> & <font color="[x]"> %EOF'
    sheet = Sheet("A foot.")
    sheet.write(said, typeset.WORDS)
    assert pages(sheet.finish()) == [f"{said} A foot. 1 of 1"]


def test_the_file_says_nothing_of_itself_and_is_the_same_each_time() -> None:
    def made() -> bytes:
        sheet = Sheet("Maya, for Dr Ana Reyes")
        sheet.write("Maya", typeset.TITLE)
        return sheet.finish()

    assert made() == made()
    of_itself = told(made())
    assert of_itself["/Title"] == "Page"
    assert of_itself["/Author"] == of_itself["/Creator"] == of_itself["/Producer"] == ""
    assert "Maya" not in str(of_itself)
    assert b"Maya" not in made()


def test_every_font_it_names_is_in_it() -> None:
    sheet = Sheet("A foot.")
    sheet.write("Words.", typeset.WORDS)
    fonts = opened(sheet.finish()).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    used = [fonts[name].get_object() for name in fonts]
    assert len(used) == 2
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


def test_the_library_is_not_loaded_at_the_start() -> None:
    code = "import sys, journal.app; print(any(m.startswith('reportlab') for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
