"""The page of all initiatives: by E and partner, on a map, in a table, with their coders."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from sixes_geo.analysis.link import address_of, query_text
from sixes_geo.city.model import Initiative
from sixes_geo.city.tables import read_tags
from sixes_geo.contributions.merge import tag_files
from sixes_geo.framework.agreement import agreement, codings_of_tags, disagreements
from sixes_geo.framework.tags import Profile, carries
from sixes_geo.output.initiative_table import initiative_table, tags_csv
from sixes_geo.ui.components import headline, markup, partners, wheel
from sixes_geo.ui.session import cache, state
from sixes_geo.wording.agreement import agreement_table, disagreement_table
from sixes_geo.wording.tags import listed_headline, nothing_words

PAGE = "initiative"


def show_headline(selection: state.Selection) -> None:
    """Say how many initiatives match the filters, and how many have sites."""
    matching, tr = _matching(selection), selection.tr
    site_counts = cache.site_counts(selection.city)
    located = sum(initiative.id in site_counts for initiative, _ in matching)
    text = (
        listed_headline(selection.question, len(matching), located, tr)
        if matching
        else nothing_words(selection.question, tr)
    )
    st.html(markup.element("h1", text, "sixes-headline"))
    if not matching:
        wheel.clear_button(selection)


def show_on_map(selection: state.Selection) -> None:
    """Write the headline below the map, if any initiative matches the filters."""
    if _matching(selection):
        headline.show_headline_small(selection)


def show_listed(selection: state.Selection) -> None:
    """List the initiatives that match the filters, and draw their partners."""
    matching = _matching(selection)
    if matching:
        _table(selection, matching)
        st.subheader(selection.tr("partners.title"), anchor=False)
        partners.show_city([profile for _, profile in matching], selection.tr)


def show_agreement(selection: state.Selection) -> None:
    """List the coders, how far they agree, and where they do not."""
    tr = selection.tr
    tags = read_tags(selection.city)
    st.subheader(tr("agreement.title"), anchor=False)
    for error in tag_files(selection.city)[1]:
        markup.notice(error, tr)
    coders = pd.Series([tag.coder for tag in tags]).value_counts()
    counts = [tr("agreement.coder", coder=name, count=int(n)) for name, n in coders.items()]
    markup.quiet(tr("agreement.coders", coders="; ".join(counts)))
    codings = codings_of_tags(tags)
    coefficients = agreement(codings)
    if coefficients.empty:
        markup.quiet(tr("agreement.alone"))
    else:
        markup.table(agreement_table(coefficients, tr), tr("agreement.title"), tr)
    differing = disagreements(codings)
    if len(differing):
        names = {
            initiative.id: tr.text(initiative.name)
            for initiative, _ in cache.tagged_initiatives(selection.city)
        }
        table = disagreement_table(differing, names, tr)
        markup.table(table, tr("agreement.title"), tr)


def _table(selection: state.Selection, matching: Sequence[tuple[Initiative, Profile]]) -> None:
    """List initiatives; each name links to its page, with the current selection."""
    tr = selection.tr
    st.subheader(tr("initiatives.table"), anchor=False)
    markup.quiet(tr("initiatives.pick"))
    markup.table(
        initiative_table(matching, cache.site_counts(selection.city), tr),
        tr("initiatives.table_alt"),
        tr,
        [
            address_of(query_text(state.link_to(initiative=initiative.id)), page=PAGE)
            for initiative, _ in matching
        ],
    )
    st.download_button(
        tr("initiatives.download"),
        partial(tags_csv, selection.city, tr),
        file_name=f"sixes-geo-{selection.city.city}-tags.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _matching(selection: state.Selection) -> list[tuple[Initiative, Profile]]:
    """Return the initiatives that match the filters, with their tags."""
    es, ps, basis = selection.question.es, selection.question.ps, selection.question.basis
    return [
        (initiative, profile)
        for initiative, profile in wheel.listed(selection)
        if carries(profile, es, ps, basis)
    ]
