"""First come, first served."""

import threading
import time

from journal.db.turns import FairLock


def wait_until_queued(lock: FairLock, waiting: int) -> None:
    for _ in range(2000):
        if len(lock._queue) == waiting:
            return
        time.sleep(0.001)
    raise AssertionError(f"{len(lock._queue)} wait, not {waiting}")


def test_who_waits_is_served_in_the_order_they_came():
    lock, served, threads = FairLock(), [], []

    def take(n: int) -> None:
        lock.acquire()
        served.append(n)
        lock.release()

    lock.acquire()
    for n in range(20):
        thread = threading.Thread(target=take, args=(n,))
        thread.start()
        threads.append(thread)
        wait_until_queued(lock, n + 1)
    assert served == []
    lock.release()
    for thread in threads:
        thread.join(10)
    assert served == list(range(20))


def test_a_newcomer_does_not_overtake_who_waits():
    lock, served = FairLock(), []
    lock.acquire()
    waiter = threading.Thread(target=lambda: (lock.acquire(), served.append("waiter")))
    waiter.start()
    wait_until_queued(lock, 1)
    lock.release()
    newcomer = threading.Thread(target=lambda: (lock.acquire(), served.append("newcomer")))
    newcomer.start()
    waiter.join(10)
    wait_until_queued(lock, 1)
    assert served == ["waiter"]
    lock.release()
    newcomer.join(10)
    assert served == ["waiter", "newcomer"]


def test_one_at_a_time():
    lock, inside, most = FairLock(), [], []

    def work() -> None:
        for _ in range(50):
            lock.acquire()
            inside.append(1)
            most.append(len(inside))
            inside.pop()
            lock.release()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert set(most) == {1}
    assert len(most) == 400
    lock.acquire()  # and it is free again
