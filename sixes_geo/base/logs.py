"""What is logged, and where to: standard error, for whoever runs the dashboard.

Modules log through `logging.getLogger(__name__)`: the start and the end, what was refused, what
broke, with the page and the choice. Nothing is logged that says who somebody is or what a file
of theirs holds: no addresses of visitors, no free texts, no contents.
"""

from __future__ import annotations

import logging

LEVELS = ("debug", "info", "warning", "error")
"""How much is told, most first."""
DEFAULT_LEVEL = "warning"

_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def start_logging(level: str = DEFAULT_LEVEL) -> None:
    """Send what is logged from a level on to standard error.

    Parameters
    ----------
    level
        One of `LEVELS`.
    """
    logging.basicConfig(format=_FORM, level=DEFAULT_LEVEL.upper(), force=True)
    logging.getLogger("sixes_geo").setLevel(level.upper())
