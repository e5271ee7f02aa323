"""Whether anything was added to a city, told without loading what reads it."""

from __future__ import annotations

from importlib import import_module

from sixes_geo.base.errors import DataError
from sixes_geo.contributions.folder import INDICATORS, TAGS, folder_files
from sixes_geo.store.location import may_exist


def anything_added(city: str) -> bool:
    """Tell whether people have added indicators or tags to a city."""
    if folder_files(INDICATORS, city) or folder_files(TAGS, city):
        return True
    if not may_exist():
        return False
    state = import_module("sixes_geo.store.contributions").state  # heavy, needed where it is
    try:
        return bool(state(city)[1])
    except DataError:
        return False
