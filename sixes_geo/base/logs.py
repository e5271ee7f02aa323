"""Logging to standard error, for those who run the dashboard.

Modules log through `logging.getLogger(__name__)`: start and stop, refused files, and exceptions
with the page and the question. No personal data is logged: no addresses of visitors, no free
text, no content of files.
"""

from __future__ import annotations

import logging

LEVELS = ("debug", "info", "warning", "error")
"""Log levels, the most detailed first."""
DEFAULT_LEVEL = "warning"

_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def start_logging(level: str = DEFAULT_LEVEL) -> None:
    """Send messages from a level upwards to standard error.

    Parameters
    ----------
    level
        One of `LEVELS`.
    """
    logging.basicConfig(format=_FORM, level=DEFAULT_LEVEL.upper(), force=True)
    logging.getLogger("sixes_geo").setLevel(level.upper())
