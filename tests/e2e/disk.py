"""What lies in a browser's folder, opened as far as anybody could open it without a key.

Beside the files as they are, this looks into LevelDB tables (their blocks are packed with Snappy)
and into values that the browser itself packed with Snappy before it stored them.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

TABLE = 0xDB4775248B80FB57  # the last eight bytes of a LevelDB table
FOOTER = 48
SNAPPY = 1
PACKED_VALUE = b"\xff\x11\x02"  # how Chromium marks an IndexedDB value it has packed
MOST = 64 << 20


def found_in(folder: Path, words: list[str]) -> dict[str, list[str]]:
    """Which of these words lie where, in UTF-8 or UTF-16, packed or not."""
    shapes = {word: (word.encode(), word.encode("utf-16-le")) for word in words}
    told: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        for part in readings(path.read_bytes()):
            low = part.lower()
            for word, (utf8, utf16) in shapes.items():
                if utf8 in low or utf16 in low:
                    told.setdefault(word, []).append(str(path.relative_to(folder)))
    return {word: sorted(set(places)) for word, places in told.items()}


def readings(raw: bytes) -> Iterator[bytes]:
    """The bytes, and everything that is packed in them."""
    blocks = [raw, *_blocks(raw)]
    for block in blocks:
        yield block
        yield from _values(block)
    for start in _positions(raw, b"\x1f\x8b\x08"):
        try:
            yield zlib.decompressobj(wbits=31).decompress(raw[start:], MOST)
        except zlib.error:
            continue


def _blocks(raw: bytes) -> Iterator[bytes]:
    """The blocks of a LevelDB table, unpacked."""
    if len(raw) < FOOTER or struct.unpack("<Q", raw[-8:])[0] != TABLE:
        return
    at = 0
    footer = raw[-FOOTER:]
    for _ in range(2):  # where the index of the index lies, which says nothing here
        _, at = _number(footer, at)
    start, at = _number(footer, at)
    size, at = _number(footer, at)
    for value in _entries(_block(raw, start, size)):
        start, at = _number(value, 0)
        size, _ = _number(value, at)
        block = _block(raw, start, size)
        yield block
        yield from _entries(block)


def _block(raw: bytes, start: int, size: int) -> bytes:
    inside = raw[start : start + size]
    return unpacked(inside) if raw[start + size] == SNAPPY else inside


def _entries(block: bytes) -> Iterator[bytes]:
    """The values of a block; its keys share their beginnings and lie in it as they are."""
    restarts = struct.unpack("<I", block[-4:])[0]
    at, end = 0, len(block) - 4 * (restarts + 1)
    while at < end:
        _, at = _number(block, at)
        own, at = _number(block, at)
        size, at = _number(block, at)
        at += own
        yield block[at : at + size]
        at += size


def _values(block: bytes) -> Iterator[bytes]:
    for start in _positions(block, PACKED_VALUE):
        try:
            yield unpacked(block[start + len(PACKED_VALUE) :])
        except (ValueError, IndexError):
            continue


def _positions(raw: bytes, mark: bytes) -> Iterator[int]:
    at = raw.find(mark)
    while at >= 0:
        yield at
        at = raw.find(mark, at + 1)


def _number(raw: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    value = shift = 0
    while True:
        byte = raw[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def unpacked(raw: bytes) -> bytes:
    """Undo Snappy. Stops where the bytes stop making sense: what came before is kept."""
    length, at = _number(raw, 0)
    if length > MOST:
        raise ValueError("not packed")
    out = bytearray()
    while len(out) < length and at < len(raw):
        tag = raw[at]
        at += 1
        kind = tag & 3
        if kind == 0:
            size, at = _literal(raw, tag, at)
            out += raw[at : at + size]
            at += size
            continue
        if kind == 1:
            size, back = (tag >> 2 & 7) + 4, (tag >> 5) << 8 | raw[at]
            at += 1
        else:
            width = 2 if kind == 2 else 4
            size, back = (tag >> 2) + 1, int.from_bytes(raw[at : at + width], "little")
            at += width
        if not 0 < back <= len(out):
            break
        for _ in range(size):
            out.append(out[-back])
    return bytes(out)


def _literal(raw: bytes, tag: int, at: int) -> tuple[int, int]:
    size = tag >> 2
    if size < 60:
        return size + 1, at
    width = size - 59
    return int.from_bytes(raw[at : at + width], "little") + 1, at + width
