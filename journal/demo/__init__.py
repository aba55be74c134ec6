"""A clinic to try things in: people who do not exist, their dates around today.

The words lie in `data/`. They go through the services that real people use, at times in the
past: what the demo holds is sealed, chained and receipted like anything else.
"""

from journal.demo.notice import notice
from journal.demo.people import CODE, PASSWORD
from journal.demo.service import NotEmpty, SignIn, canaries, fill, sign_ins

__all__ = ["CODE", "PASSWORD", "NotEmpty", "SignIn", "canaries", "fill", "notice", "sign_ins"]
