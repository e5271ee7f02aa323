"""The districts of a snapshot: all of them, those with a verdict, those in focus."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sixes_geo.analysis.ranking import rank_by
from sixes_geo.export.snapshot import Snapshot
from sixes_geo.maps import palette
from sixes_geo.output.unit_table import rate, rate_title, share_title
from sixes_geo.wording import (
    count_words,
    counted_short,
    counted_within,
    figure,
    is_rough,
    need_title,
)

LISTED = 12
"""Units of each verdict that are listed by name; a table of all of them goes with the files."""


def table_heads(snapshot: Snapshot) -> list[str]:
    """Return the heads of the table of districts; a verdict there is only on sites."""
    found, tr = snapshot.assessment, snapshot.tr
    heads = [
        tr("table.name"),
        need_title(found, tr),
        counted_short(found, tr),
        share_title(found, tr),
        tr("table.share_population"),
    ]
    return [*heads, tr("table.verdict")] if _judged(snapshot) else heads


def all_rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return every unit as the table of the snapshot writes it, the worst-off first."""
    return [_row(snapshot, str(at), row) for at, row in _ordered(snapshot).iterrows()]


def listed_rows(snapshot: Snapshot) -> dict[str, Any]:
    """Return the table on paper: the units that stand out most, and those in focus.

    Where there are verdicts those are the units with one; where chance could have done all of
    it, or money is told, those that are furthest from their share of the people.
    """
    tr, rows = snapshot.tr, _ordered(snapshot)
    found = rows[rows["verdict"] != "cannot_tell"] if _judged(snapshot) else rows.iloc[:0]
    standing = (found if len(found) else rows).dropna(subset=["gap"])
    side = np.sign(standing["gap"])
    strong = standing.assign(size=standing["gap"].abs()).groupby(side)["size"]
    keep = set(standing.index[strong.rank(ascending=False, method="first") <= LISTED])
    shown = rows[rows.index.isin(keep | set(snapshot.fields.districts))]
    counts = rows["verdict"].value_counts()
    words = {name: tr(f"table.verdicts.{name}") for name in palette.VERDICTS}
    return {
        "heads": table_heads(snapshot),
        "rows": [_row(snapshot, str(at), row) for at, row in shown.iterrows()],
        "counts": [
            {"name": words[name], "count": tr.number(int(counts.get(name, 0)), 0)} for name in words
        ]
        if _judged(snapshot)
        else [],
        "listed": tr("snapshot.listed", shown=len(shown), of=len(rows)),
    }


def focus(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the profile of each district in focus."""
    found, tr = snapshot.assessment, snapshot.tr
    rows, rates = _ordered(snapshot), rate(found)
    need = found.units["need"].dropna()
    place = rank_by(snapshot.question, need).rank(method="min")
    profiles = []
    for unit in snapshot.fields.districts:
        row = rows.loc[[unit]].iloc[0]
        told = _row(snapshot, unit, row)["cells"]
        lines = [(need_title(found, tr), told[1])]
        if unit in place.index:
            rank = tr("snapshot.rank_of", rank=int(place[unit]), of=len(need))
            lines.append((tr("snapshot.rank"), rank))
        lines += [
            (counted_short(found, tr), told[2]),
            (rate_title(found, tr), tr.number(rates[unit], 2)),
        ]
        lines += [(tr("table.verdict"), told[5])] if _judged(snapshot) else []
        noun = counted_within(found, tr)
        shares = tr("district.share", amount=told[3], people=told[4], what=noun)
        profiles.append(
            {
                "name": str(row["name"]),
                "lines": [{"name": name, "value": value} for name, value in lines],
                "shares": shares if np.isfinite(row["share_amount"]) else "",
            }
        )
    return profiles


def _judged(snapshot: Snapshot) -> bool:
    """Tell whether units have a verdict of their own."""
    return snapshot.question.weight == "sites"


def _ordered(snapshot: Snapshot) -> pd.DataFrame:
    """Return the units, the worst-off first; a name that stands twice is told with its id."""
    units = snapshot.assessment.units
    twice = units["name"].duplicated(keep=False)
    named = units["name"].where(~twice, units["name"] + " · " + units.index)
    order = rank_by(snapshot.question, units["need"])
    return units.assign(order=order, name=named).sort_values(["order", "name"], kind="stable")


def _row(snapshot: Snapshot, unit: str, row: pd.Series[Any]) -> dict[str, Any]:
    """Return one unit of the table."""
    found, tr = snapshot.assessment, snapshot.tr
    indicator = snapshot.question.need
    amount = tr("number.missing")
    if np.isfinite(row["amount"]):
        amount = count_words(float(row["amount"]), tr, rough=is_rough(found))
    cells = [
        str(row["name"]),
        figure(row["need"], indicator, snapshot.city, tr),
        amount,
        tr.percent(row["share_amount"]),
        tr.percent(row["share_population"]),
    ]
    cells += [tr(f"table.verdicts.{row['verdict']}")] if _judged(snapshot) else []
    return {
        "cells": cells,
        "verdict": str(row["verdict"]) if _judged(snapshot) else "",
        "focus": unit in snapshot.fields.districts,
    }
