"""The only place that asks what time it is.

Only views and commands call `now()`; everything below takes `at` as an argument, so that rules
can be tested to the second and a whole request is decided at one time.
"""

import threading
from datetime import UTC, datetime

_lock = threading.Lock()
_latest = datetime.min.replace(tzinfo=UTC)


def now() -> datetime:
    """Return the present in UTC, never earlier than an answer already given by this process.

    A machine's clock can be set back. Consent that had ended by the earlier answer must not
    come alive again, so time here only moves on.
    """
    global _latest
    with _lock:
        _latest = max(_latest, datetime.now(UTC))
        return _latest
