"""Below the map: the table of units, and what stands nowhere in particular."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from sixes_geo.analysis.assessment import Assessment
from sixes_geo.city.model import Initiative
from sixes_geo.i18n import Translator
from sixes_geo.output.unit_table import csv_table, screen_table, share_title
from sixes_geo.ui.components import headline, markup
from sixes_geo.ui.session import cache, state
from sixes_geo.wording import counted_within, need_title

TABLE_HEIGHT = 420


def table_ids(found: Assessment, tr: Translator) -> list[str]:
    """Return the units in the order of the table's rows."""
    return [str(one) for one in screen_table(found, tr).index]


def show_table(
    selection: state.Selection, key: str = "units", on_pick: Callable[[], None] | None = None
) -> None:
    """Draw the table of units, sortable, and offer it as a file.

    Where rows can be picked, ``on_pick`` is called when some are.
    """
    tr = selection.tr
    found = cache.assessment(selection.question)
    if headline.nothing_kept(selection):
        return  # every cell would be empty
    many = tr.text(selection.question.unit.many)
    st.subheader(markup.plain(tr("table.title", many=many)), anchor=False)
    table = screen_table(found, tr)
    picking: dict[str, Any] = (
        {"on_select": on_pick, "selection_mode": "multi-row"} if on_pick else {}
    )
    st.dataframe(
        markup.bare(table),
        hide_index=True,
        height=TABLE_HEIGHT,
        column_config=_columns(found, table, tr),
        alt=_alt(found, tr),
        key=key,
        **picking,
    )
    st.download_button(
        tr("table.download"),
        partial(csv_table, found, tr),  # written only if it is asked for
        file_name=f"sixes-geo-{found.question.city.city}-{found.question.unit.unit}-{found.question.need.indicator}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _alt(found: Assessment, tr: Translator) -> str:
    """Say what the table holds; units have verdicts on sites alone."""
    many = tr.text(found.question.unit.many)
    form = "alt" if found.question.weight == "sites" else "alt_amount"
    return tr(f"table.{form}", many=many, noun=counted_within(found, tr))


def _columns(found: Assessment, table: pd.DataFrame, tr: Translator) -> dict[str, Any]:
    """Return how the numbers of the table are written."""
    indicator = found.question.need
    number = st.column_config.NumberColumn
    columns = {str(one): number(format="localized") for one in table.select_dtypes("number")}
    columns[need_title(found, tr)] = number(
        format="localized", help=markup.plain(tr.text(indicator.unit_of_measure))
    )
    for name in (share_title(found, tr), tr("table.share_population")):
        columns[name] = number(format="percent")
    return columns


def show_unplaced(selection: state.Selection) -> None:
    """List initiatives that stand nowhere in particular: of this question, then of the city."""
    tr = selection.tr
    found = cache.assessment(selection.question)
    st.subheader(tr("unplaced.title"), anchor=False)
    markup.quiet(tr("unplaced.explain"))
    if not found.unplaced:
        markup.quiet(tr("unplaced.none"))
    for initiative in found.unplaced:
        show_entry(initiative, tr)
    chosen = {one.id for one in found.unplaced}
    others = [one for one in cache.placeless(selection.city) if one.id not in chosen]
    if others:
        with st.expander(tr("unplaced.all_title"), expanded=True):
            for initiative in others:
                show_entry(initiative, tr)


def _addresses(initiative: Initiative) -> list[str]:
    """Return the web addresses an initiative's facts rest on."""
    return [one for one in initiative.source_url.replace(";", " ").split() if "://" in one]


def show_entry(initiative: Initiative, tr: Translator, *, name: bool = True) -> None:
    """Write one initiative: what is known of it, and who says so."""
    years = ""
    if initiative.start_year and initiative.end_year:
        years = tr("unplaced.years", start=str(initiative.start_year), end=str(initiative.end_year))
    elif initiative.start_year:
        years = tr("unplaced.since", start=str(initiative.start_year))
    tags = [
        tr(f"unplaced.footprint.{initiative.footprint}"),
        tr(f"unplaced.approach.{initiative.approach}"),
        years,
        initiative.source,
    ]
    st.html(
        '<div class="sixes-entry">'
        + (markup.element("strong", tr.text(initiative.name)) if name else "")
        + markup.element("div", tr.text(initiative.facts))
        + markup.element("span", " · ".join(tag for tag in tags if tag))
        + "".join(f" · {markup.link(one, tr('sources.open'))}" for one in _addresses(initiative))
        + "</div>"
    )
