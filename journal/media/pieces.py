"""How a medium is cut into pieces."""

PIECE = 262_144  # bytes
MAX_SIZE = 32 * 1024 * 1024  # bytes of one medium


def count(size: int) -> int:
    """How many pieces a medium of `size` bytes has."""
    return -(-size // PIECE)


def length(size: int, n: int) -> int:
    """How long piece `n` is: all are alike but the last."""
    return min(PIECE, size - n * PIECE)
