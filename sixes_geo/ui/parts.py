"""Small parts that several pages share: markup with escaped texts, notices, charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from sixes_geo.errors import SixesGeoError
from sixes_geo.i18n import Translator

STYLES = Path(__file__).parent / "static"


def style(name: str) -> None:
    """Add one of our style sheets to the page."""
    st.html(STYLES / f"{name}.css")


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


def quiet(text: str) -> None:
    """Write a text that stands back."""
    st.html(element("p", text, "sixes-quiet"))


def flag(text: str) -> None:
    """Write a caution."""
    st.html(element("p", text, "sixes-flag"))


@contextmanager
def explained(tr: Translator) -> Iterator[None]:
    """Show a refusal as a readable notice in place of what could not be shown."""
    try:
        yield
    except SixesGeoError as refusal:
        notice(refusal, tr)


def notice(refusal: SixesGeoError, tr: Translator) -> None:
    """Write one refusal."""
    st.error(refusal.explain(tr), title=tr("notice.error_title"))


def chart(spec: Mapping[str, Any], data: pd.DataFrame, alt: str, key: str) -> None:
    """Draw a chart from its ready specification, with words for who does not see it."""
    st.vega_lite_chart(data, dict(spec), key=key, alt=alt, theme=None)
