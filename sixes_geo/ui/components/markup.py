"""Small parts of pages: markup with escaped texts, notices, tables, charts."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from sixes_geo.base.errors import SixesGeoError
from sixes_geo.charts.style import PICK
from sixes_geo.i18n import Translator

LOG = logging.getLogger(__name__)

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
"""All characters that can have a meaning in Markdown."""

_ADDRESSES = re.compile(r"www(?=\.)|:(?=//)|@", re.IGNORECASE)
"""What makes a text an address; an invisible joiner keeps it from becoming a link."""

REFUSED, LOGGED = "refused", "logged"
"""Session key of the notices that a run has shown already."""

MEGABYTES = 2
"""Largest upload."""

LONGEST = 2_000
"""Longest text in a notice, in characters."""

INPUT_SUBJECTS = ("contribution", "form", "cells")
"""Subjects of errors about a visitor's input, which was not saved."""

STYLES = Path(__file__).parents[1] / "static"


def style(name: str) -> None:
    """Add one of our style sheets to the page."""
    st.html(STYLES / f"{name}.css")


def set_page_language(tr: Translator) -> None:
    """Tell browsers and screen readers the language of the page.

    Streamlit writes the numbers of its tables as the browser's own language does; a page in
    Spanish would show an English thousands mark beside sentences with a Spanish one.
    """
    script = (
        f"document.documentElement.lang = {tr.language!r};"
        "Object.defineProperty(navigator, 'languages',"
        f" {{configurable: true, get: () => [{tr.tag!r}]}});"
    )
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def widget_words(tr: Translator) -> None:
    """Replace the texts that widgets have in English only.

    ``style.css`` shows them.
    """
    words = json.dumps(tr("widgets.choose_file"), ensure_ascii=False).replace("<", "")
    st.html(f"<style>:root {{ --sixes-choose-file: {words}; }}</style>")


def element(tag: str, text: str, name: str = "") -> str:
    """Return one element with escaped text."""
    attribute = f' class="{escape(name, quote=True)}"' if name else ""
    return f"<{tag}{attribute}>{escape(text)}</{tag}>"


def figures(entries: Sequence[tuple[str, str, str]]) -> None:
    """Write figures side by side, each with a title, a value and a note."""
    items = "".join(
        f'<div role="listitem">{element("span", title, "sixes-name")}'
        f'<span class="sixes-value">{element("b", value)} {element("small", note)}</span></div>'
        for title, value, note in entries
    )
    st.html(f'<div class="sixes-figures" role="list">{items}</div>')


def link(address: str, text: str) -> str:
    """Return a link that opens another site in a new tab, or the text if it has no address."""
    if not address.startswith(("https://", "http://")):
        return element("span", text)
    href = escape(address, quote=True)
    return f'<a href="{href}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def quiet(text: str) -> None:
    """Write a text in a muted colour."""
    st.html(element("p", text, "sixes-quiet"))


def flag(text: str) -> None:
    """Write a caution."""
    st.html(element("p", text, "sixes-flag"))


def table(frame: pd.DataFrame, alt: str, tr: Translator, links: Sequence[str] = ()) -> None:
    """Write a short table whose texts wrap; on a narrow screen each row is a paragraph.

    The canvas of ``st.dataframe`` cuts long texts and gives no hint that it scrolls.

    Parameters
    ----------
    frame
        The table; its first column names the rows.
    alt
        Description for a reader who cannot see it.
    tr
        The reader's language, in which numbers are written.
    links
        Addresses that the names of the rows link to, if any.
    """
    names = [str(column) for column in frame.columns]
    headings = "".join(element("th", name) for name in names)
    rows = []
    for position, row in enumerate(frame.itertuples(index=False)):
        name, *cells = [_cell_text(value, tr) for value in row]
        text = escape(name)
        if links:
            text = f'<a href="{escape(links[position], quote=True)}" target="_self">{text}</a>'
        body = "".join(
            f'<td data-head="{escape(head, quote=True)}">{escape(cell)}</td>'
            for head, cell in zip(names[1:], cells, strict=True)
        )
        rows.append(f'<tr><th scope="row">{text}</th>{body}</tr>')
    st.html(
        f'<div class="sixes-fit"><table class="sixes-table" aria-label="{escape(alt, quote=True)}">'
        f"<thead><tr>{headings}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell_text(value: object, tr: Translator) -> str:
    """Return the text of a cell, with numbers in the reader's format."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return tr.number(float(str(value))) if number else str(value)


@contextmanager
def explained(tr: Translator) -> Iterator[None]:
    """Show an error as a readable notice in place of what could not be shown."""
    try:
        yield
    except SixesGeoError as error:
        text = error.explain(tr)
        if text not in st.session_state.setdefault(REFUSED, []):  # several parts may meet it
            st.session_state[REFUSED].append(text)
            notice(error, tr)


def plain(text: str) -> str:
    """Return a text escaped for Markdown: no link, no picture, no list.

    Streamlit renders notices, headings and labels as Markdown, and texts in data and links
    must not make a reader's browser send a request to another host.
    """
    text = _ADDRESSES.sub("\\g<0>\u2060", " ".join(text.split())[:LONGEST])
    return _PUNCTUATION.sub(r"\\\g<0>", text)


def notice(error: SixesGeoError, tr: Translator) -> None:
    """Write an error as a notice, several problems one per line; log which kinds they are."""
    kinds = sorted({problem.kind for problem in error.problems})
    refusal = f"{error.subject} ({', '.join(kinds)})"
    if refusal not in st.session_state.setdefault(LOGGED, []):  # not again in every run
        st.session_state[LOGGED].append(refusal)
        LOG.warning("refused: %s", refusal)
    about, problems, todo = error.parts(tr)
    from_input = error.subject in INPUT_SUBJECTS
    if from_input and not error.where:
        about = ""  # the notice is beside the input
    lines = [plain(_as_sentence(problem)) for problem in problems]
    text = plain(error.explain(tr))
    if len(problems) > 1:
        text = "\n\n".join([plain(about), "\n".join(f"- {line}" for line in lines), plain(todo)])
    elif problems and from_input:
        text = plain(
            f"{about}: {problems[0]}. {todo}" if about else f"{_as_sentence(problems[0])}. {todo}"
        )
    st.error(text, title=tr(f"notice.{'not_kept' if from_input else 'error_title'}"))


def _as_sentence(text: str) -> str:
    """Return a clause that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def chart(
    spec: Mapping[str, Any],
    data: pd.DataFrame,
    alt: str,
    key: str,
    *,
    on_pick: Callable[[], None] | None = None,
) -> None:
    """Draw a chart from its specification, with a description for readers who cannot see it.

    If ``on_pick`` is given, marks can be picked, and it is called when one is.
    """
    picking: dict[str, Any] = {"on_select": on_pick, "selection_mode": PICK} if on_pick else {}
    st.vega_lite_chart(arrow_table(data), dict(spec), key=key, alt=alt, theme=None, **picking)


def arrow_table(table: pd.DataFrame) -> pa.Table:
    """Return an Arrow table without pandas metadata, which is a tenth of all that is sent."""
    return pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
