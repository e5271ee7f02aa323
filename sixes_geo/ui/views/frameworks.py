"""Other frameworks beside the 6 Es: their themes, the Es those fall under, and who says so."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pandas as pd
import streamlit as st

from sixes_geo.base.errors import SixesGeoError
from sixes_geo.base.hidden import isolated
from sixes_geo.base.limits import CONTRIBUTION_BYTES
from sixes_geo.city.model import ES
from sixes_geo.contributions import brought
from sixes_geo.contributions.cell_files import (
    cell_files,
    cells,
    cells_added,
    keep_cells,
    remove_cells,
    sign_cells,
)
from sixes_geo.framework.agreement import agreement, disagreements
from sixes_geo.framework.crosswalk import (
    LEVELS,
    Cell,
    Framework,
    codings_of_cells,
    crosswalk_csv,
    frameworks,
    levels_of,
)
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import keeping, markup, uploads, work
from sixes_geo.ui.session import authorship, state
from sixes_geo.wording.agreement import agreement_table, disagreement_table

THEME = "theme"
THEME_WIDTH, ROW_HEIGHT = 210, 84
"""Pixels: on a phone the themes stay in sight beside an E; their texts wrap into four lines."""
NEVER = ""
"""A level that no coder uses: for a theme, *none* is an answer, not silence."""

EMPTY = ""
"""In place of a coder: an empty table."""

CODER = "crosswalk-coder"
KEPT, NEXT, ROUND, FILES = (
    "crosswalk-kept",
    "crosswalk-next",
    "crosswalk-round",
    "crosswalk-files",
)
"""Session keys: the message on what was kept, the coder shown next, counters of resets."""


def show_all(selection: state.Selection) -> None:
    """Draw the choice of a framework, its description, and its themes beside the Es."""
    tr = selection.tr
    st.html(markup.element("h1", tr("frameworks.headline"), "sixes-headline"))
    markup.flag(tr("frameworks.caution"))
    by_id = {framework.id: framework for framework in frameworks()}
    names = {framework.id: framework.name for framework in frameworks()}
    chosen = st.selectbox(
        tr("frameworks.choose"),
        list(by_id),
        key="framework",
        format_func=names.__getitem__,
    )
    framework = by_id[chosen]
    _about(framework, tr)
    keeping.show_state(tr)
    for error in cell_files()[1]:
        markup.notice(error, tr)
    coded_cells = list(cells())
    if NEXT in st.session_state:  # a coder who has just kept cells sees them
        st.session_state[CODER] = st.session_state.pop(NEXT)
    if framework.themes:
        _crosswalk(framework, coded_cells, tr)
    _agreement(coded_cells, tr)
    st.download_button(
        tr("frameworks.download"),
        partial(crosswalk_csv, coded_cells),
        file_name="sixes-geo-crosswalk.csv",
        mime="text/csv",
        on_click="ignore",
    )
    _upload(tr)


def _about(framework: Framework, tr: Translator) -> None:
    """Write about a framework: its year, how it ranks our cities, and what we read of it."""
    lines = [
        markup.element("strong", framework.name),
        markup.element("div", tr.text(framework.about)),
        markup.element("div", tr("frameworks.ranks", ranks=tr.text(framework.ranks))),
        markup.element(
            "span",
            tr(
                "frameworks.provenance",
                year=framework.year or tr("frameworks.no_year"),
                reading=tr(f"frameworks.reading.{framework.reading}"),
                source=framework.source,
            ),
        ),
    ]
    st.html(f'<div class="sixes-entry">{"".join(lines)}</div>')


def _crosswalk(framework: Framework, coded_cells: list[Cell], tr: Translator) -> None:
    """Draw the themes beside the Es as one coder placed them, in a table that can be edited."""
    coders = list(
        dict.fromkeys(cell.coder for cell in coded_cells if cell.framework == framework.id)
    )
    names = {name: name for name in coders} | {EMPTY: tr("frameworks.empty")}
    if st.session_state.get(CODER) not in names:
        st.session_state.pop(CODER, None)
    coder = st.selectbox(
        tr("frameworks.coder"),
        list(names),
        key=CODER,
        format_func=names.__getitem__,
    )
    levels = levels_of(coded_cells, coder)
    words = {level: tr(f"tags.level.{level}") for level in LEVELS}
    titles = {theme.id: tr.text(theme.title) for theme in framework.themes}
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
        placeholder="",  # a cell that says "None" would look like a level
        key=f"crosswalk-{framework.id}-{coder}-{st.session_state.get(ROUND, 0)}",
        row_height=ROW_HEIGHT,
        height="content",
        column_config={
            THEME: column.TextColumn(tr("frameworks.theme"), width=THEME_WIDTH, pinned=True),
            **{
                e: column.SelectboxColumn(tr(f"tags.e.{e}"), options=list(words.values()))
                for e in ES
            },
        },
    )
    markup.quiet(tr("frameworks.legend"))
    by_word = {word: level for level, word in words.items()}
    changed = {
        (theme, e): by_word.get(str(edited.loc[theme, e]), NEVER)
        for theme in titles
        for e in ES
        if by_word.get(str(edited.loc[theme, e])) != by_word.get(str(table.loc[theme, e]))
    }
    _sign(framework, coder, changed, tr)


def _sign(
    framework: Framework, shown: str, changed: dict[tuple[str, str], str], tr: Translator
) -> None:
    """Draw the form that keeps the changed cells, and only those, under a coder's name."""
    markup.quiet(tr("frameworks.changed", count=len(changed)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(tr("frameworks.name"), key="crosswalk-name", max_chars=80).strip()
        clicked = st.button(tr("frameworks.keep"), key="crosswalk-keep")
    if clicked:
        signed = {cell: level for cell, level in changed.items() if level or name == shown}
        try:
            count = sign_cells(name, framework.id, signed, authorship.code())
        except SixesGeoError as error:
            markup.notice(error, tr)
        else:
            st.session_state[KEPT] = tr("frameworks.kept", count=count, coder=name)
            st.session_state[NEXT] = name
            st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
            st.rerun()
    if KEPT in st.session_state:
        st.success(markup.plain(st.session_state.pop(KEPT)))
        keeping.show_code(tr)


def _agreement(coded_cells: list[Cell], tr: Translator) -> None:
    """Show how far coders agree on the themes, and where they do not."""
    st.subheader(tr("agreement.title"), anchor=False)
    coders = Counter(cell.coder for cell in coded_cells).items()
    counts = [tr("agreement.cells", coder=isolated(name), count=n) for name, n in coders]
    markup.quiet(tr("agreement.coders", coders="; ".join(counts)))
    for name in cells_added():
        with st.container(horizontal=True, vertical_alignment="center"):
            markup.quiet(name)
            keeping.remove_button(f"cells-{name}", name, partial(remove_cells, name), tr)
    codings = codings_of_cells(coded_cells)
    coefficients = agreement(codings, silent=NEVER, together=True)
    if coefficients.empty:
        markup.quiet(tr("frameworks.alone"))
        return
    markup.table(agreement_table(coefficients, tr), tr("agreement.title"), tr)
    differing = disagreements(codings, silent=NEVER)
    if len(differing):
        names = {
            theme.id: tr.text(theme.title)
            for framework in frameworks()
            for theme in framework.themes
        }
        table = disagreement_table(differing, names, tr)
        markup.table(table, tr("agreement.title"), tr)


def _upload(tr: Translator) -> None:
    """Draw the upload of a coder's file."""
    upload = st.file_uploader(
        tr("frameworks.bring"),
        type="csv",
        key=f"crosswalk-file-{st.session_state.get(FILES, 0)}",
        max_upload_size=markup.MEGABYTES,
    )
    if upload is not None and st.button(tr("frameworks.keep_file"), key="crosswalk-file-keep"):
        with markup.explained(tr):
            content = uploads.content_of(upload, CONTRIBUTION_BYTES)
            coded_cells = brought.cells(content, uploads.name_of(upload), work.owner())
            keep_cells(coded_cells, authorship.code())
            coders = tr.list(list(dict.fromkeys(cell.coder for cell in coded_cells)))
            st.session_state[KEPT] = tr("frameworks.kept", count=len(coded_cells), coder=coders)
            st.session_state[FILES] = st.session_state.get(FILES, 0) + 1  # resets the upload
            st.rerun()
