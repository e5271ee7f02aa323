"""Other frameworks beside the 6 Es: what each is, where its themes are discussed, who says so."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from sixes_geo.errors import SixesGeoError
from sixes_geo.framework.agreement import agreement, disagreements
from sixes_geo.framework.crosswalk import (
    LEVELS,
    Cell,
    Framework,
    crosswalk_csv,
    frameworks,
    levels_of,
    said_in_cells,
)
from sixes_geo.i18n import Translator
from sixes_geo.intake.coding import cell_files, cells, cells_from_file, keep_cells
from sixes_geo.model import ES
from sixes_geo.ui import parts, state
from sixes_geo.wording.agreed import agreement_table, disagreement_table

THEME = "theme"
THEME_WIDTH, ROW_HEIGHT = 210, 84
"""Pixels: on a phone the themes stay in sight beside an E; their texts wrap into four lines."""
NEVER = ""
"""A level that no coder is silent at: of a theme, *none* is an answer."""


def show_all(selection: state.Selection) -> None:
    """Choose a framework, read what it is, and set its themes beside the Es."""
    tr = selection.tr
    st.html(parts.element("h1", tr("frameworks.headline"), "sixes-headline"))
    parts.flag(tr("frameworks.caution"))
    found = {one.id: one for one in frameworks()}
    names = {one.id: one.name for one in frameworks()}
    chosen = st.selectbox(
        tr("frameworks.choose"),
        list(found),
        key="framework",
        format_func=names.__getitem__,
    )
    one = found[chosen]
    _about(one, tr)
    for refusal in cell_files()[1]:
        parts.notice(refusal, tr)
    said = list(cells())
    if one.themes:
        _crosswalk(one, said, tr)
    _agreement(said, tr)
    st.download_button(
        tr("frameworks.download"),
        partial(crosswalk_csv, said),
        file_name="sixes-geo-crosswalk.csv",
        mime="text/csv",
        on_click="ignore",
    )
    _bring(tr)


def _about(one: Framework, tr: Translator) -> None:
    """Write what a framework is, of when, where it places our cities, and how well we know it."""
    lines = [
        parts.element("strong", one.name),
        parts.element("div", tr.text(one.about)),
        parts.element("div", tr("frameworks.ranks", ranks=tr.text(one.ranks))),
        parts.element(
            "span",
            tr(
                "frameworks.papers",
                year=one.year or tr("frameworks.no_year"),
                reading=tr(f"frameworks.reading.{one.reading}"),
                source=one.source,
            ),
        ),
    ]
    st.html(f'<div class="sixes-entry">{"".join(lines)}</div>')


def _crosswalk(one: Framework, said: list[Cell], tr: Translator) -> None:
    """Draw the themes beside the Es as one coder placed them, to be changed under another name."""
    coders = list(dict.fromkeys(cell.coder for cell in said if cell.framework == one.id))
    coder = st.selectbox(tr("frameworks.coder"), coders, key="crosswalk-coder")
    levels = levels_of(said, coder)
    words = {level: tr(f"tagged.level.{level}") for level in LEVELS}
    titles = {theme.id: tr.text(theme.title) for theme in one.themes}
    table = pd.DataFrame(
        {
            THEME: list(titles.values()),
            **{e: [words.get(levels.get((theme, e), NEVER)) for theme in titles] for e in ES},
        },
        index=list(titles),
    )
    column = st.column_config
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=[THEME],
        key=f"crosswalk-{one.id}-{coder}",
        row_height=ROW_HEIGHT,
        height="content",
        column_config={
            THEME: column.TextColumn(tr("frameworks.theme"), width=THEME_WIDTH, pinned=True),
            **{
                e: column.SelectboxColumn(tr(f"tagged.e.{e}"), options=list(words.values()))
                for e in ES
            },
        },
    )
    parts.quiet(tr("frameworks.legend"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(tr("frameworks.name"), key="crosswalk-name", max_chars=80)
        keeping = st.button(tr("frameworks.keep"), key="crosswalk-keep")
    if keeping:
        by_word = {word: level for level, word in words.items()}
        mine = [
            Cell(one.id, theme, e, by_word[str(edited.loc[theme, e])], name.strip())
            for theme in titles
            for e in ES
            if str(edited.loc[theme, e]) in by_word
        ]
        _keep(mine, tr)


def _keep(mine: list[Cell], tr: Translator) -> None:
    """Keep what a coder says, and show it."""
    try:
        keep_cells(mine)
    except SixesGeoError as refusal:
        parts.notice(refusal, tr)
    else:
        st.rerun()


def _agreement(said: list[Cell], tr: Translator) -> None:
    """Say how far coders agree on the themes, and where they do not."""
    st.subheader(tr("agreement.title"), anchor=False)
    coders = pd.Series([cell.coder for cell in said]).value_counts()
    told = [tr("agreement.cells", coder=name, count=int(n)) for name, n in coders.items()]
    parts.quiet(tr("agreement.coders", coders="; ".join(told)))
    known = said_in_cells(said)
    found = agreement(known, silent=NEVER)
    if found.empty:
        parts.quiet(tr("frameworks.alone"))
        return
    parts.table(agreement_table(found, tr), tr("agreement.title"), tr)
    differing = disagreements(known, silent=NEVER)
    if len(differing):
        names = {theme.id: tr.text(theme.title) for one in frameworks() for theme in one.themes}
        table = disagreement_table(differing, names, tr)
        parts.table(table, tr("agreement.title"), tr)


def _bring(tr: Translator) -> None:
    """Take a coder's file."""
    brought = st.file_uploader(
        tr("frameworks.bring"), type="csv", key="crosswalk-file", max_upload_size=parts.MEGABYTES
    )
    if brought is not None and st.button(tr("frameworks.keep_file"), key="crosswalk-file-keep"):
        with parts.explained(tr):
            keep_cells(cells_from_file(brought.getvalue(), brought.name))
            st.success(tr("own.kept"))
