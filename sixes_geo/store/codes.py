"""Who may remove what people keep: whoever has its code, and the facilitator of a server.

A code is a random secret that a session or command keeps things with. Only its checksum is
stored: it is shown once, and cannot be looked up. A public server can be set to keep nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets

FACILITATOR_VARIABLE = "SIXES_FACILITATOR"
"""The environment variable that holds the facilitator's secret."""

READ_ONLY_VARIABLE = "SIXES_READ_ONLY"
"""The environment variable that keeps anybody from keeping and removing."""

NO = ("", "0", "false", "no")

BYTES = 16
"""Random bytes of a code: nobody guesses it."""


def new_code() -> str:
    """Return a code that nobody else has, in letters and digits that are not confused."""
    return secrets.token_hex(BYTES)


def checksum(code: str) -> str:
    """Return what is stored of a code; nothing if there is none."""
    return hashlib.sha256(code.strip().encode()).hexdigest() if code.strip() else ""


def is_facilitator(code: str) -> bool:
    """Tell whether a code is the facilitator's secret."""
    wanted = checksum(os.environ.get(FACILITATOR_VARIABLE, ""))
    return bool(wanted) and hmac.compare_digest(checksum(code), wanted)


def may_change(owner: str, code: str) -> bool:
    """Tell whether somebody with a code may remove or undo what has an owner."""
    given = checksum(code)
    owns = bool(owner) and bool(given) and hmac.compare_digest(owner, given)
    return owns or is_facilitator(code)


def is_read_only() -> bool:
    """Tell whether nothing may be kept or removed here."""
    return os.environ.get(READ_ONLY_VARIABLE, "").strip().lower() not in NO
