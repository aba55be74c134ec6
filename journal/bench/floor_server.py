"""`python -m journal.bench.floor_server PORT`: one floor under the production server."""

import sys

from journal.bench import floors
from journal.web import server

if __name__ == "__main__":
    server.serve(floors.application, host="127.0.0.1", port=int(sys.argv[1]))
