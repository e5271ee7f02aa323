"""The rows that are written, from what a city's module returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from sixes_geo.build.coverage import DECIMALS
from sixes_geo.framework.paper import tag_rows
from sixes_geo.spatial.placement import anchor_points

INITIATIVE_COLUMNS = [
    "id",
    "kind",
    "role",
    "footprint",
    "approach",
    "start_year",
    "end_year",
    "status",
    "amount",
    "currency",
    "name_es",
    "name_pt",
    "name_en",
    "facts_es",
    "facts_pt",
    "facts_en",
    "source",
    "source_url",
    "from_paper",
    "page",
]


def initiative_table(entries: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the recipe's initiatives, one row each."""
    rows = [
        {
            **{key: value for key, value in entry.items() if not isinstance(value, Mapping)},
            **{f"name_{language}": text for language, text in entry["name"].items()},
            **{f"facts_{language}": text for language, text in entry["facts"].items()},
        }
        for entry in entries
    ]
    table = pd.DataFrame(rows).reindex(columns=INITIATIVE_COLUMNS)
    for column in ("start_year", "end_year"):
        table[column] = table[column].astype("Int64")
    return table.sort_values("id").reset_index(drop=True)


def tag_table(tags: Mapping[str, Any]) -> pd.DataFrame:
    """Return a city's tags, one row per initiative, dimension, coder and level.

    The coder of a tag is empty if the file does not name them.
    """
    columns = ["initiative", "dimension", "coder"]
    table = pd.DataFrame(tag_rows(tags))
    return table.sort_values(columns, kind="stable").reset_index(drop=True)


def numbered(sites: gpd.GeoDataFrame, crs: str) -> gpd.GeoDataFrame:
    """Sort sites and number them."""
    anchors = anchor_points(sites.geometry, crs=crs)
    order = sites.assign(_x=anchors.x.round(6), _y=anchors.y.round(6))
    order = order.sort_values(["initiative", "year", "_x", "_y", "name"], kind="stable")
    sites = order.drop(columns=["_x", "_y"]).reset_index(drop=True)
    names = [str(number) for number in range(1, len(sites) + 1)]
    columns = ["initiative", "year", "name", "capacity", "precision_m", "district", "zone"]
    sites = sites.assign(id=names)[["id", *columns, "geometry"]]
    return sites.astype({"year": int, "precision_m": int})


def without_implied(
    sites: gpd.GeoDataFrame, units: Mapping[str, gpd.GeoDataFrame], by_level: Mapping[str, str]
) -> gpd.GeoDataFrame:
    """Leave out a site's district if its zone implies it."""
    if "zone" not in by_level:
        return sites
    zones = units[by_level["zone"]]
    parents = dict(zip(zones["id"], zones["parent"], strict=True))
    implied = sites["zone"].map(parents) == sites["district"]
    return sites.assign(district=sites["district"].mask(implied))


def people_table(people: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return population points as a plain table, with five decimals."""
    return (
        pd.DataFrame(
            {
                "id": people["id"].astype(str),
                "lon": people.geometry.x.round(DECIMALS),
                "lat": people.geometry.y.round(DECIMALS),
                "people": people["people"].astype(int),
                "district": people["district"],
                "zone": people["zone"],
            }
        )
        .sort_values("id")
        .reset_index(drop=True)
    )
