"""Units that a reader picks in one view and sees highlighted in all others.

What is picked is kept per city and level of units and is not part of the link: it highlights,
and does not change the question. The views of a page are one fragment that is rerun alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from sixes_geo.analysis.link_fields import NOTHING
from sixes_geo.charts.style import PICK
from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state

PICKED, CLEARED = "picked", "picks-cleared"


@dataclass(frozen=True)
class Picked:
    """The picked units, their city and level, and the view they were picked in."""

    scope: str
    units: tuple[str, ...]
    view: str


def picked(selection: state.Selection) -> tuple[str, ...]:
    """Return the units picked in this city and level."""
    kept = st.session_state.get(PICKED)
    return kept.units if kept is not None and kept.scope == _scope(selection) else ()


def pick(selection: state.Selection, units: Iterable[str], view: str) -> None:
    """Pick units; none clears the selection."""
    chosen = tuple(dict.fromkeys(units))
    st.session_state[PICKED] = Picked(_scope(selection), chosen, view)


def key_of(view: str) -> str:
    """Return the key of a chart, which changes when the selection is cleared.

    A chart keeps its own selection: under the same key it would not report the same pick again.
    """
    return f"{view}-{st.session_state.get(CLEARED, 0)}"


def show_picked(selection: state.Selection) -> None:
    """Say how many units are picked, with a button to clear the selection."""
    units = picked(selection)
    if not units:
        return
    tr = selection.tr
    many = tr.text(selection.question.unit.many)
    with st.container(horizontal=True, vertical_alignment="center"):
        markup.quiet(tr("selection.picked", count=len(units), many=many))
        st.button(tr("selection.clear"), key="clear-picks", on_click=clear)


def clear() -> None:
    """Clear the selection."""
    st.session_state[CLEARED] = st.session_state.get(CLEARED, 0) + 1
    selection = state.current()
    pick(selection, [], "button")
    state.keep("district", NOTHING)
    state.write_link()


def chart_picker(
    selection: state.Selection, key: str, field: str, members: Mapping[object, Collection[str]]
) -> Callable[[], None]:
    """Return the callback of a chart whose marks can be picked.

    Parameters
    ----------
    selection
        The choices of this run.
    key
        Key of the chart.
    field
        The field that identifies its marks.
    members
        The units behind each value of that field.
    """

    def changed() -> None:
        values = [point[field] for point in picked_points(key)]
        pick(selection, (unit for value in values for unit in members.get(value, ())), key)

    return changed


def units_by_quintile(units: pd.DataFrame) -> dict[object, tuple[str, ...]]:
    """Return the ids of the units in each quintile of need, 1 to 5, for a chart of quintiles."""
    groups = units.groupby("quintile").groups
    return {int(str(quintile)[0]): tuple(ids) for quintile, ids in groups.items()}


def picked_points(key: str) -> list[dict[str, object]]:
    """Return the picked marks of a chart."""
    event = st.session_state.get(key) or {}
    points = (event.get("selection") or {}).get(PICK) or []
    return [dict(point) for point in points]


def table_picker(selection: state.Selection, key: str, ids: Sequence[str]) -> Callable[[], None]:
    """Return the callback of a table whose rows can be picked; ``ids`` are those of its rows."""

    def changed() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        pick(selection, (ids[row] for row in rows if row < len(ids)), key)

    return changed


def show_in_table(selection: state.Selection, key: str, ids: Sequence[str]) -> None:
    """Select the rows of units picked in another view; call before drawing the table."""
    kept = st.session_state.get(PICKED)
    if kept is None or kept.view == key:
        return
    chosen = set(picked(selection))
    rows = [row for row, unit in enumerate(ids) if unit in chosen]
    st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}


def take_click() -> None:
    """Pick the district clicked on the map; a second click clears it."""
    state.take_click()
    state.write_link()
    selection = state.current()
    pick(selection, [selection.district] if selection.district else [], "map")


def _scope(selection: state.Selection) -> str:
    """Return the city and level that unit ids belong to."""
    return f"{selection.city.city} {selection.question.unit.unit}"
