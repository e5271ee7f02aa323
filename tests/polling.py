"""The only place where tests wait: until a condition holds, never for a fixed time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
EVERY_S = 0.1


def until(ask: Callable[[], Answer], limit_s: float) -> Answer:
    """Poll until an answer is true or the time is up, and return the last answer."""
    limit = time.monotonic() + limit_s
    while not (answer := ask()) and time.monotonic() < limit:
        time.sleep(EVERY_S)
    return answer
