"""The table of units below the map, and the list of initiatives without sites."""

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
from sixes_geo.wording import counted_within, need_heading

TABLE_HEIGHT = 420


def table_ids(assessment: Assessment, tr: Translator) -> list[str]:
    """Return the ids of units in the order of the table's rows."""
    return [str(unit) for unit in screen_table(assessment, tr).index]


def show_table(
    selection: state.Selection, key: str = "units", on_pick: Callable[[], None] | None = None
) -> None:
    """Draw the sortable table of units, with a button to download it.

    If ``on_pick`` is given, rows can be picked, and it is called when some are.
    """
    tr = selection.tr
    assessment = cache.assessment(selection.question)
    if headline.nothing_matches(selection):
        return  # every cell would be empty
    many = tr.text(selection.question.unit.many)
    st.subheader(markup.plain(tr("table.title", many=many)), anchor=False)
    table = screen_table(assessment, tr)
    picking: dict[str, Any] = (
        {"on_select": on_pick, "selection_mode": "multi-row"} if on_pick else {}
    )
    st.dataframe(
        markup.arrow_table(table),
        hide_index=True,
        height=TABLE_HEIGHT,
        column_config=_columns(assessment, table, tr),
        alt=_alt(assessment, tr),
        key=key,
        **picking,
    )
    st.download_button(
        tr("table.download"),
        partial(csv_table, assessment, tr),  # built only when it is downloaded
        file_name=f"sixes-geo-{assessment.question.city.city}-{assessment.question.unit.unit}-{assessment.question.need.indicator}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _alt(assessment: Assessment, tr: Translator) -> str:
    """Describe the table to a reader who cannot see it."""
    many = tr.text(assessment.question.unit.many)
    form = "alt" if assessment.question.weight == "sites" else "alt_amount"
    return tr(f"table.{form}", many=many, noun=counted_within(assessment, tr))


def _columns(assessment: Assessment, table: pd.DataFrame, tr: Translator) -> dict[str, Any]:
    """Return the number formats of the table's columns."""
    indicator = assessment.question.need
    number = st.column_config.NumberColumn
    columns = {str(column): number(format="localized") for column in table.select_dtypes("number")}
    columns[need_heading(assessment, tr)] = number(
        format="localized", help=markup.plain(tr.text(indicator.unit_of_measure))
    )
    for name in (share_title(assessment, tr), tr("table.share_population")):
        columns[name] = number(format="percent")
    return columns


def show_unplaced(selection: state.Selection) -> None:
    """List the initiatives without sites: first those of the question, then of the city."""
    tr = selection.tr
    assessment = cache.assessment(selection.question)
    st.subheader(tr("unplaced.title"), anchor=False)
    markup.quiet(tr("unplaced.explain"))
    if not assessment.unplaced:
        markup.quiet(tr("unplaced.none"))
    for initiative in assessment.unplaced:
        show_entry(initiative, tr)
    chosen = {initiative.id for initiative in assessment.unplaced}
    others = [
        initiative for initiative in cache.placeless(selection.city) if initiative.id not in chosen
    ]
    if others:
        with st.expander(tr("unplaced.all_title"), expanded=True):
            for initiative in others:
                show_entry(initiative, tr)


def _addresses(initiative: Initiative) -> list[str]:
    """Return the web addresses of an initiative's sources."""
    return [word for word in initiative.source_url.replace(";", " ").split() if "://" in word]


def show_entry(initiative: Initiative, tr: Translator, *, name: bool = True) -> None:
    """Write one initiative: the facts and their sources."""
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
        + "".join(
            f" · {markup.link(address, tr('sources.open'))}" for address in _addresses(initiative)
        )
        + "</div>"
    )
