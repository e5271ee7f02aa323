"""Turn a city's raw files into its folder of layers.

A city is a recipe (texts, provenance, declarations) and a module of small functions that
give tidy frames; what is common to all cities happens here, once.
"""

from __future__ import annotations

import importlib
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

import geopandas as gpd
import pandas as pd

from sixes_geo.base import writers
from sixes_geo.base.errors import BuildError, Problem
from sixes_geo.build import checks, coverage, hexagons, manifest, rows
from sixes_geo.build.raw import RawFolder
from sixes_geo.spatial.placement import anchor_points, locate

RECIPES = Path(__file__).parent / "recipes"
TAGS = Path(__file__).parent / "tags"
LINE_TOLERANCE_M = 8.0
OUTLINE_TOLERANCE_M = 20.0
LEVELS = ("district", "zone")
HEXAGON = "hexagon"


class CityModule(Protocol):
    """What a city's module offers."""

    SNAP_M: float
    units: Callable[[RawFolder], dict[str, gpd.GeoDataFrame]]
    indicators: Callable[[RawFolder], pd.DataFrame]
    sites: Callable[[RawFolder], gpd.GeoDataFrame]
    people: Callable[[RawFolder], gpd.GeoDataFrame]
    investment: Callable[[RawFolder], pd.DataFrame | None]
    context: Callable[[RawFolder], gpd.GeoDataFrame]


def recipes() -> tuple[str, ...]:
    """Return the cities that can be built."""
    return tuple(sorted(path.stem for path in RECIPES.glob("*.toml")))


def build(
    city: str, raw: Path, out: Path, *, progress: Callable[[str], None] = lambda _: None
) -> Path:
    """Build one city's folder, or leave what is there untouched.

    Parameters
    ----------
    city
        One of `recipes`.
    raw
        Folder that holds a folder of raw files per city.
    out
        Folder that holds a folder of layers per city.
    progress
        Told the name of each step as it begins.

    Returns
    -------
    Path
        The city's folder, replaced as a whole.

    Raises
    ------
    BuildError
        If raw files are missing, read without being declared, declared without being read,
        or if what was built contradicts itself. Nothing is written then.
    """
    recipe = _recipe(city)
    module = cast("CityModule", importlib.import_module(f"sixes_geo.build.{city}"))
    folder = RawFolder(raw / city, tuple(entry["path"] for entry in recipe["raw"]))
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary) / city
        work.mkdir()
        _write_layers(work, recipe, module, folder, progress)
        return _replaced(out / city, work)


def _replaced(target: Path, made: Path) -> Path:
    """Put a folder in the place of another; a full disk leaves the old one where it was."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside, old = target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")
    for leftover in (beside, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(made, beside)
    if target.exists():
        target.rename(old)
    beside.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return target


def _recipe(city: str) -> Mapping[str, Any]:
    """Read a city's recipe, and what coders say of its initiatives where anybody has."""
    path = RECIPES / f"{city}.toml"
    if city not in recipes():
        problem = Problem("unknown_city", {"got": city, "allowed": ", ".join(recipes())})
        raise BuildError("build", [problem], "choose_allowed")
    recipe = tomllib.loads(path.read_text(encoding="utf-8"))
    tags = TAGS / path.name
    if tags.is_file():
        recipe["tags"] = tomllib.loads(tags.read_text(encoding="utf-8"))
    return recipe


def _write_layers(
    work: Path,
    recipe: Mapping[str, Any],
    module: CityModule,
    raw: RawFolder,
    progress: Callable[[str], None],
) -> None:
    """Write every layer, then the manifest that describes them."""
    used_by: dict[str, Sequence[str]] = {}

    def step(name: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401
        progress(name)
        before = set(raw.used)
        raw.used.clear()
        made = make()
        used_by[name] = sorted(raw.used)
        raw.used |= before
        return made

    crs = recipe["city"]["crs"]
    units = step("units", lambda: module.units(raw))
    by_level = {entry["level"]: entry["unit"] for entry in recipe["units"]}
    for entry in recipe["units"]:
        used_by[entry["resource"]] = entry.get("raw", used_by["units"])
    for unit, shapes in _light_units(units, recipe).items():
        resource = next(one["resource"] for one in recipe["units"] if one["unit"] == unit)
        writers.write_geojson(work / f"{resource}.geojson", shapes)

    indicators = step("indicators", lambda: module.indicators(raw))
    sites = _placed(step("sites", lambda: module.sites(raw)), units, by_level, crs, module.SNAP_M)
    sites = rows.numbered(sites, crs)
    people = _placed(step("people", lambda: module.people(raw)), units, by_level, crs, 0.0)
    writers.write_parquet(work / "people.parquet", rows.people_table(people))
    investment = step("investment", lambda: module.investment(raw))
    if investment is not None:
        writers.write_csv(work / "investment.csv", investment)
    context = step("context", lambda: module.context(raw))
    context["geometry"] = _light_context(context.geometry, crs)
    writers.write_geojson(work / "context.geojson", context)
    sites["geometry"] = _light_sites(sites.geometry, crs)
    writers.write_geojson(work / "sites.geojson", rows.without_implied(sites, units, by_level))
    if HEXAGON in by_level:
        progress("hexagons")
        cells, own = _hexagons(recipe, units, indicators, sites, people, module.SNAP_M)
        writers.write_geojson(work / "hexagons.geojson", cells.drop(columns="people"))
        indicators = pd.concat([indicators, own], ignore_index=True)
        units = units | {by_level[HEXAGON]: cells}
        used_by["indicators"] = sorted({*used_by["indicators"], *used_by["hexagons"]})
    indicators = indicators.sort_values(["unit", "indicator", "year", "id"], kind="stable")
    writers.write_csv(work / "indicators.csv", indicators.reset_index(drop=True))
    writers.write_csv(work / "initiatives.csv", rows.initiative_table(recipe["initiatives"]))
    used_by |= {"initiatives": [], "tags": []}
    if "tags" in recipe:
        writers.write_csv(work / "tags.csv", rows.tag_table(recipe["tags"]))

    progress("manifest")
    years = {
        str(indicator): {
            str(unit): sorted(int(year) for year in part["year"].unique())
            for unit, part in table.groupby("unit")
        }
        for indicator, table in indicators.groupby("indicator")
    }
    checks.check(recipe, raw, units, indicators, sites, investment)
    writers.write_json(
        work / "datapackage.json", manifest.describe(work, recipe, raw, used_by, years)
    )


def _light_units(
    units: Mapping[str, gpd.GeoDataFrame], recipe: Mapping[str, Any]
) -> dict[str, gpd.GeoDataFrame]:
    """Generalise both levels; a level dissolved from the other keeps its very borders."""
    crs = recipe["city"]["crs"]
    light: dict[str, gpd.GeoDataFrame] = {}
    found = [entry for entry in recipe["units"] if entry["level"] in LEVELS]
    for entry in sorted(found, key=lambda entry: "dissolved_from" in entry):
        unit = entry["unit"]
        source = units[unit][["id", "name", "parent", "geometry"]].sort_values("id")
        source = source.reset_index(drop=True)
        if "dissolved_from" in entry:
            parts = light[entry["dissolved_from"]]
            whole = parts.dissolve("parent", method="coverage").geometry
            empty = sorted(set(source["id"]) - set(whole.index))
            if empty:
                problems = [Problem("no_parts", {"unit": unit, "got": name}) for name in empty]
                raise BuildError("build", problems, "mend_recipe", where=recipe["city"]["city"])
            light[unit] = source.set_geometry(whole.reindex(source["id"]).to_numpy(), crs=parts.crs)
        else:
            light[unit] = coverage.generalised(source, crs=crs)
    return light


def _placed(
    points: gpd.GeoDataFrame,
    units: Mapping[str, gpd.GeoDataFrame],
    by_level: Mapping[str, str],
    crs: str,
    snap_m: float,
) -> gpd.GeoDataFrame:
    """Add the district and the zone that each point stands in, by the source's own borders."""
    anchors = anchor_points(points.geometry, crs=crs)
    placed = points.copy()
    for level in LEVELS:
        if level in by_level:
            shapes = units[by_level[level]]
            placed[level] = locate(anchors, shapes, crs=crs, snap_m=snap_m)
    return placed


def _hexagons(
    recipe: Mapping[str, Any],
    units: Mapping[str, gpd.GeoDataFrame],
    indicators: pd.DataFrame,
    sites: gpd.GeoDataFrame,
    people: gpd.GeoDataFrame,
    snap_m: float,
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Return the cells of a city and their figures; the grid reaches as far as sites may."""
    crs = recipe["city"]["crs"]
    entry = {one["level"]: one for one in recipe["units"]}
    district = units[entry["district"]["unit"]]
    west, south, east, north = district.to_crs(crs).total_bounds
    box = (west - snap_m, south - snap_m, east + snap_m, north + snap_m)
    whole = hexagons.grid(box, entry[HEXAGON]["across_m"], crs=crs)
    if entry[HEXAGON]["people"] == "points":
        pieces = hexagons.people_at_points(whole, people, crs=crs)
    else:
        zone = entry["zone"]["unit"]
        indicator, year = entry[HEXAGON]["population"]
        rows_ = indicators[(indicators["unit"] == zone) & (indicators["indicator"] == indicator)]
        counted = rows_[rows_["year"] == year].set_index("id")["value"]
        pieces = hexagons.people_by_area(whole, units[zone], counted, crs=crs)
    cells = hexagons.cells_used(whole, pieces, sites, crs=crs)
    cells = hexagons.named(cells, district, crs=crs)
    return cells, hexagons.figures(cells, pieces, indicators, recipe)


def _light_sites(shapes: gpd.GeoSeries, crs: str) -> gpd.GeoSeries:
    """Round points; simplify lines a little."""
    return coverage.lightened(shapes, crs=crs, tolerance_m=LINE_TOLERANCE_M)


def _light_context(shapes: gpd.GeoSeries, crs: str) -> gpd.GeoSeries:
    """Simplify outlines and lines that are there to find one's way."""
    return coverage.lightened(shapes, crs=crs, tolerance_m=OUTLINE_TOLERANCE_M)
