"""R17: passwords guessed for one person, from one address and from a thousand."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from journal.accounts.models import Kind, Notice
from tests.attacks.rig import Target, meanwhile, percentile, sign_in

TRIES = 2_000
AT_ONCE = 8
MOST_NOTICES = 3
HARD_STOP = 100


def attack(on: Target, *, tries: int = TRIES) -> dict[str, str | int | float]:
    """Guess, while the one whose account it is signs in with their passkey again and again."""
    victim = on.world.patient.id
    figures: dict[str, str | int | float] = {}
    counting = threading.Lock()
    # Guesses that were looked at since the person was last in: then counting begins anew.
    in_a_row = longest = 0

    def comes_in() -> None:
        nonlocal in_a_row
        on.browser(victim)
        in_a_row = 0

    for name, sources in (("one address", 1), ("a thousand networks", 1000)):
        statuses: Counter[int] = Counter()

        def guess(n: int, sources: int = sources, statuses: Counter[int] = statuses) -> None:
            source = f"127.{1 + n % sources // 250}.{1 + n % sources % 250}.1"
            status, headers = sign_in(on.server, "patient@example.org", f"guess {n}", source=source)
            assert status in {401, 429}, status
            assert status == 401 or int(headers.get("Retry-After", 1)) >= 1
            statuses[status] += 1
            nonlocal in_a_row, longest
            with counting:
                in_a_row += status == 401
                longest = max(longest, in_a_row)

        began = time.monotonic()
        with (
            meanwhile(comes_in, every=0.5) as waits,
            ThreadPoolExecutor(AT_ONCE) as pool,
        ):
            list(pool.map(guess, range(tries)))
        figures[f"{name}: tries / s"] = round(tries / (time.monotonic() - began))
        figures[f"{name}: looked at"] = statuses[401]
        figures[f"{name}: the person's own passkey, slowest, ms"] = round(percentile(waits, 1))
        figures[f"{name}: of so many sign-ins"] = len(waits)
        assert percentile(waits, 1) < 2000, f"the person waits {percentile(waits, 1):.0f} ms"
    # Those under way while the person came in count on both sides.
    assert longest <= HARD_STOP + AT_ONCE, longest
    with on.database.session(writing=False) as session:
        mine = Notice.account_id == victim, Notice.kind == Kind.TOO_MANY_TRIES
        told = session.scalar(select(func.count()).select_from(Notice).where(*mine)) or 0
    assert 1 <= told <= MOST_NOTICES, told
    figures["passwords looked at in a row"] = longest
    figures["notices"] = told
    return figures
