"""Time only moves on."""

from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from journal import clock


class SetBack(datetime):
    """A machine's clock that is set back by an hour after its first answer."""

    answers: list[datetime]

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        assert tz is UTC
        return cls.answers.pop(0)


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == timedelta(0)


def test_a_clock_set_back_does_not_take_time_back(monkeypatch: pytest.MonkeyPatch):
    first = datetime(2999, 1, 1, tzinfo=UTC)
    SetBack.answers = [first, first - timedelta(hours=1), first + timedelta(seconds=1)]
    monkeypatch.setattr(clock, "datetime", SetBack)
    monkeypatch.setattr(clock, "_latest", clock._latest)
    assert [clock.now() for _ in range(3)] == [first, first, first + timedelta(seconds=1)]
