"""Spatial files and tables of a snapshot: GeoPackage, GeoJSON, CSV."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio

from sixes_geo.analysis.provision import sites_shown
from sixes_geo.analysis.question import amount_unit
from sixes_geo.base.writers import geojson_text
from sixes_geo.city.tables import GEOGRAPHIC, read_units
from sixes_geo.export.snapshot import Snapshot
from sixes_geo.output.unit_table import UNIT_COLUMNS, csv_table, table_file

DATE_OPTION = "OGR_CURRENT_DATE"
_ONE_AT_A_TIME = Lock()
SITE_COLUMNS = ["id", "initiative", "name", "year", "capacity", "precision_m", "geometry"]


def units_frame(snapshot: Snapshot) -> gpd.GeoDataFrame:
    """Return the units with their results, in longitude and latitude."""
    shapes = read_units(snapshot.city, snapshot.question.unit)
    units = snapshot.assessment.units.reset_index()
    columns = ["lower", "upper", *UNIT_COLUMNS[1:]]
    table = units[["id", *columns]].merge(shapes[["id", "geometry"]], on="id")
    table.insert(len(table.columns) - 1, "amount_unit", _amount_unit(snapshot))
    return gpd.GeoDataFrame(table, geometry="geometry", crs=GEOGRAPHIC)


def sites_frame(snapshot: Snapshot) -> gpd.GeoDataFrame:
    """Return the located sites of the snapshot; amounts per unit have none."""
    question = snapshot.question
    layers = list(question.layers)
    frames = [sites_shown(question, layer) for layer in layers if not layer.per_unit]
    if not frames:
        return gpd.GeoDataFrame(columns=SITE_COLUMNS, geometry="geometry", crs=GEOGRAPHIC)
    sites = pd.concat(frames).drop_duplicates("id")
    located = sites[sites.geometry.notna()]
    return gpd.GeoDataFrame(located[SITE_COLUMNS], geometry="geometry", crs=GEOGRAPHIC)


def geojson(snapshot: Snapshot) -> bytes:
    """Return the units with their results as GeoJSON, numbers unrounded."""
    return geojson_text(units_frame(snapshot)).encode()


def sites_geojson(snapshot: Snapshot) -> bytes:
    """Return the located sites of the snapshot as GeoJSON."""
    return geojson_text(sites_frame(snapshot)).encode()


def csv(snapshot: Snapshot) -> bytes:
    """Return the table of units as CSV, as the page offers it."""
    return csv_table(snapshot.assessment, snapshot.tr)


def sites_csv(snapshot: Snapshot) -> bytes:
    """Return the counted sites as CSV, with the unit each is in."""
    sites = snapshot.provision.sites
    points = sites.geometry.representative_point()
    table = pd.DataFrame(
        {
            "id": sites["id"],
            "initiative": sites["initiative"],
            "name": sites["name"].fillna(""),
            "year": sites["year"],
            "capacity": sites["capacity"],
            "precision_m": sites["precision_m"],
            "unit": sites["unit"],
            "lon": points.x.round(5),
            "lat": points.y.round(5),
        }
    )
    return table_file(table)


def geopackage(snapshot: Snapshot, manifest: Mapping[str, Any]) -> bytes:
    """Return units, sites, quintiles, robustness and metadata as one GeoPackage."""
    tables = {
        "quintiles": snapshot.assessment.quintiles.assign(amount_unit=_amount_unit(snapshot)),
        "robustness": snapshot.robustness.variants,
        "metadata": pd.DataFrame(
            {
                "key": list(manifest),
                "value": [
                    value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                    for value in manifest.values()
                ],
            }
        ),
    }
    layers = {"units": units_frame(snapshot), "sites": sites_frame(snapshot), **tables}
    with tempfile.TemporaryDirectory() as folder, _dated(snapshot.fields.date):
        path = Path(folder) / "snapshot.gpkg"
        for name, table in layers.items():
            if len(table):
                pyogrio.write_dataframe(
                    table, path, layer=name, append=path.exists(), driver="GPKG"
                )
        return path.read_bytes()


def _amount_unit(snapshot: Snapshot) -> str:
    """Return the unit of measure of every amount of a snapshot."""
    return amount_unit(snapshot.question)


@contextmanager
def _dated(day: str) -> Iterator[None]:
    """Make the date of the snapshot the date on which the file says it was written.

    The option applies to the whole process, so files are written one at a time.
    """
    with _ONE_AT_A_TIME:
        before = pyogrio.get_gdal_config_option(DATE_OPTION)
        pyogrio.set_gdal_config_options({DATE_OPTION: f"{day}T00:00:00.000Z"})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({DATE_OPTION: before})
