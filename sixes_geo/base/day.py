"""Today, as the reader has it: in the evening the Americas are a day behind UTC."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import suppress
from zoneinfo import ZoneInfo

FIXED_VARIABLE = "SOURCE_DATE_EPOCH"
"""The environment variable with the seconds since 1970 that builds agree to call now."""


def today(zone: str | None = None, now: dt.datetime | None = None) -> str:
    """Return the present day as YYYY-MM-DD.

    Parameters
    ----------
    zone
        The reader's time zone, as a browser names it. One that is not known here is that of this
        machine; so is none, unless `FIXED_VARIABLE` fixes the moment, and with it the day in UTC.
    now
        The moment, in any time zone; by default the present one.

    Examples
    --------
    >>> late = dt.datetime(2026, 11, 29, 1, 0, tzinfo=dt.UTC)
    >>> today("America/Santiago", late), today("Europe/Madrid", late)
    ('2026-11-28', '2026-11-29')
    """
    fixed = None if zone or now else _fixed()
    if fixed is not None:
        return fixed.date().isoformat()
    moment = now or _now()
    # A browser may send any text, and a machine may lack the list of zones.
    with suppress(LookupError, ValueError, OSError):
        if zone:
            return moment.astimezone(ZoneInfo(zone)).date().isoformat()
    return moment.astimezone().date().isoformat()


def _now() -> dt.datetime:
    """Return the present moment."""
    return dt.datetime.now(tz=dt.UTC)


def _fixed() -> dt.datetime | None:
    """Return the moment that builds agree on, if there is one."""
    with suppress(ValueError, OverflowError, OSError):
        return dt.datetime.fromtimestamp(int(os.environ.get(FIXED_VARIABLE, "")), tz=dt.UTC)
    return None
