"""Checks of a city's tables before anything is written."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from sixes_geo.base.errors import BuildError, Problem
from sixes_geo.build.raw import RawFolder
from sixes_geo.build.rows import tag_table
from sixes_geo.build.yearly import layers_of
from sixes_geo.city.table_checks import tag_faults
from sixes_geo.framework.paper import PAPER

TAGS = Path("tags.csv")


def check(
    recipe: Mapping[str, Any],
    raw: RawFolder,
    units: Mapping[str, gpd.GeoDataFrame],
    indicators: pd.DataFrame,
    sites: gpd.GeoDataFrame,
    investment: pd.DataFrame | None = None,
) -> None:
    """Refuse inconsistent tables, with all problems together.

    Raises
    ------
    BuildError
        With every raw file that is declared but not read, every name that is used but not
        listed, every duplicate row, every row without a number, and every invalid tag.
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
    problems += _layer_problems(recipe, declared)
    known = {unit: set(frame["id"]) for unit, frame in units.items()}
    listed = {entry["indicator"] for entry in recipe["indicators"]}
    for unit, rows in indicators.groupby("unit"):
        stray = sorted(set(rows["id"]) - known.get(str(unit), set()))
        problems += [Problem("unknown_unit_id", {"unit": unit, "got": name}) for name in stray]
    problems += [
        Problem("unlisted_indicator", {"got": name})
        for name in sorted(set(indicators["indicator"]) - listed)
    ]
    duplicates = indicators.duplicated(["unit", "id", "indicator", "year"]).sum()
    if duplicates:
        problems.append(
            Problem("duplicate_rows", {"path": "indicators.csv", "got": int(duplicates)})
        )
    if not np.isfinite(indicators["value"]).all():
        problems.append(Problem("missing_values", {"path": "indicators.csv"}))
    problems += _money_problems(recipe, known, investment)
    if "tags" in recipe:
        problems += _tag_problems(recipe["tags"], declared)
    if problems:
        raise BuildError("build", problems, "fix_recipe", where=recipe["city"]["city"])


def _layer_problems(recipe: Mapping[str, Any], declared: set[str]) -> list[Problem]:
    """Return the initiatives that a layer shows but the recipe does not list."""
    return [
        problem
        for layer in layers_of(recipe)
        for problem in _unlisted(layer["layer"], set(layer["initiatives"]), declared)
    ]


def _unlisted(path: str, named: set[str], declared: set[str]) -> list[Problem]:
    """Return the named initiatives that the recipe does not list."""
    allowed = ", ".join(sorted(declared))
    return [
        Problem("leads_nowhere", {"path": path, "got": name, "allowed": allowed})
        for name in sorted(named - declared)
    ]


def _tag_problems(tags: Mapping[str, Any], declared: set[str]) -> list[Problem]:
    """Return the problems of a city's tags, each located by initiative and dimension."""
    table = tag_table(tags)
    key = ["initiative", "dimension", "coder", "level"]
    duplicates = int(table.duplicated(key).sum())
    problems = (
        [Problem("duplicate_rows", {"path": TAGS.name, "got": duplicates})] if duplicates else []
    )
    problems += _unlisted(TAGS.name, set(table["initiative"]), declared)
    rows = table.fillna("").drop_duplicates(key, ignore_index=True)
    locations = ["", *(_place(row) for row in rows.to_dict("records"))]
    tag_problems = tag_faults(TAGS, rows, rows["initiative"], lines=range(1, len(locations)))
    problems += [replace(problem, at=locations[int(problem.at)]) for problem in tag_problems]
    return problems + _signed_problems(rows, tags)


def _signed_problems(rows: pd.DataFrame, tags: Mapping[str, Any]) -> list[Problem]:
    """Return the tags that the paper cannot have signed: without a page or a basis, or our own."""
    signed = rows[rows["coder"] == tags["coders"].get(PAPER)]
    wrong = (signed["page"] == "") | (signed["basis"] == "") | (signed["level"] == "described")
    return [
        Problem("not_signed", {"path": TAGS.name, "got": row["level"]}, at=_place(row))
        for row in signed[wrong].to_dict("records")
    ]


def _place(row: Mapping[Hashable, str]) -> str:
    """Return where a tag stands: there is no file with lines yet."""
    return f"{row['initiative']} · {row['dimension']}"


def _money_problems(
    recipe: Mapping[str, Any], known: Mapping[str, set[str]], investment: pd.DataFrame | None
) -> list[Problem]:
    """Return the problems of a table of money; a row without a unit is allowed."""
    if investment is None:
        investment = pd.DataFrame(columns=["unit", "id", "year", "amount"])
    problems = [
        Problem("unknown_unit_id", {"unit": unit, "got": name})
        for unit, rows in investment.dropna(subset=["id"]).groupby("unit")
        for name in sorted(set(rows["id"]) - known.get(str(unit), set()))
    ]
    duplicates = int(investment.duplicated(["unit", "id", "year"]).sum())
    if duplicates:
        problems.append(Problem("duplicate_rows", {"path": "investment.csv", "got": duplicates}))
    amounts = investment["amount"].astype(float)
    if not (np.isfinite(amounts) & (amounts >= 0)).all():
        problems.append(Problem("missing_values", {"path": "investment.csv"}))
    given = {(str(unit), int(year)) for unit, year in investment[["unit", "year"]].to_numpy()}
    return problems + [
        Problem("missing_values", {"path": f"investment.csv {layer['layer']}"})
        for layer in layers_of(recipe)
        if layer["geometry"] == "unit" and (layer["unit"], layer["year"]) not in given
    ]
