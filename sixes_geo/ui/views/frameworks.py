"""Other frameworks beside the 6 Es: what each is, where its themes are discussed, who says so."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pandas as pd
import streamlit as st

from sixes_geo.base.errors import SixesGeoError
from sixes_geo.city.model import ES
from sixes_geo.contributions.tag_files import (
    cell_files,
    cells,
    cells_added,
    cells_from_file,
    keep_cells,
    remove_cells,
    sign_cells,
)
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
from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state
from sixes_geo.ui.views.indicators import FAILED, remover
from sixes_geo.wording.agreement import agreement_table, disagreement_table

THEME = "theme"
THEME_WIDTH, ROW_HEIGHT = 210, 84
"""Pixels: on a phone the themes stay in sight beside an E; their texts wrap into four lines."""
NEVER = ""
"""A level that no coder is silent at: of a theme, *none* is an answer."""

EMPTY = ""
"""In place of a coder: the table as nobody has filled it in."""

CODER = "crosswalk-coder"
KEPT, NEXT, ROUND, FILES = (
    "crosswalk-kept",
    "crosswalk-next",
    "crosswalk-round",
    "crosswalk-files",
)
"""Where a run leaves what it kept, whose cells to show next, and what it let go of."""


def show_all(selection: state.Selection) -> None:
    """Choose a framework, read what it is, and set its themes beside the Es."""
    tr = selection.tr
    st.html(markup.element("h1", tr("frameworks.headline"), "sixes-headline"))
    markup.flag(tr("frameworks.caution"))
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
    failed = st.session_state.pop(FAILED, None)
    for refusal in [*([failed] if failed else []), *cell_files()[1]]:
        markup.notice(refusal, tr)
    said = list(cells())
    if NEXT in st.session_state:  # who has just coded sees what is theirs
        st.session_state[CODER] = st.session_state.pop(NEXT)
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
        markup.element("strong", one.name),
        markup.element("div", tr.text(one.about)),
        markup.element("div", tr("frameworks.ranks", ranks=tr.text(one.ranks))),
        markup.element(
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
    """Draw the themes beside the Es as one coder placed them, to be changed under a name."""
    coders = list(dict.fromkeys(cell.coder for cell in said if cell.framework == one.id))
    names = {name: name for name in coders} | {EMPTY: tr("frameworks.empty")}
    if st.session_state.get(CODER) not in names:
        st.session_state.pop(CODER, None)
    coder = st.selectbox(
        tr("frameworks.coder"),
        list(names),
        key=CODER,
        format_func=names.__getitem__,
    )
    levels = levels_of(said, coder)
    words = {level: tr(f"tags.level.{level}") for level in LEVELS}
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
        placeholder="",  # a cell that says "None" would pass for a level
        key=f"crosswalk-{one.id}-{coder}-{st.session_state.get(ROUND, 0)}",
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
    _sign(one, coder, changed, tr)


def _sign(one: Framework, shown: str, changed: dict[tuple[str, str], str], tr: Translator) -> None:
    """Keep what was changed, and nothing else, under the name of who changed it."""
    markup.quiet(tr("frameworks.changed", count=len(changed)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(tr("frameworks.name"), key="crosswalk-name", max_chars=80).strip()
        keeping = st.button(tr("frameworks.keep"), key="crosswalk-keep")
    if keeping:
        mine = {at: level for at, level in changed.items() if level or name == shown}
        try:
            count = sign_cells(name, one.id, mine)
        except SixesGeoError as refusal:
            markup.notice(refusal, tr)
        else:
            st.session_state[KEPT] = tr("frameworks.kept", count=count, coder=name)
            st.session_state[NEXT] = name
            st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
            st.rerun()
    if KEPT in st.session_state:
        st.success(markup.plain(st.session_state.pop(KEPT)))


def _agreement(said: list[Cell], tr: Translator) -> None:
    """Say how far coders agree on the themes, and where they do not."""
    st.subheader(tr("agreement.title"), anchor=False)
    coders = Counter(cell.coder for cell in said).items()
    told = [tr("agreement.cells", coder=name, count=n) for name, n in coders]
    markup.quiet(tr("agreement.coders", coders="; ".join(told)))
    for name in cells_added():
        with st.container(horizontal=True, vertical_alignment="center"):
            markup.quiet(name)
            remover(f"cells-{name}", partial(remove_cells, name), tr)
    known = said_in_cells(said)
    found = agreement(known, silent=NEVER, together=True)
    if found.empty:
        markup.quiet(tr("frameworks.alone"))
        return
    markup.table(agreement_table(found, tr), tr("agreement.title"), tr)
    differing = disagreements(known, silent=NEVER)
    if len(differing):
        names = {theme.id: tr.text(theme.title) for one in frameworks() for theme in one.themes}
        table = disagreement_table(differing, names, tr)
        markup.table(table, tr("agreement.title"), tr)


def _bring(tr: Translator) -> None:
    """Take a coder's file."""
    brought = st.file_uploader(
        tr("frameworks.bring"),
        type="csv",
        key=f"crosswalk-file-{st.session_state.get(FILES, 0)}",
        max_upload_size=markup.MEGABYTES,
    )
    if brought is not None and st.button(tr("frameworks.keep_file"), key="crosswalk-file-keep"):
        with markup.explained(tr):
            found = cells_from_file(brought.getvalue(), brought.name)
            keep_cells(found)
            coders = tr.list(list(dict.fromkeys(one.coder for one in found)))
            st.session_state[KEPT] = tr("frameworks.kept", count=len(found), coder=coders)
            st.session_state[FILES] = st.session_state.get(FILES, 0) + 1  # the file is let go of
            st.rerun()
