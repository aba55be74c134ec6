"""The lines of a calendar file, in one pass: put together, and without zones of the file's own."""

from collections.abc import Iterator

from icalendar.parser import Contentline


class Broken(ValueError):
    """A zone that begins and does not end, or ends and did not begin."""


def without_zones(text: str) -> str:
    """A calendar file without its `VTIMEZONE`s, a line for each thing it says.

    Those are rules that may take long to work out, and that a reader keeps for the files that
    follow; the zones of the database have names.

    :raises Broken: it cannot be told where a zone is.
    """
    kept: list[str] = []
    inside = False
    for line in _whole(text):
        does = _does(line)
        if does is None:
            if not inside:
                kept.append(line)
        elif inside == (does == "BEGIN"):
            raise Broken
        else:
            inside = not inside
    if inside:
        raise Broken
    return "\r\n".join(kept) + "\r\n"


def _does(line: str) -> str | None:
    """What a line does to a zone, `BEGIN` or `END`, as the calendar's own reader takes it.

    It is lenient: a space in a name is nothing to it, and neither is a parameter.
    """
    try:
        name, _, of = Contentline(line).parts()  # type: ignore[no-untyped-call]
    except ValueError:
        return None  # it is no line to the reader
    does = name.upper()
    return does if does in {"BEGIN", "END"} and of.strip().upper() == "VTIMEZONE" else None


def _whole(text: str) -> Iterator[str]:
    """The lines; one that begins with a space goes on with the one before."""
    parts: list[str] = []
    for line in text.split("\n"):
        more = line.removesuffix("\r")
        if parts and more[:1] in {" ", "\t"}:
            parts.append(more[1:])
        elif more:
            if parts:
                yield "".join(parts)
            parts = [more]
    if parts:
        yield "".join(parts)
