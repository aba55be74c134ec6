"""The WSGI entry point: `application` from the settings in the environment."""

import os

from journal.app import create_app
from journal.config import Settings

application = create_app(Settings.from_env(os.environ))
