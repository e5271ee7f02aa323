"""Sources: publisher, date, licence and changes of every file."""

from __future__ import annotations

import re

import streamlit as st

from sixes_geo import __version__
from sixes_geo.city.catalog import MANIFEST
from sixes_geo.city.model import Raw
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state
from sixes_geo.wording.sources import licence_words, sources_shown, stated_words

_REPOSITORY = re.compile(r"([\w.-]+/[\w.-]+)(?=[:,;\s]|$)")
_COMMIT = re.compile(r"[0-9a-f]{7,40}")


def show_sources(selection: state.Selection) -> None:
    """List the sources of everything the page shows."""
    tr = selection.tr
    with st.expander(tr("sources.shown"), expanded=False):
        for raw in sources_shown(selection.question, selection.context, selection.beside):
            _entry(raw, tr, long=False)


def show_all_sources(selection: state.Selection) -> None:
    """List every file behind a city, with its provenance."""
    tr, city = selection.tr, selection.city
    st.title(tr("sources.page_title"), anchor=False)
    st.write(markup.plain(tr("sources.page_intro", city=tr.text(city.name))))
    st.subheader(tr("sources.cite"), anchor=False)
    fields = {"version": __version__, "city": tr.text(city.name), "data": city.version}
    st.code(tr("sources.cite_text", **fields), language=None, wrap_lines=True)
    st.subheader(tr("sources.raw"), anchor=False)
    for raw in city.raw:
        _entry(raw, tr, long=True)
    st.subheader(tr("sources.files"), anchor=False)
    for resource in city.resources:
        size = tr.number(resource.size / 1000, 0)
        fields = {"path": resource.path, "size": size, "sha256": resource.sha256}
        markup.quiet(tr("sources.file", **fields))
    st.download_button(
        tr("sources.manifest"),
        (city.folder / MANIFEST).read_bytes(),
        file_name=f"{city.city}-{MANIFEST}",
        mime="application/json",
        on_click="ignore",
    )


def _address(raw: Raw) -> str:
    """Return the web address of a raw file, if its provenance names a public repository."""
    repository = _REPOSITORY.match(raw.provenance)
    if not repository or not _COMMIT.fullmatch(raw.commit):
        return ""
    return f"https://github.com/{repository[1]}/tree/{raw.commit}"


def _entry(raw: Raw, tr: Translator, *, long: bool) -> None:
    """Write the provenance of one raw file."""
    title = tr(
        "sources.entry",
        title=tr.text(raw.title),
        publisher=stated_words(raw.publisher, tr),
        vintage=stated_words(raw.vintage, tr),
    )
    licence = markup.link(raw.licence.path, licence_words(raw.licence, tr))
    provenance = markup.link(_address(raw), tr("sources.origin", origin=raw.provenance))
    lines = [markup.element("strong", title), f"<div>{licence}</div>", f"<div>{provenance}</div>"]
    if long:
        lines.append(markup.element("div", tr("sources.changes", changes=tr.text(raw.changes))))
    lines.append(markup.element("div", tr("sources.note", note=tr.text(raw.note))))
    if long:
        technical = [raw.path, raw.commit, tr("sources.checksum", sha256=raw.sha256)]
        lines.append(markup.element("code", " · ".join(part for part in technical if part)))
    st.html(f'<div class="sixes-entry">{"".join(lines)}</div>')
