"""Tables: a city's files, each checked against the manifest before it is read.

The results are shared between callers: copy them before you change anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Mapping
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import pandas as pd

from sixes_geo.base import limits
from sixes_geo.base.errors import DataError, Problem
from sixes_geo.base.json_reader import read_json
from sixes_geo.base.paths import version_of
from sixes_geo.city import table_checks
from sixes_geo.city.contents import bytes_of, csv_table, number_faults, refuse_outside, tag_table
from sixes_geo.city.model import CONTRIBUTED, SHIPPED, City, Indicator, Initiative, Resource, Unit
from sixes_geo.city.people_points import people_points
from sixes_geo.city.shapes import features
from sixes_geo.city.tag import Tag
from sixes_geo.i18n import LANGUAGES

GEOGRAPHIC = "EPSG:4326"


def verified_path(city: City, name: str) -> Path:
    """Return the path of a file, after checking that it is the one the manifest describes.

    Raises
    ------
    DataError
        If the file is missing or has changed.
    """
    resource = resource_named(city, name)
    path = city.folder / resource.path
    place = f"{city.city}/{path.name}"
    if not path.is_file():
        problem = Problem("missing_file", {"path": place})
        raise DataError("data", [problem], "restore_data")
    refuse_outside(path, city.folder)
    sha256 = _sha256(path, version_of(path))
    if sha256 != resource.sha256:
        fields = {"path": place, "expected": resource.sha256[:12], "got": sha256[:12]}
        raise DataError("data", [Problem("changed_file", fields)], "restore_data")
    return path


def verified(city: City, name: str) -> tuple[Path, str]:
    """Return the path of a file, checked against the manifest, and its checksum."""
    return verified_path(city, name), resource_named(city, name).sha256


def has(city: City, name: str) -> bool:
    """Tell whether a city has a file of this name."""
    return any(resource.name == name for resource in city.resources)


def read_units(city: City, unit: Unit) -> gpd.GeoDataFrame:
    """Read one level of units: ``id``, ``name``, ``parent``, geometry; ordered by id."""
    return _features(*verified(city, unit.resource), ("id", "name"))


def read_sites(city: City) -> gpd.GeoDataFrame:
    """Read every site of a city, with its district and zone."""
    path, sha = verified(city, "sites")
    zone = next((unit.resource for unit in city.units if unit.level == "zone"), None)
    zones = None if zone is None else verified(city, zone)
    return _sites(path, sha, zones)


def read_context(city: City) -> gpd.GeoDataFrame:
    """Read the shapes that help readers find their way."""
    return _features(*verified(city, "context"), ("context", "name"))


def read_outlines(city: City, context: str) -> gpd.GeoSeries:
    """Read the areas of one kind of context, valid, in metres of the city's projected CRS."""
    return _outlines(*verified(city, "context"), context, city.crs)


def read_people(city: City) -> pd.DataFrame:
    """Read people points: ``id``, ``lon``, ``lat``, ``people``, ``district``, ``zone``."""
    return _parquet(*verified(city, "people"))


def read_initiatives(city: City) -> tuple[Initiative, ...]:
    """Read the table of initiatives."""
    return _initiatives(*verified(city, "initiatives"))


def read_tags(city: City) -> tuple[Tag, ...]:
    """Read the tags of a city's initiatives; none if the city has no file of tags."""
    files = [file for file in city.resources if file.name.partition("-")[0] == "tags"]
    known = tuple(initiative.id for initiative in read_initiatives(city)) if files else ()
    return tuple(
        tag
        for file in files
        for tag in (
            _tags(*verified(city, file.name), known)
            if file.origin == SHIPPED
            else _contributed_tags(file.path, file.content, known)
        )
    )


def figures(city: City, unit: Unit, indicator: str, year: int) -> pd.DataFrame:
    """Read an indicator: ``value``, ``lower``, ``upper`` for every unit of the level.

    A unit without a figure has a missing value.
    """
    if indicator_named(city, indicator).origin != SHIPPED:
        return _contributed_figures(city, unit, indicator, year)
    table = _table(*verified(city, "indicators"))
    rows = table[
        (table["unit"] == unit.unit) & (table["indicator"] == indicator) & (table["year"] == year)
    ]
    ids = read_units(city, unit)["id"]
    return rows.set_index("id")[["value", "lower", "upper"]].reindex(pd.Index(ids, name="id"))


def contributed_values(city: City, name: str) -> pd.Series[float]:
    """Read the values of a contributed indicator, by id of unit or initiative."""
    content = resource_named(city, name).content
    values: dict[str, float] = read_json(content, limits.CONTRIBUTION_BYTES)["values"]
    return pd.Series(values, dtype="float64") + 0.0  # zero has no sign


def _contributed_figures(city: City, unit: Unit, indicator: str, year: int) -> pd.DataFrame:
    """Read a contributed indicator; at another level or year every figure is missing."""
    known = indicator_named(city, indicator)
    ids = pd.Index(read_units(city, unit)["id"], name="id")
    values = contributed_values(city, indicator).reindex(ids)
    has_year = year in known.years.get(unit.unit, ())
    return pd.DataFrame({"value": values if has_year else float("nan")}, index=ids).reindex(
        columns=["value", "lower", "upper"], fill_value=float("nan")
    )


def indicator_named(city: City, name: str) -> Indicator:
    """Return an indicator that is known to exist."""
    return next(indicator for indicator in city.indicators if indicator.indicator == name)


def resource_named(city: City, name: str) -> Resource:
    """Return a resource of the city.

    Raises
    ------
    DataError
        If there is no such resource.
    """
    for resource in city.resources:
        if resource.name == name:
            return resource
    problem = Problem("unlisted_file", {"path": f"{city.city}/{name}"})
    raise DataError("data", [problem], "restore_data")


@lru_cache(maxsize=256)
def _sha256(path: Path, _version: tuple[int, ...]) -> str:
    """Return the checksum of a file, computed again only after the file has changed."""
    return hashlib.sha256(bytes_of(path)).hexdigest()


@lru_cache(maxsize=32)
def _features(path: Path, sha: str, needed: tuple[str, ...]) -> gpd.GeoDataFrame:
    """Read a GeoJSON file that must have some columns; no two features have one id."""
    frame = features(path, bytes_of(path, sha))
    table_checks.refuse(path, table_checks.missing_columns(path, frame, needed))
    text = [name for name in ("id", "name", "parent", "district", "zone") if name in frame]
    frame = frame.astype(dict.fromkeys(text, "str"))
    if "parent" not in frame:
        frame["parent"] = ""
    if "id" in needed and frame["id"].duplicated().any():
        repeated = frame.loc[frame["id"].duplicated(), "id"].iloc[0]
        fields = {"path": path.name, "got": str(repeated)[: limits.SHOWN]}
        table_checks.refuse(path, [Problem("listed_twice", fields)])
    return frame.fillna({"parent": ""})


@lru_cache(maxsize=16)
def _outlines(path: Path, sha: str, context: str, crs: str) -> gpd.GeoSeries:
    """Read areas of one kind."""
    shapes = _features(path, sha, ("context", "name"))
    return shapes[shapes["context"] == context].geometry.to_crs(crs).make_valid()


@lru_cache(maxsize=16)
def _sites(path: Path, sha: str, zones: tuple[Path, str] | None) -> gpd.GeoDataFrame:
    """Read sites; one without a district gets that of its zone."""
    sites = _features(path, sha, ("id", "initiative", "year")).copy()
    numbers = ("year", "capacity", "precision_m")
    table_checks.refuse(path, number_faults(path, sites, numbers))
    if "precision_m" not in sites:
        sites["precision_m"] = 0
    for column in ("district", "zone"):
        if column not in sites:
            sites[column] = None
    if zones is not None:
        parents = _features(*zones, ("id", "name")).set_index("id")["parent"]
        sites["district"] = sites["district"].fillna(sites["zone"].map(parents))
    for column, empty in (("name", ""), ("capacity", float("nan"))):
        sites[column] = sites[column].fillna(empty) if column in sites else empty
    return sites


@lru_cache(maxsize=16)
def _table(path: Path, sha: str) -> pd.DataFrame:
    """Read the long table of indicators; ids are texts, with leading zeros."""
    texts = dict.fromkeys(("unit", "id", "indicator"), "str")
    table = csv_table(path, bytes_of(path, sha), texts)
    key = ["unit", "id", "indicator", "year"]
    table_checks.refuse(path, table_checks.missing_columns(path, table, [*key, "value"]))
    repeated = int(table.duplicated(key).sum())
    if repeated:
        problem = Problem("duplicate_rows", {"path": path.name, "got": repeated})
        table_checks.refuse(path, [problem])
    numbers = ("year", "value", "lower", "upper")
    table_checks.refuse(path, number_faults(path, table, numbers))
    return table.reindex(columns=[*key, "value", "lower", "upper"])


@lru_cache(maxsize=16)
def _parquet(path: Path, sha: str) -> pd.DataFrame:
    """Read people points."""
    return people_points(path, bytes_of(path, sha))


@lru_cache(maxsize=16)
def _initiatives(path: Path, sha: str) -> tuple[Initiative, ...]:
    """Read the table of initiatives; an empty cell is unknown."""
    table = csv_table(path, bytes_of(path, sha), "str", empty_is_missing=False)
    table_checks.refuse(path, table_checks.initiative_faults(path, table))
    return tuple(_initiative(row) for row in table.to_dict("records"))


@lru_cache(maxsize=16)
def _tags(path: Path, sha: str, known: tuple[str, ...]) -> tuple[Tag, ...]:
    """Read a file of tags."""
    return _tags_in(path, bytes_of(path, sha), known, SHIPPED)


@lru_cache(maxsize=4 * limits.CODERS)
def _contributed_tags(name: str, content: bytes, known: tuple[str, ...]) -> tuple[Tag, ...]:
    """Read the tags that a coder has added."""
    return _tags_in(Path(name), content, known, CONTRIBUTED)


def _tags_in(path: Path, content: bytes, known: tuple[str, ...], origin: str) -> tuple[Tag, ...]:
    """Read a table of tags."""
    table = tag_table(path, content)
    table_checks.refuse(path, table_checks.tag_faults(path, table, known))
    return tuple(
        Tag(
            **{name: row[name] for name in table_checks.TAG_COLUMNS if name != "strengthen"},
            **{name: row[name] for name in table_checks.ADDED_COLUMNS},
            strengthen="strengthen" in (row["level"], row["basis"]) or row["strengthen"] == "true",
            evidence={language: row[f"evidence_{language}"] for language in LANGUAGES},
            origin=origin,
        )
        for row in table.to_dict("records")
    )


def _initiative(row: Mapping[Hashable, str]) -> Initiative:
    """Return one row as an initiative."""
    plain = (
        "id", "kind", "role", "footprint", "approach", "status", "currency", "source",
        "source_url",
    )  # fmt: skip
    return Initiative(
        **{name: row[name] for name in plain},
        name={language: row[f"name_{language}"] for language in LANGUAGES},
        facts={language: row[f"facts_{language}"] for language in LANGUAGES},
        start_year=int(row["start_year"]) if row["start_year"] else None,
        end_year=int(row["end_year"]) if row["end_year"] else None,
        amount=float(row["amount"]) if row["amount"] else None,
        from_paper=row["from_paper"].lower() == "true",
        page=row.get("page", ""),
    )
