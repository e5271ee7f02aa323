"""The tables of districts of a snapshot: all, those with a verdict, those in focus."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from sixes_geo.analysis.ranking import rank_by
from sixes_geo.export.snapshot import Snapshot
from sixes_geo.maps import palette
from sixes_geo.output.unit_table import rate, share_title
from sixes_geo.wording import (
    MOST_LISTED,
    amount_words,
    counted_short,
    counted_within,
    figure,
    need_heading,
    rate_title,
    rate_words,
)


def table_heads(snapshot: Snapshot) -> list[str]:
    """Return the headings of the table of districts; only sites have verdicts."""
    assessment, tr = snapshot.assessment, snapshot.tr
    heads = [
        tr("table.name"),
        need_heading(assessment, tr),
        counted_short(assessment, tr),
        share_title(assessment, tr),
        tr("table.share_population"),
    ]
    return [*heads, tr("table.verdict")] if _has_verdicts(snapshot) else heads


def all_rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the rows of all units, the worst-off first."""
    return [_row(snapshot, str(unit), row) for unit, row in _ordered(snapshot).iterrows()]


def listed_rows(snapshot: Snapshot) -> dict[str, Any]:
    """Return the printed table: the units that stand out most, and those in focus.

    The first are the units with a verdict; if there are none, those whose share of provision
    is furthest from their share of people.
    """
    tr, rows = snapshot.tr, _ordered(snapshot)
    with_verdict = (
        rows[rows["verdict"] != "cannot_tell"] if _has_verdicts(snapshot) else rows.iloc[:0]
    )
    candidates = (with_verdict if len(with_verdict) else rows).dropna(subset=["gap"])
    side = np.sign(candidates["gap"])
    strength = candidates.assign(size=candidates["gap"].abs()).groupby(side)["size"]
    keep = set(candidates.index[strength.rank(ascending=False, method="first") <= MOST_LISTED])
    shown = rows[rows.index.isin(keep | set(snapshot.fields.districts))]
    counts = rows["verdict"].value_counts()
    words = {name: tr(f"table.verdicts.{name}") for name in palette.VERDICTS}
    return {
        "heads": table_heads(snapshot),
        "rows": [_row(snapshot, str(unit), row) for unit, row in shown.iterrows()],
        "counts": [
            {"name": words[name], "count": tr.number(int(counts.get(name, 0)), 0)} for name in words
        ]
        if _has_verdicts(snapshot)
        else [],
        "listed": tr("snapshot.listed", shown=len(shown), of=len(rows)),
    }


def focus(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the profile of each district in focus."""
    assessment, tr = snapshot.assessment, snapshot.tr
    rows, rates = _ordered(snapshot), rate(assessment)
    need = assessment.units["need"].dropna()
    ranks = rank_by(snapshot.question, need).rank(method="min")
    profiles = []
    for unit in snapshot.fields.districts:
        row = rows.loc[[unit]].iloc[0]
        cells = _row(snapshot, unit, row)["cells"]
        lines = [(need_heading(assessment, tr), cells[1])]
        if unit in ranks.index:
            rank = tr("snapshot.rank_of", rank=int(ranks[unit]), of=len(need))
            lines.append((tr("snapshot.rank"), rank))
        lines += [
            (counted_short(assessment, tr), cells[2]),
            (rate_title(assessment, tr), rate_words(rates[unit], assessment, tr)),
        ]
        lines += [(tr("table.verdict"), cells[5])] if _has_verdicts(snapshot) else []
        noun = counted_within(assessment, tr)
        shares = tr("district.share", amount=cells[3], people=cells[4], what=noun)
        profiles.append(
            {
                "name": str(row["name"]),
                "lines": [{"name": name, "value": value} for name, value in lines],
                "shares": shares if np.isfinite(row["share_amount"]) else "",
            }
        )
    return profiles


def _has_verdicts(snapshot: Snapshot) -> bool:
    """Tell whether units have verdicts."""
    return snapshot.question.weight == "sites"


def _ordered(snapshot: Snapshot) -> pd.DataFrame:
    """Return the units, the worst-off first; duplicate names are followed by the id."""
    units = snapshot.assessment.units
    duplicate = units["name"].duplicated(keep=False)
    named = units["name"].where(~duplicate, units["name"] + " · " + units.index)
    order = rank_by(snapshot.question, units["need"])
    return units.assign(order=order, name=named).sort_values(["order", "name"], kind="stable")


def _row(snapshot: Snapshot, unit: str, row: pd.Series[Any]) -> dict[str, Any]:
    """Return a row of the table."""
    assessment, tr = snapshot.assessment, snapshot.tr
    indicator = snapshot.question.need
    amount = tr("number.missing")
    if np.isfinite(row["amount"]):
        amount = amount_words(float(row["amount"]), assessment, tr)
    cells = [
        str(row["name"]),
        figure(row["need"], indicator, snapshot.city, tr),
        amount,
        tr.percent(row["share_amount"]),
        tr.percent(row["share_population"]),
    ]
    cells += [tr(f"table.verdicts.{row['verdict']}")] if _has_verdicts(snapshot) else []
    return {
        "cells": cells,
        "verdict": str(row["verdict"]) if _has_verdicts(snapshot) else "",
        "focus": unit in snapshot.fields.districts,
    }
