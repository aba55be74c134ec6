"""Hear that the server is told to stop, beside the server's own handling of it."""

import asyncio
import signal
import threading
from collections.abc import Callable


def when_told(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    """Call `stop` in the loop when this process gets the signal its server stops on.

    The server's loop hears signals through a file of its own. What Python itself calls is then a
    handler that does nothing: this takes its place, and the server's own handling goes on.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
