"""Where the store is, known without opening it."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

VARIABLE = "SIXES_STORE"
"""The environment variable that names the address of the store, a URL."""

FILE = "store.sqlite3"


def named_address() -> str:
    """Return the address that the environment names; "" if it names none."""
    return os.environ.get(VARIABLE, "").strip()


def own_file() -> Path:
    """Return the file of the store in the user's own data folder."""
    return user_data_path("sixes-geo", appauthor=False) / FILE


def may_exist() -> bool:
    """Tell whether there may be a store: a file in the user's folder, or an address."""
    try:
        return bool(named_address()) or own_file().exists()
    except OSError:
        return False
