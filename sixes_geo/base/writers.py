"""Writers: files that are byte for byte the same whenever their content is the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely


def write_json(path: Path, value: Mapping[str, object]) -> None:
    """Write JSON with line breaks, so that people can compare versions."""
    _write(path, json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def write_geojson(path: Path, features: gpd.GeoDataFrame) -> None:
    """Write features as GeoJSON, as from `geojson_text`."""
    _write(path, geojson_text(features))


def geojson_text(features: gpd.GeoDataFrame) -> str:
    """Return GeoJSON with a feature per line, so that changes are easy to find.

    Empty properties are left out. A feature without a place has the geometry null, as the format
    requires.
    """
    columns = [column for column in features.columns if column != "geometry"]
    rows = features[columns].astype(object).where(features[columns].notna(), None)
    lines = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {
                    name: value
                    for name, value in zip(columns, values, strict=True)
                    if value not in (None, "")
                },
                "geometry": None if _is_missing(shape) else shapely.geometry.mapping(shape),
            },
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
            default=_plain,
        )
        for values, shape in zip(
            rows.itertuples(index=False, name=None), features.geometry, strict=True
        )
    ]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV; a missing value is an empty cell."""
    _write(path, table.to_csv(index=False, lineterminator="\n"))


def write_parquet(path: Path, table: pd.DataFrame) -> None:
    """Write a table as Parquet, without metadata."""
    plain = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(plain, path, compression="zstd", compression_level=15)


def _write(path: Path, text: str) -> None:
    """Write a text with the same line endings on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")


def _is_missing(shape: shapely.Geometry | None) -> bool:
    """Tell whether a geometry is missing or empty."""
    return shape is None or bool(shapely.is_empty(shape))


def _plain(value: object) -> object:
    """Return a numpy scalar as the number it holds."""
    item = getattr(value, "item", None)
    if item is None:
        message = f"cannot write {type(value).__name__} as JSON"
        raise TypeError(message)
    return item()
