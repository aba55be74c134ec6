"""Reads a PDF as somebody else's program would."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader


def opened(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made), strict=True)


def pages(made: bytes) -> list[str]:
    """The text of each page, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in opened(made).pages]


def told(made: bytes) -> dict[str, Any]:
    """What the file says of itself."""
    return dict(opened(made).metadata or {})
