"""The one place where tests wait: asking again until the answer is yes, never for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
EVERY_S = 0.1


def until(ask: Callable[[], Answer], limit_s: float) -> Answer:
    """Ask until an answer is true, or the time is over; return the last answer."""
    limit = time.monotonic() + limit_s
    while not (answer := ask()) and time.monotonic() < limit:
        time.sleep(EVERY_S)
    return answer
