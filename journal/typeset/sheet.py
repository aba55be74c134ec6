"""Paragraphs that flow down A4 pages, with a foot and a number on each.

Pages are laid out first and drawn at the end: only then is it known how many there are. What is
drawn is plain text at a place, never markup: a person's words are not a language to be read. The
file names nobody, and the same pages give the same bytes.
"""

from dataclasses import dataclass, field
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from journal.typeset.letters import BOX, Voice, broken, fonts, plain, runs, width

WIDE, HIGH = A4  # points
MARGIN = 62.0
BOTTOM = 84.0
COLUMN = WIDE - 2 * MARGIN
MISSING = f"{BOX} stands for a letter or a sign that this file cannot show."


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a paragraph looks; lengths in points."""

    voice: Voice = Voice.SANS
    size: float
    leading: float
    grey: float = 0.0
    before: float = 0.0
    """Room above, except at the top of a page."""
    keep: float = 0.0
    """What has to fit below it on the same page."""


TITLE = Style(size=20, leading=26)
SECTION = Style(size=13, leading=18, before=18, keep=66)
HEADING = Style(size=10.5, leading=15, grey=0.35, before=13, keep=40)
ASKED = Style(size=9.5, leading=14, grey=0.35, before=6, keep=18)
WORDS = Style(voice=Voice.SERIF, size=11.5, leading=17, before=1)
PLAIN = Style(size=10.5, leading=15.5)
SMALL = Style(size=8.5, leading=12.5, grey=0.35, before=2)
FOOT = Style(size=8, leading=11, grey=0.35)


@dataclass(frozen=True, slots=True)
class _Line:
    x: float
    y: float
    text: str
    style: Style


@dataclass(slots=True)
class Sheet:
    """A document in the making.

    :param foot: what stands at the foot of every page, beside its number.
    """

    foot: str
    _pages: list[list[_Line]] = field(default_factory=lambda: [[]])
    _y: float = HIGH - MARGIN
    _missing: bool = False

    def write(self, text: str, style: Style) -> None:
        """Add a text, each of its lines as a paragraph of its own."""
        for n, paragraph in enumerate(text.splitlines()):
            seen = plain(paragraph)
            self._missing = self._missing or (BOX in seen and BOX not in paragraph)
            before = style.before if n == 0 else 0.0
            for line in broken(seen, style.voice, style.size, COLUMN) or [""]:
                self._put(line, style, before)
                before = 0.0

    def gap(self, points: float) -> None:
        """Leave room."""
        self._y -= points

    def fact(self, label: str, value: str) -> None:
        """Add a fact on a line of its own."""
        self.write(f"{label}: {value}", PLAIN)

    def finish(self) -> bytes:
        """Return the document as PDF."""
        if self._missing:
            self.write(MISSING, SMALL)
        made = BytesIO()
        first = fonts()[Voice.SANS].fontName  # or a font is named that is not in the file
        canvas = Canvas(made, pagesize=A4, invariant=1, lang="en", initialFontName=first)
        canvas.setTitle("Page")
        canvas.setAuthor("")
        canvas.setCreator("")
        canvas.setProducer("")
        foot = [
            line
            for paragraph in self.foot.splitlines()
            for line in broken(plain(paragraph), FOOT.voice, FOOT.size, COLUMN - 60)
        ]
        for number, lines in enumerate(self._pages, start=1):
            for line in lines:
                _draw(canvas, line)
            for n, text in enumerate(foot):
                _draw(canvas, _Line(MARGIN, BOTTOM - 28 - n * FOOT.leading, text, FOOT))
            said = f"{number} of {len(self._pages)}"
            x = WIDE - MARGIN - width(said, FOOT.voice, FOOT.size)
            _draw(canvas, _Line(x, BOTTOM - 28, said, FOOT))
            canvas.showPage()
        canvas.save()
        return made.getvalue()

    def _put(self, text: str, style: Style, before: float) -> None:
        top = not self._pages[-1]
        needed = (0.0 if top else before) + style.leading + style.keep
        if not top and self._y - needed < BOTTOM:
            self._pages.append([])
            self._y, top = HIGH - MARGIN, True
        if text or not top:
            self._y -= (0.0 if top else before) + style.leading
            self._pages[-1].append(_Line(MARGIN, self._y, text, style))


def _draw(canvas: Canvas, line: _Line) -> None:
    text = canvas.beginText(line.x, line.y)
    text.setFillGray(line.style.grey)
    for voice, piece in runs(line.text, line.style.voice):
        text.setFont(fonts()[voice].fontName, line.style.size)
        text.textOut(piece)
    canvas.drawText(text)
