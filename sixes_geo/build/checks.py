"""What must hold of a city's tables before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from sixes_geo.build.raw import RawFolder
from sixes_geo.errors import BuildError, Problem


def check(
    recipe: Mapping[str, Any],
    raw: RawFolder,
    units: Mapping[str, gpd.GeoDataFrame],
    indicators: pd.DataFrame,
    sites: gpd.GeoDataFrame,
) -> None:
    """Refuse what contradicts itself, all faults together.

    Raises
    ------
    BuildError
        With every raw file that is declared and not read, every name that is used and not
        listed, and every row that occurs twice or holds no number.
    """
    problems = [
        Problem("unread_raw", {"path": entry["path"]})
        for entry in recipe["raw"]
        if entry["path"] not in raw.used
    ]
    declared = {entry["id"] for entry in recipe["initiatives"]}
    problems += [
        Problem("unlisted_initiative", {"got": name})
        for name in sorted(set(sites["initiative"]) - declared)
    ]
    known = {unit: set(frame["id"]) for unit, frame in units.items()}
    listed = {entry["indicator"] for entry in recipe["indicators"]}
    for unit, rows in indicators.groupby("unit"):
        stray = sorted(set(rows["id"]) - known.get(str(unit), set()))
        problems += [Problem("unknown_unit_id", {"unit": unit, "got": name}) for name in stray]
    problems += [
        Problem("unlisted_indicator", {"got": name})
        for name in sorted(set(indicators["indicator"]) - listed)
    ]
    doubled = indicators.duplicated(["unit", "id", "indicator", "year"]).sum()
    if doubled:
        problems.append(Problem("duplicate_rows", {"path": "indicators.csv", "got": int(doubled)}))
    if not np.isfinite(indicators["value"]).all():
        problems.append(Problem("missing_values", {"path": "indicators.csv"}))
    if problems:
        raise BuildError("build", problems, "mend_recipe", where=recipe["city"]["city"])
