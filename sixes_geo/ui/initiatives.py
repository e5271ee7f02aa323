"""All initiatives of a city: by E and by partner, on the map, in a table, and who coded what."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from sixes_geo.additions import tag_files
from sixes_geo.framework.agreement import agreement, disagreements, said_in
from sixes_geo.framework.coding import Profile, carries
from sixes_geo.layers import read_tags
from sixes_geo.tables_tagged import initiative_table, tags_csv
from sixes_geo.ui import cache, partners, parts, state, wheel
from sixes_geo.wording.agreed import agreement_table, disagreement_table
from sixes_geo.wording.tagged import listed_headline

TABLE = "initiatives"
PAGE = "pages/explore/initiative.py"


def show_headline(selection: state.Selection) -> None:
    """Say how many initiatives there are of what was chosen, and how many have a place."""
    kept = [one for one, said in wheel.listed(selection) if _matches(selection, said)]
    found = cache.site_counts(selection.city)
    placed = sum(one.id in found for one in kept)
    text = listed_headline(selection.choice, len(kept), placed, selection.tr)
    st.html(parts.element("h1", text, "sixes-headline"))


def show_table(selection: state.Selection) -> None:
    """List the initiatives of what was chosen; a row opens the page of its initiative."""
    tr = selection.tr
    found = [(one, said) for one, said in wheel.listed(selection) if _matches(selection, said)]
    st.subheader(tr("initiatives.table"), anchor=False)
    ids = [one.id for one, _ in found]

    def opened() -> None:
        rows = st.session_state[TABLE]["selection"]["rows"]
        if rows:
            state.keep("initiative", ids[rows[0]])

    table = initiative_table(found, cache.site_counts(selection.city), tr)
    st.dataframe(
        parts.bare(table),
        hide_index=True,
        key=TABLE,
        on_select=opened,
        selection_mode="single-row",
        alt=tr("initiatives.table_alt"),
    )
    names = {one.id: tr.text(one.name) for one, _ in wheel.listed(selection)}
    if selection.initiative in names:
        name = names[selection.initiative]
        st.page_link(PAGE, label=parts.plain(tr("initiatives.open", name=name)))
    else:
        parts.quiet(tr("initiatives.pick"))
    st.download_button(
        tr("initiatives.download"),
        partial(tags_csv, selection.city, tr),
        file_name=f"sixes-geo-{selection.city.city}-tags.csv",
        mime="text/csv",
        on_click="ignore",
    )


def show_partners(selection: state.Selection) -> None:
    """Draw who takes part in the city's initiatives, and in which role."""
    tr = selection.tr
    st.subheader(tr("partners.title"), anchor=False)
    said = [one for _, one in wheel.listed(selection) if _matches(selection, one)]
    partners.show_city(said, tr)


def show_agreement(selection: state.Selection) -> None:
    """Say who coded, how far coders agree, and where they do not."""
    tr = selection.tr
    tags = read_tags(selection.city)
    st.subheader(tr("agreement.title"), anchor=False)
    for refusal in tag_files(selection.city)[1]:
        parts.notice(refusal, tr)
    coders = pd.Series([tag.coder for tag in tags]).value_counts()
    told = [tr("agreement.coder", coder=name, count=int(n)) for name, n in coders.items()]
    parts.quiet(tr("agreement.coders", coders="; ".join(told)))
    said = said_in(tags)
    found = agreement(said)
    if found.empty:
        parts.quiet(tr("agreement.alone"))
    else:
        st.dataframe(parts.bare(agreement_table(found, tr)), hide_index=True, key="agreement")
    differing = disagreements(said)
    if len(differing):
        names = {one.id: tr.text(one.name) for one, _ in cache.coded(selection.city)}
        table = disagreement_table(differing, names, tr)
        st.dataframe(parts.bare(table), hide_index=True, key="disagreements")


def _matches(selection: state.Selection, said: Profile) -> bool:
    """Tell whether an initiative is of what was chosen."""
    return carries(said, selection.choice.es, selection.choice.ps)
