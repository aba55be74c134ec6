"""Say early when the port is taken: installing takes a minute."""

import socket
import sys

from tools.machine import stop

given = " ".join(sys.argv[1:])
if not (given.isdecimal() and given.isascii() and 0 < int(given) < 65536):
    stop(f"PORT is a number from 1 to 65535, not “{given}”. For example: make run PORT=8010")
port = int(given)
with socket.socket() as trial:
    trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        trial.bind(("127.0.0.1", port))
    except OSError:
        stop(f"Port {port} is taken. Stop what runs there, or choose another: make run PORT=8010")
