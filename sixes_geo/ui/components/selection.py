"""Units that a reader points out in one view and sees in all others.

What is picked is kept per city and level of units and belongs to no link: it is a finger on
the map, not a question. Views of a page lie in one fragment, so that pointing runs them alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from sixes_geo.analysis.link import NOTHING
from sixes_geo.charts.style import PICK
from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state

PICKED, LET_GO = "picked", "let-go"


@dataclass(frozen=True)
class Picked:
    """What is pointed out, where, and in which view."""

    scope: str
    units: tuple[str, ...]
    view: str


def picked(selection: state.Selection) -> tuple[str, ...]:
    """Return the units that are pointed out in this city and level."""
    found = st.session_state.get(PICKED)
    return found.units if found is not None and found.scope == _scope(selection) else ()


def pick(selection: state.Selection, units: Iterable[str], view: str) -> None:
    """Point units out, or let go of all by pointing at none."""
    chosen = tuple(dict.fromkeys(units))
    st.session_state[PICKED] = Picked(_scope(selection), chosen, view)


def key_of(view: str) -> str:
    """Return the key of a chart; another one once what it pointed out was let go.

    A chart keeps what was picked in it: as the same chart it would not notice the same pick.
    """
    return f"{view}-{st.session_state.get(LET_GO, 0)}"


def show_picked(selection: state.Selection) -> None:
    """Say how many units are pointed out, and offer to let them go."""
    found = picked(selection)
    if not found:
        return
    tr = selection.tr
    many = tr.text(selection.question.unit.many)
    with st.container(horizontal=True, vertical_alignment="center"):
        markup.quiet(tr("selection.picked", count=len(found), many=many))
        st.button(tr("selection.let_go"), key="let-go-button", on_click=let_go)


def let_go() -> None:
    """Point at nothing any more."""
    st.session_state[LET_GO] = st.session_state.get(LET_GO, 0) + 1
    selection = state.current()
    pick(selection, [], "button")
    state.keep("district", NOTHING)
    state.write_link()


def chart_picker(
    selection: state.Selection, key: str, field: str, members: Mapping[object, Collection[str]]
) -> Callable[[], None]:
    """Return what happens when a mark of a chart is picked.

    Parameters
    ----------
    selection
        The choices of this run.
    key
        Key of the chart.
    field
        The field by which its marks are told apart.
    members
        The units behind each value of that field.
    """

    def changed() -> None:
        values = [point[field] for point in points_of(key)]
        pick(selection, (unit for value in values for unit in members.get(value, ())), key)

    return changed


def points_of(key: str) -> list[dict[str, object]]:
    """Return the marks of a chart that are picked."""
    answer = st.session_state.get(key) or {}
    found = (answer.get("selection") or {}).get(PICK) or []
    return [dict(point) for point in found]


def table_picker(selection: state.Selection, key: str, ids: Sequence[str]) -> Callable[[], None]:
    """Return what happens when rows of a table are picked; ``ids`` are those of its rows."""

    def changed() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        pick(selection, (ids[row] for row in rows if row < len(ids)), key)

    return changed


def show_in_table(selection: state.Selection, key: str, ids: Sequence[str]) -> None:
    """Select the rows of the units that another view has pointed out; call before the table."""
    found = st.session_state.get(PICKED)
    if found is None or found.view == key:
        return
    chosen = set(picked(selection))
    rows = [row for row, unit in enumerate(ids) if unit in chosen]
    st.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}


def take_click() -> None:
    """Point out the district that was clicked on the map; a second click lets it go."""
    state.take_click()
    state.write_link()
    selection = state.current()
    pick(selection, [selection.district] if selection.district else [], "map")


def _scope(selection: state.Selection) -> str:
    """Return where ids of units mean what they mean."""
    return f"{selection.city.city} {selection.question.unit.unit}"
