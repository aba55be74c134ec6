"""The WSGI entry point: `application` from the settings in the environment.

It does not come to be when the canary escapes: see `journal.canary`.
"""

import os

from journal import canary, clock
from journal.app import create_app
from journal.config import Settings
from journal.web import logs

logs.write(None)
_settings = Settings.from_env(os.environ)
canary.check(_settings, at=clock.now())
application = create_app(_settings)
