"""The portal's settings, one concern a file; `env.py` holds everything that comes from outside."""

import django_stubs_ext

from .api import *  # noqa: F403
from .apps import *  # noqa: F403
from .database import *  # noqa: F403
from .env import *  # noqa: F403
from .logs import *  # noqa: F403
from .security import *  # noqa: F403
from .signin import *  # noqa: F403

django_stubs_ext.monkeypatch()
