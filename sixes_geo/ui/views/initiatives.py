"""All initiatives of a city: by E and by partner, on the map, in a table, and who coded what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from sixes_geo.city.model import Initiative
from sixes_geo.city.tables import read_tags
from sixes_geo.contributions.merge import tag_files
from sixes_geo.framework.agreement import agreement, disagreements, said_in
from sixes_geo.framework.tags import Profile, carries
from sixes_geo.output.initiative_table import initiative_table, tags_csv
from sixes_geo.ui.components import headline, markup, partners, wheel
from sixes_geo.ui.session import cache, state
from sixes_geo.wording.agreement import agreement_table, disagreement_table
from sixes_geo.wording.tags import listed_headline, nothing_words

PAGE = "initiative"


def show_headline(selection: state.Selection) -> None:
    """Say how many initiatives there are of what was chosen, and how many have a place."""
    kept, tr = _kept(selection), selection.tr
    found = cache.site_counts(selection.city)
    placed = sum(one.id in found for one, _ in kept)
    text = (
        listed_headline(selection.question, len(kept), placed, tr)
        if kept
        else nothing_words(selection.question, tr)
    )
    st.html(markup.element("h1", text, "sixes-headline"))
    if not kept:
        wheel.clear_button(selection)


def show_on_map(selection: state.Selection) -> None:
    """Say under the map where it stands, unless there is nothing that could stand anywhere."""
    if _kept(selection):
        headline.show_headline_small(selection)


def show_listed(selection: state.Selection) -> None:
    """List the initiatives of what was chosen and draw their partners, if there are any."""
    kept = _kept(selection)
    if kept:
        _table(selection, kept)
        st.subheader(selection.tr("partners.title"), anchor=False)
        partners.show_city([said for _, said in kept], selection.tr)


def show_agreement(selection: state.Selection) -> None:
    """Say who coded, how far coders agree, and where they do not."""
    tr = selection.tr
    tags = read_tags(selection.city)
    st.subheader(tr("agreement.title"), anchor=False)
    for refusal in tag_files(selection.city)[1]:
        markup.notice(refusal, tr)
    coders = pd.Series([tag.coder for tag in tags]).value_counts()
    told = [tr("agreement.coder", coder=name, count=int(n)) for name, n in coders.items()]
    markup.quiet(tr("agreement.coders", coders="; ".join(told)))
    said = said_in(tags)
    found = agreement(said)
    if found.empty:
        markup.quiet(tr("agreement.alone"))
    else:
        markup.table(agreement_table(found, tr), tr("agreement.title"), tr)
    differing = disagreements(said)
    if len(differing):
        names = {one.id: tr.text(one.name) for one, _ in cache.coded(selection.city)}
        table = disagreement_table(differing, names, tr)
        markup.table(table, tr("agreement.title"), tr)


def _table(selection: state.Selection, kept: Sequence[tuple[Initiative, Profile]]) -> None:
    """List initiatives; the name of each leads to its page, with everything that was chosen."""
    tr = selection.tr
    st.subheader(tr("initiatives.table"), anchor=False)
    markup.quiet(tr("initiatives.pick"))
    markup.table(
        initiative_table(kept, cache.site_counts(selection.city), tr),
        tr("initiatives.table_alt"),
        tr,
        [f"{PAGE}?{urlencode(state.link_to(initiative=one.id))}" for one, _ in kept],
    )
    st.download_button(
        tr("initiatives.download"),
        partial(tags_csv, selection.city, tr),
        file_name=f"sixes-geo-{selection.city.city}-tags.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _kept(selection: state.Selection) -> list[tuple[Initiative, Profile]]:
    """Return the initiatives of what was chosen with what is said of each."""
    es, ps = selection.question.es, selection.question.ps
    return [(one, said) for one, said in wheel.listed(selection) if carries(said, es, ps)]
