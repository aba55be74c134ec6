"""What the people of the demo drew with a finger, by formula: strokes as the app keeps them."""

from collections.abc import Callable, Iterable
from math import cos, pi, sin
from typing import Any

WIDTH, HEIGHT = 360, 480
Points = Iterable[tuple[float, float]]


def drawn(name: str) -> dict[str, Any]:
    """One of the drawings below, as an answer."""
    return {"width": WIDTH, "height": HEIGHT, "strokes": DRAWINGS[name]()}


def _stroke(points: Points, *, color: int = 0, size: int = 2) -> dict[str, Any]:
    return {"color": color, "size": size, "points": [round(n) for point in points for n in point]}


def _ring(x: float, y: float, radius: float, *, turns: float = 1.05, **how: int) -> dict[str, Any]:
    """A circle as a hand draws it: not quite round, and a little past its beginning."""
    steps = [turns * 2 * pi * step / 40 for step in range(41)]
    wobble = [radius * (1 + 0.05 * sin(3 * angle + x)) for angle in steps]
    return _stroke(
        ((x + r * cos(angle), y + r * sin(angle)) for r, angle in zip(wobble, steps, strict=True)),
        **how,
    )


def _hill() -> list[dict[str, Any]]:
    """A long slope, two wheels on it, and the ticking behind them."""
    slope = [(x, 180 + 190 * (x / 360) ** 1.6) for x in range(10, 351, 10)]
    wheels = [_ring(150, 188, 22, color=1), _ring(206, 214, 22, color=1)]
    frame = _stroke([(150, 188), (172, 158), (196, 170), (206, 214)], size=1)
    ticks = [
        _stroke([(108 - 22 * n, 168 - 6 * n), (100 - 22 * n, 158 - 6 * n)], color=2, size=1)
        for n in range(4)
    ]
    return [_stroke(slope, size=3), *wheels, frame, *ticks]


def _bow() -> list[dict[str, Any]]:
    """One long note: waves that run from side to side inside a body of wood."""
    waves = [
        _stroke(
            (
                (x, 240 + 30 * n + 26 * sin(pi * (x - 40) / 280) * sin(2 * pi * x / 70))
                for x in range(40, 321, 4)
            ),
            color=3,
            size=1 + (n == 0),
        )
        for n in (-1, 0, 1)
    ]
    side = [
        (180 + 150 * cos(t) * (1 - 0.28 * cos(t * 2) ** 8), 240 + 190 * sin(t))
        for t in (2 * pi * n / 60 for n in range(61))
    ]
    return [_stroke(side, color=4, size=2), *waves]


def _dust() -> list[dict[str, Any]]:
    """A window's light, and specks that turn in it."""
    rays = [_stroke([(20, 30 + 26 * n), (330, 190 + 62 * n)], color=2, size=1) for n in range(4)]
    specks = [
        _ring(70 + (n * 83) % 240, 130 + (n * 59) % 250, 3 + n % 3, color=n % 2, size=1)
        for n in range(18)
    ]
    return [*rays, *specks]


DRAWINGS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "hill": _hill,
    "bow": _bow,
    "dust": _dust,
}
