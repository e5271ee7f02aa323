"""Build a city's folder of layers from its raw files.

A city is a recipe (texts, provenance, declarations) and a module of small functions that
return tidy frames; this module does what is common to all cities.
"""

from __future__ import annotations

import importlib
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, cast

import geopandas as gpd
import pandas as pd

from sixes_geo.base import writers
from sixes_geo.base.errors import BuildError, Problem
from sixes_geo.build import checks, coverage, hexagons, manifest, rows
from sixes_geo.build.raw import RawFolder
from sixes_geo.city.folders import COMPLETE, EARLIER, UNFINISHED, beside, finish_replacements
from sixes_geo.spatial.placement import anchor_points, locate

RECIPES = Path(__file__).parent / "recipes"
TAGS = Path(__file__).parent / "tags"
LINE_TOLERANCE_M = 8.0
OUTLINE_TOLERANCE_M = 20.0
LEVELS = ("district", "zone")
"""Levels that sites and people points name."""

DRAWN = (*LEVELS, "region")
"""Levels whose units are drawn by people, not as a grid."""

HEXAGON = "hexagon"
FROM_SOURCE = "source"
"""What a recipe says of hexagons whose people and figures are a source's, not interpolated."""


class CityModule(Protocol):
    """What the module of a city provides."""

    SNAP_M: float
    units: Callable[[RawFolder], dict[str, gpd.GeoDataFrame]]
    indicators: Callable[[RawFolder], pd.DataFrame]
    sites: Callable[[RawFolder], gpd.GeoDataFrame]
    people: Callable[[RawFolder], gpd.GeoDataFrame]
    investment: Callable[[RawFolder], pd.DataFrame | None]
    context: Callable[[RawFolder], gpd.GeoDataFrame]


class HexagonModule(Protocol):
    """What the module of a city provides besides, if its hexagons are a source's."""

    hexagons: Callable[[RawFolder, gpd.GeoDataFrame], tuple[gpd.GeoDataFrame, pd.DataFrame]]


def recipes() -> tuple[str, ...]:
    """Return the names of cities that can be built."""
    return tuple(sorted(path.stem for path in RECIPES.glob("*.toml")))


def build(
    city: str, raw: Path, out: Path, *, progress: Callable[[str], None] = lambda _: None
) -> Path:
    """Build a city's folder, or leave the existing one unchanged.

    Parameters
    ----------
    city
        One of `recipes`.
    raw
        Folder that holds a folder of raw files per city.
    out
        Folder that holds a folder of layers per city.
    progress
        Called with the name of each step as it begins.

    Returns
    -------
    Path
        The city's folder, replaced as a whole.

    Raises
    ------
    BuildError
        If raw files are missing, read without being declared, declared without being read,
        or if the result is inconsistent. Nothing is written then.
    """
    recipe = _recipe(city)
    module = cast("CityModule", importlib.import_module(f"sixes_geo.build.{city}"))
    folder = RawFolder(raw / city, tuple(entry["path"] for entry in recipe["raw"]))
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary) / city
        work.mkdir()
        _write_layers(work, recipe, module, folder, progress)
        return _replaced(out / city, work)


def _replaced(target: Path, source: Path) -> Path:
    """Replace a folder by another; whenever it is ended, the old or the new one is found."""
    target.parent.mkdir(parents=True, exist_ok=True)
    finish_replacements(target.parent)
    part, new, old = (beside(target, stage) for stage in (UNFINISHED, COMPLETE, EARLIER))
    for leftover in (part, new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(source, part)
    part.rename(new)
    if target.exists():
        target.rename(old)
    with suppress(FileNotFoundError):  # a reader has already put it in its place
        new.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return target


def _recipe(city: str) -> Mapping[str, Any]:
    """Read a city's recipe, and the tags of its initiatives, if any."""
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
        result = make()
        used_by[name] = sorted(raw.used)
        raw.used |= before
        return result

    crs = recipe["city"]["crs"]
    units = step("units", lambda: module.units(raw))
    by_level = {entry["level"]: entry["unit"] for entry in recipe["units"]}
    for entry in recipe["units"]:
        used_by[entry["resource"]] = entry.get("raw", used_by["units"])
    for unit, shapes in _simplified_units(units, recipe).items():
        resource = next(entry["resource"] for entry in recipe["units"] if entry["unit"] == unit)
        writers.write_geojson(work / f"{resource}.geojson", shapes)

    indicators = step("indicators", lambda: module.indicators(raw))
    sites = _located(step("sites", lambda: module.sites(raw)), units, by_level, crs, module.SNAP_M)
    sites = rows.numbered(sites, crs)
    people = _located(step("people", lambda: module.people(raw)), units, by_level, crs, 0.0)
    writers.write_parquet(work / "people.parquet", rows.people_table(people))
    investment = step("investment", lambda: module.investment(raw))
    if investment is not None:
        writers.write_csv(work / "investment.csv", investment)
    context = step("context", lambda: module.context(raw))
    context["geometry"] = _simplified_context(context.geometry, crs)
    writers.write_geojson(work / "context.geojson", context)
    sites["geometry"] = _simplified_sites(sites.geometry, crs)
    writers.write_geojson(work / "sites.geojson", rows.without_implied(sites, units, by_level))
    if HEXAGON in by_level:
        progress("hexagons")
        entry = next(entry for entry in recipe["units"] if entry["level"] == HEXAGON)
        if entry["people"] == FROM_SOURCE:
            cells, figures = cast("HexagonModule", module).hexagons(raw, sites)
        else:
            cells, figures = _hexagons(recipe, units, indicators, sites, people, module.SNAP_M)
        writers.write_geojson(work / "hexagons.geojson", cells.drop(columns="people"))
        indicators = pd.concat([indicators, figures], ignore_index=True)
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


def _simplified_units(
    units: Mapping[str, gpd.GeoDataFrame], recipe: Mapping[str, Any]
) -> dict[str, gpd.GeoDataFrame]:
    """Simplify every level but hexagons; a level dissolved from the other shares its borders."""
    crs = recipe["city"]["crs"]
    simplified: dict[str, gpd.GeoDataFrame] = {}
    entries = [entry for entry in recipe["units"] if entry["level"] in DRAWN]
    for entry in sorted(entries, key=lambda entry: "dissolved_from" in entry):
        unit = entry["unit"]
        source = units[unit][["id", "name", "parent", "geometry"]].sort_values("id")
        source = source.reset_index(drop=True)
        if "dissolved_from" in entry:
            parts = simplified[entry["dissolved_from"]]
            merged = parts.dissolve("parent", method="coverage").geometry
            empty = sorted(set(source["id"]) - set(merged.index))
            if empty:
                problems = [Problem("no_parts", {"unit": unit, "got": name}) for name in empty]
                raise BuildError("build", problems, "fix_recipe", where=recipe["city"]["city"])
            simplified[unit] = source.set_geometry(
                merged.reindex(source["id"]).to_numpy(), crs=parts.crs
            )
        else:
            simplified[unit] = coverage.generalised(source, crs=crs)
    return simplified


def _located(
    points: gpd.GeoDataFrame,
    units: Mapping[str, gpd.GeoDataFrame],
    by_level: Mapping[str, str],
    crs: str,
    snap_m: float,
) -> gpd.GeoDataFrame:
    """Add the district and the zone of each point by the original borders, unless it has them."""
    anchors = anchor_points(points.geometry, crs=crs)
    located = points.copy()
    for level in LEVELS:
        if level in by_level and level not in points:
            shapes = units[by_level[level]]
            located[level] = locate(anchors, shapes, crs=crs, snap_m=snap_m)
    return located


def _hexagons(
    recipe: Mapping[str, Any],
    units: Mapping[str, gpd.GeoDataFrame],
    indicators: pd.DataFrame,
    sites: gpd.GeoDataFrame,
    people: gpd.GeoDataFrame,
    snap_m: float,
) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Return the cells of a city and their figures; the grid covers all possible sites."""
    crs = recipe["city"]["crs"]
    entries = {entry["level"]: entry for entry in recipe["units"]}
    district = units[entries["district"]["unit"]]
    west, south, east, north = district.to_crs(crs).total_bounds
    box = (west - snap_m, south - snap_m, east + snap_m, north + snap_m)
    grid = hexagons.grid(box, entries[HEXAGON]["across_m"], crs=crs)
    if entries[HEXAGON]["people"] == "points":
        parts = hexagons.people_at_points(grid, people, crs=crs)
    else:
        zone = entries["zone"]["unit"]
        indicator, year = entries[HEXAGON]["population"]
        figures = indicators[(indicators["unit"] == zone) & (indicators["indicator"] == indicator)]
        population = figures[figures["year"] == year].set_index("id")["value"]
        parts = hexagons.people_by_area(grid, units[zone], population, crs=crs)
    cells = hexagons.cells_used(grid, parts, sites, crs=crs)
    cells = hexagons.named(cells, district, crs=crs)
    return cells, hexagons.figures(cells, parts, indicators, recipe)


def _simplified_sites(shapes: gpd.GeoSeries, crs: str) -> gpd.GeoSeries:
    """Round points; simplify lines a little."""
    return coverage.simplified(shapes, crs=crs, tolerance_m=LINE_TOLERANCE_M)


def _simplified_context(shapes: gpd.GeoSeries, crs: str) -> gpd.GeoSeries:
    """Simplify outlines and lines of context."""
    return coverage.simplified(shapes, crs=crs, tolerance_m=OUTLINE_TOLERANCE_M)
