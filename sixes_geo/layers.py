"""Read a city's files, each one checked against its manifest first.

What is returned is shared between callers: copy before changing anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import pandas as pd

from sixes_geo import doors
from sixes_geo.errors import DataError, Problem
from sixes_geo.i18n import LANGUAGES
from sixes_geo.model import City, Indicator, Initiative, Resource, Unit

GEOGRAPHIC = "EPSG:4326"


@dataclass(frozen=True)
class Investment:
    """Money of one year by the unit it was spent in.

    ``amounts`` is in units of ``currency`` on every unit of the level, of the money of that
    year; a unit that the table does not name is missing, not zero. ``unplaced`` is money of
    the year that the table gives to no unit.
    """

    amounts: pd.Series[float]
    unplaced: float
    currency: str

    @property
    def unplaced_share(self) -> float:
        """Part of the whole that no unit is named for; missing if there is no money at all."""
        whole = float(self.amounts.sum()) + self.unplaced
        return self.unplaced / whole if whole else float("nan")


def verified_path(city: City, name: str) -> Path:
    """Return a file's path once it is known to be the file the manifest describes.

    Raises
    ------
    DataError
        If the file is missing or has changed, with what was expected and what was found.
    """
    resource = _resource(city, name)
    path = city.folder / resource.path
    place = f"{city.city}/{resource.path}"
    if not path.is_file():
        raise DataError("data", [Problem("missing_file", {"path": place})], "restore_data")
    found = _sha256(path, path.stat().st_mtime_ns, path.stat().st_size)
    if found != resource.sha256:
        fields = {"path": place, "expected": resource.sha256[:12], "got": found[:12]}
        raise DataError("data", [Problem("changed_file", fields)], "restore_data")
    return path


def has(city: City, name: str) -> bool:
    """Tell whether a city has a file of this name."""
    return any(resource.name == name for resource in city.resources)


def read_units(city: City, unit: Unit) -> gpd.GeoDataFrame:
    """Read one level of units: ``id``, ``name``, ``parent``, geometry; ordered by id."""
    return _features(verified_path(city, unit.resource), _resource(city, unit.resource).sha256)


def read_sites(city: City) -> gpd.GeoDataFrame:
    """Read every site of a city, with the district and zone it stands in."""
    path = verified_path(city, "sites")
    zone = next((unit.resource for unit in city.units if unit.level == "zone"), None)
    zones = None if zone is None else (verified_path(city, zone), _resource(city, zone).sha256)
    return _sites(path, _resource(city, "sites").sha256, zones)


def read_context(city: City) -> gpd.GeoDataFrame:
    """Read the shapes that help to find one's way."""
    return _features(verified_path(city, "context"), _resource(city, "context").sha256)


def read_people(city: City) -> pd.DataFrame:
    """Read people points: ``id``, ``lon``, ``lat``, ``people``, ``district``, ``zone``."""
    return _parquet(verified_path(city, "people"), _resource(city, "people").sha256)


def read_initiatives(city: City) -> tuple[Initiative, ...]:
    """Read the table of initiatives."""
    return _initiatives(verified_path(city, "initiatives"), _resource(city, "initiatives").sha256)


def figures(city: City, unit: Unit, indicator: str, year: int) -> pd.DataFrame:
    """Read an indicator: ``value``, ``lower``, ``upper`` on every unit of the level.

    A unit without a figure is there, with a missing value.
    """
    table = _table(verified_path(city, "indicators"), _resource(city, "indicators").sha256)
    rows = table[
        (table["unit"] == unit.unit) & (table["indicator"] == indicator) & (table["year"] == year)
    ]
    ids = read_units(city, unit)["id"]
    return rows.set_index("id")[["value", "lower", "upper"]].reindex(pd.Index(ids, name="id"))


def read_investment(city: City, unit: Unit, year: int) -> Investment:
    """Read the money of one year, per unit of a level, and what is given to no unit.

    Parameters
    ----------
    city
        A city that has the file ``investment``; see `has`.
    unit
        The level the money is told for; of another level every amount is missing.
    year
        One of the years of the table; of another year every amount is missing.

    Raises
    ------
    DataError
        With every fault of the table: rows that stand twice, amounts that are negative or no
        numbers, units that do not exist.
    """
    path = verified_path(city, "investment")
    ids = pd.Index(read_units(city, unit)["id"], name="id")
    table = _money(path, _resource(city, "investment").sha256)
    rows = table[(table["unit"] == unit.unit) & (table["year"] == year)]
    stray = sorted(set(rows["id"].dropna()) - set(ids))
    doors.refuse(
        path, [Problem("unknown_unit_id", {"unit": unit.unit, "got": one}) for one in stray]
    )
    placed = rows["id"].notna()
    return Investment(
        amounts=rows[placed].set_index("id")["amount"].reindex(ids),
        unplaced=float(rows.loc[~placed, "amount"].sum()),
        currency=str(rows["currency"].iloc[0]) if len(rows) else "",
    )


def indicator_named(city: City, name: str) -> Indicator:
    """Return an indicator that is known to exist."""
    return next(one for one in city.indicators if one.indicator == name)


def _resource(city: City, name: str) -> Resource:
    """Return one resource of the manifest."""
    for resource in city.resources:
        if resource.name == name:
            return resource
    problem = Problem("unlisted_file", {"path": f"{city.city}/{name}"})
    raise DataError("data", [problem], "restore_data")


@lru_cache(maxsize=256)
def _sha256(path: Path, _modified: int, _size: int) -> str:
    """Return a file's checksum; again only when the file has changed."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=32)
def _features(path: Path, _sha: str) -> gpd.GeoDataFrame:
    """Read a GeoJSON file."""
    frame = gpd.read_file(path)
    text = [name for name in ("id", "name", "parent", "district", "zone") if name in frame]
    frame = frame.astype(dict.fromkeys(text, "str"))
    if "parent" not in frame:
        frame["parent"] = ""
    return frame.fillna({"parent": ""})


@lru_cache(maxsize=16)
def _sites(path: Path, sha: str, zones: tuple[Path, str] | None) -> gpd.GeoDataFrame:
    """Read sites; one that names no district stands in the one its zone lies in."""
    sites = _features(path, sha).copy()
    doors.refuse(path, doors.missing_columns(path, sites, ["id", "initiative", "year"]))
    if "precision_m" not in sites:
        sites["precision_m"] = 0
    for column in ("district", "zone"):
        if column not in sites:
            sites[column] = None
    if zones is not None:
        parents = _features(*zones).set_index("id")["parent"]
        sites["district"] = sites["district"].fillna(sites["zone"].map(parents))
    for column, empty in (("name", ""), ("capacity", float("nan"))):
        sites[column] = sites[column].fillna(empty) if column in sites else empty
    return sites


@lru_cache(maxsize=16)
def _table(path: Path, _sha: str) -> pd.DataFrame:
    """Read the long table of indicators; ids are text, leading zeros and all."""
    table = pd.read_csv(path, dtype=dict.fromkeys(("unit", "id", "indicator"), "str"))
    key = ["unit", "id", "indicator", "year"]
    doors.refuse(path, doors.missing_columns(path, table, [*key, "value"]))
    doubled = int(table.duplicated(key).sum())
    if doubled:
        problem = Problem("duplicate_rows", {"path": path.name, "got": doubled})
        doors.refuse(path, [problem])
    return table.reindex(columns=[*key, "value", "lower", "upper"])


@lru_cache(maxsize=16)
def _money(path: Path, _sha: str) -> pd.DataFrame:
    """Read the table of money; a row that names no unit is money without a place."""
    text = dict.fromkeys(("unit", "id", "amount", "currency"), "str")
    table = pd.read_csv(path, dtype=text)
    key = ["unit", "id", "year"]
    doors.refuse(path, doors.missing_columns(path, table, [*key, "amount", "currency"]))
    amounts = pd.to_numeric(table["amount"], errors="coerce")
    doors.refuse(path, _money_faults(path, table, amounts, key))
    return table.assign(amount=amounts.astype(float))


def _money_faults(
    path: Path, table: pd.DataFrame, amounts: pd.Series[float], key: list[str]
) -> list[Problem]:
    """Return the rows that stand twice, and amounts and currencies that cannot be added up."""
    doubled = int(table.duplicated(key).sum())
    fields = {"path": path.name, "got": doubled}
    problems = [Problem("duplicate_rows", fields)] if doubled else []
    one = str(table["currency"].iloc[0]) if len(table) else ""
    wrong = {
        "amount": (~(amounts >= 0) | (amounts == float("inf")), "≥ 0"),
        "currency": (table["currency"] != one, one),
    }
    return problems + [
        Problem(
            "bad_cell",
            {
                "path": path.name,
                "line": row + 2,
                "column": column,
                "got": str(table[column].iloc[row]),
                "allowed": allowed,
            },
        )
        for column, (bad, allowed) in wrong.items()
        for row in bad.to_numpy().nonzero()[0].tolist()
    ]


@lru_cache(maxsize=16)
def _parquet(path: Path, _sha: str) -> pd.DataFrame:
    """Read a Parquet table."""
    return pd.read_parquet(path)


@lru_cache(maxsize=16)
def _initiatives(path: Path, _sha: str) -> tuple[Initiative, ...]:
    """Read the table of initiatives; an empty cell is unknown."""
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    doors.refuse(path, doors.initiative_faults(path, table))
    return tuple(_initiative(row) for row in table.to_dict("records"))


def _initiative(row: Mapping[Hashable, str]) -> Initiative:
    """Return one row as an initiative."""
    plain = [
        "id",
        "kind",
        "role",
        "footprint",
        "approach",
        "status",
        "currency",
        "source",
        "source_url",
    ]
    return Initiative(
        **{name: row[name] for name in plain},
        name={language: row[f"name_{language}"] for language in LANGUAGES},
        facts={language: row[f"facts_{language}"] for language in LANGUAGES},
        start_year=int(row["start_year"]) if row["start_year"] else None,
        end_year=int(row["end_year"]) if row["end_year"] else None,
        amount=float(row["amount"]) if row["amount"] else None,
        from_paper=row["from_paper"].lower() == "true",
    )
