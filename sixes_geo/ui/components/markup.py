"""Small parts that several pages share: markup with escaped texts, notices, charts."""

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

_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
"""Every sign that Markdown could take for its own."""

_ADDRESSES = re.compile(r"www(?=\.)|:(?=//)|@", re.IGNORECASE)
"""Where an address betrays itself; a joiner that nobody sees keeps it from becoming a link."""

REFUSED = "refused"
"""Where a run keeps what it has said already."""

MEGABYTES = 2
"""More of a file nobody can bring."""

LONGEST = 2_000
"""More of a text no notice shows."""

MOST_FAULTS = 50
"""More faults no notice lists; how many more there are it says."""

GIVEN = ("contribution", "form", "cells")
"""Refusals of what somebody gave: nothing is broken, it only was not kept."""

STYLES = Path(__file__).parents[1] / "static"


def style(name: str) -> None:
    """Add one of our style sheets to the page."""
    st.html(STYLES / f"{name}.css")


def tell_language(language: str) -> None:
    """Tell the browser and those who read aloud which language the page is in."""
    script = f"document.documentElement.lang = {language!r};"
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def widget_words(tr: Translator) -> None:
    """Put words of ours in the place of those that widgets bring in English alone.

    A style sheet shows them; what they stand for is `style.css`'s business.
    """
    words = json.dumps(tr("widgets.choose_file"), ensure_ascii=False).replace("<", "")
    st.html(f"<style>:root {{ --sixes-choose-file: {words}; }}</style>")


def element(tag: str, text: str, name: str = "") -> str:
    """Return one element with escaped text."""
    attribute = f' class="{escape(name, quote=True)}"' if name else ""
    return f"<{tag}{attribute}>{escape(text)}</{tag}>"


def figures(entries: Sequence[tuple[str, str, str]]) -> None:
    """Write figures side by side: what it is, the value, a note."""
    items = "".join(
        f'<div role="listitem">{element("span", title, "sixes-name")}'
        f'<span class="sixes-value">{element("b", value)} {element("small", note)}</span></div>'
        for title, value, note in entries
    )
    st.html(f'<div class="sixes-figures" role="list">{items}</div>')


def link(address: str, text: str) -> str:
    """Return a link to another site, which nobody follows unless they choose to."""
    if not address.startswith(("https://", "http://")):
        return element("span", text)
    href = escape(address, quote=True)
    return f'<a href="{href}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def quiet(text: str) -> None:
    """Write a text that stands back."""
    st.html(element("p", text, "sixes-quiet"))


def flag(text: str) -> None:
    """Write a caution."""
    st.html(element("p", text, "sixes-flag"))


def table(frame: pd.DataFrame, alt: str, tr: Translator, links: Sequence[str] = ()) -> None:
    """Write a short table whose texts wrap; where there is no room each row is a paragraph.

    The canvas of ``st.dataframe`` cuts what is longer than its column and scrolls without a sign.

    Parameters
    ----------
    frame
        The table; its first column names the rows.
    alt
        What it holds, for who does not see it.
    tr
        The reader's language, in which numbers are written.
    links
        Where the name of each row leads, if anywhere.
    """
    names = [str(one) for one in frame.columns]
    heads = "".join(element("th", one) for one in names)
    rows = []
    for at, row in enumerate(frame.itertuples(index=False)):
        name, *cells = [_written(one, tr) for one in row]
        text = escape(name)
        if links:
            text = f'<a href="{escape(links[at], quote=True)}" target="_self">{text}</a>'
        body = "".join(
            f'<td data-head="{escape(head, quote=True)}">{escape(cell)}</td>'
            for head, cell in zip(names[1:], cells, strict=True)
        )
        rows.append(f'<tr><th scope="row">{text}</th>{body}</tr>')
    st.html(
        f'<div class="sixes-fit"><table class="sixes-table" aria-label="{escape(alt, quote=True)}">'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _written(value: object, tr: Translator) -> str:
    """Write a cell: numbers as the language does."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return tr.number(float(str(value))) if number else str(value)


@contextmanager
def explained(tr: Translator) -> Iterator[None]:
    """Show a refusal as a readable notice in place of what could not be shown."""
    try:
        yield
    except SixesGeoError as refusal:
        text = refusal.explain(tr)
        if text not in st.session_state.setdefault(REFUSED, []):  # several parts may meet it
            st.session_state[REFUSED].append(text)
            notice(refusal, tr)


def plain(text: str) -> str:
    """Return a text in which Markdown finds nothing of its own: no link, no picture, no list.

    Streamlit reads notices, headings and labels as Markdown, and texts of data and links
    must not make a reader's browser ask another host for anything.
    """
    text = _ADDRESSES.sub("\\g<0>\u2060", " ".join(text.split())[:LONGEST])
    return _SIGNS.sub(r"\\\g<0>", text)


def notice(refusal: SixesGeoError, tr: Translator) -> None:
    """Write one refusal, of several faults each on a line of its own; log which kinds they are."""
    kinds = sorted({problem.kind for problem in refusal.problems})
    LOG.info("refused: %s (%s)", refusal.subject, ", ".join(kinds))
    about, faults, todo = refusal.parts(tr)
    given = refusal.subject in GIVEN
    if given and not refusal.where:
        about = ""  # it stands beside what it speaks of
    told = [plain(_begun(one)) for one in faults[:MOST_FAULTS]]
    if len(faults) > MOST_FAULTS:
        told.append(plain(tr("notice.more_faults", count=len(faults) - MOST_FAULTS)))
    text = plain(refusal.explain(tr))
    if len(faults) > 1:
        text = "\n\n".join([plain(about), "\n".join(f"- {one}" for one in told), plain(todo)])
    elif faults and given:
        text = plain(f"{about}: {faults[0]}. {todo}" if about else f"{_begun(faults[0])}. {todo}")
    st.error(text, title=tr(f"notice.{'not_kept' if given else 'error_title'}"))


def _begun(text: str) -> str:
    """Return a clause as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def chart(
    spec: Mapping[str, Any],
    data: pd.DataFrame,
    alt: str,
    key: str,
    *,
    on_pick: Callable[[], None] | None = None,
) -> None:
    """Draw a chart from its ready specification, with words for who does not see it.

    Where a mark can be picked, ``on_pick`` is called when one is.
    """
    picking: dict[str, Any] = {"on_select": on_pick, "selection_mode": PICK} if on_pick else {}
    st.vega_lite_chart(bare(data), dict(spec), key=key, alt=alt, theme=None, **picking)


def bare(table: pd.DataFrame) -> pa.Table:
    """Return a table without what pandas tells of itself: a tenth of all that is sent."""
    return pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
