"""The raw files of a city, with a record of which were read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import geopandas as gpd
import pandas as pd

from sixes_geo.base.errors import BuildError, Problem
from sixes_geo.city.tables import GEOGRAPHIC


class RawFolder:
    """A folder of raw files that records which were read.

    Parameters
    ----------
    folder
        Folder that holds the city's raw files.
    expected
        File names the recipe declares; missing ones are reported together.
    """

    def __init__(self, folder: Path, expected: tuple[str, ...]) -> None:
        self.folder = folder
        self.used: set[str] = set()
        self._expected = frozenset(expected)
        missing = [name for name in expected if not (folder / name).is_file()]
        if missing:
            problems = [Problem("missing_file", {"path": str(folder / name)}) for name in missing]
            raise BuildError("build", problems, "give_raw_folder", where=folder.name)

    def csv(self, name: str, **options: object) -> pd.DataFrame:
        """Read a table with every column as text; an empty cell is missing."""
        return pd.read_csv(self._path(name), dtype=str, encoding="utf-8-sig", **options)  # type: ignore[call-overload,no-any-return]

    def geojson(self, name: str) -> gpd.GeoDataFrame:
        """Read shapes in longitude and latitude."""
        shapes = gpd.read_file(self._path(name))
        return shapes.to_crs(GEOGRAPHIC)

    def sha256(self, name: str) -> str:
        """Return the checksum of a raw file."""
        return hashlib.sha256((self.folder / name).read_bytes()).hexdigest()

    def _path(self, name: str) -> Path:
        """Return the path of a declared file, and record that it was used."""
        if name not in self._expected:
            problem = Problem("undeclared_raw", {"path": name})
            raise BuildError("build", [problem], "declare_raw", where=self.folder.name)
        self.used.add(name)
        return self.folder / name
