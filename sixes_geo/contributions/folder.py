"""The folder in which earlier versions kept a file for each contribution.

It is the one that `VARIABLE` names, or the user's own. Nothing is written there any more.
"""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

VARIABLE = "SIXES_REGISTRY"
INDICATORS, TAGS, CROSSWALK = "indicators", "tags", "crosswalk"
SUFFIX = {INDICATORS: ".json", TAGS: ".csv", CROSSWALK: ".csv"}

EVERYWHERE = ""
"""In place of a city: what belongs to none of them."""


def folder() -> Path:
    """Return the folder."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else user_data_path("sixes-geo", appauthor=False) / "registry"


def folder_files(kind: str, city: str = EVERYWHERE) -> tuple[Path, ...]:
    """Return the files of one kind of contribution, for a city or for all of them, by name."""
    try:
        return tuple(sorted((folder() / city / kind).glob(f"*{SUFFIX[kind]}")))
    except OSError:  # a folder that nobody may look into
        return ()
