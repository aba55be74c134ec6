"""The production server: granian reads HTTP, the gateway hands whole requests on."""

import ctypes
import multiprocessing
import os
import resource
import socket
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any
from wsgiref.types import WSGIApplication

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from journal.web.gateway import Gateway

HEADER_MILLISECONDS = 10_000
MAX_CONNECTIONS = 4096  # open ones, a worker
STOP_SECONDS = 15
THREADS = 8  # a worker
LARGE_BUFFER = 256 * 1024  # bytes
M_MMAP_THRESHOLD = -3  # of glibc's malloc.h

Make = Callable[[], WSGIApplication]


def serve(make: Make, *, host: str, port: int, workers: int = 1) -> None:
    """Serve what `make` makes until SIGTERM or SIGINT; requests under way are finished.

    Each worker is a process below this one and makes its own application: no connection and no
    thread is shared. `make` travels there, so it is a function of a module, or a `partial` of one.

    :raises OSError: the port is taken, or the host has no address here.
    """
    Granian(
        "journal",
        address=claim(host, port),
        port=port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        workers=workers,
        websockets=False,
        backpressure=MAX_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS),
        log_level=LogLevels.warning,
        workers_kill_timeout=STOP_SECONDS,
    ).serve(target_loader=partial(start_worker, make), wrap_loader=False)


def claim(host: str, port: int) -> str:
    """Return the address to listen on.

    granian does not resolve names, and would share a taken port with its owner in silence.

    :raises OSError: the port is taken, or the host has no address here.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, *_, where = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind(where)
    return str(where[0])


def start_worker(make: Make) -> Any:
    """Make the application in the worker's process, behind the gateway."""
    # Under load the event loop waits for the interpreter behind busy threads: hand it over sooner.
    sys.setswitchinterval(0.001)
    # Every open connection is a file; the usual soft limit of 1,024 is fewer than we hold.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    give_back_large_buffers()
    threading.Thread(target=end_with_parent, daemon=True).start()
    return Gateway(make(), threads=THREADS)


def give_back_large_buffers() -> None:
    """Return the memory of a large body to the machine once it was read.

    glibc lets what counts as large grow with what was asked for, up to 32 MiB, and keeps the rest
    for each thread. Other C libraries have nothing of the kind, and need nothing.
    """
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(M_MMAP_THRESHOLD, LARGE_BUFFER)


def end_with_parent() -> None:
    """A parent that was killed cannot stop its workers: they must not keep the port."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
