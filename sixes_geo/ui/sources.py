"""Who published every figure, as of when, under which licence, and what was changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from sixes_geo import __version__
from sixes_geo.catalog import MANIFEST, NOT_STATED
from sixes_geo.choices import layer_named
from sixes_geo.i18n import Translator
from sixes_geo.layers import indicator_named
from sixes_geo.model import City, Licence, Raw
from sixes_geo.ui import parts, state

_REPOSITORY = re.compile(r"([\w.-]+/[\w.-]+)(?=[:,;\s]|$)")
_COMMIT = re.compile(r"[0-9a-f]{7,40}")


def show_sources(selection: state.Selection) -> None:
    """List the sources of everything the page shows."""
    tr = selection.tr
    with st.expander(tr("sources.shown"), expanded=False):
        for raw in _shown(selection):
            _entry(raw, tr, long=False)


def show_all_sources(selection: state.Selection) -> None:
    """List every file behind a city, with its papers."""
    tr, city = selection.tr, selection.city
    st.title(tr("sources.page_title"), anchor=False)
    st.write(parts.plain(tr("sources.page_intro", city=tr.text(city.name))))
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
        parts.quiet(tr("sources.file", **fields))
    st.download_button(
        tr("sources.manifest"),
        (city.folder / MANIFEST).read_bytes(),
        file_name=f"{city.city}-{MANIFEST}",
        mime="application/json",
        on_click="ignore",
    )


def licence_words(licence: Licence, tr: Translator) -> str:
    """Name a licence as stated, or say that none is."""
    stated = licence.name != NOT_STATED
    name = licence.title if stated or licence.title != NOT_STATED else tr("sources.not_stated")
    return tr("sources.licence", licence=name)


def _shown(selection: state.Selection) -> Sequence[Raw]:
    """Return the raw files behind what the page shows, each once."""
    city, choice = selection.city, selection.choice
    names = list(indicator_named(city, choice.need).raw)
    for name in choice.layers:
        names += layer_named(city, name).raw
    for context in city.context:
        if context.context in selection.context:
            names += context.raw
    names += _behind_units(city)
    wanted = dict.fromkeys(names)
    return [raw for raw in city.raw if raw.path in wanted]


def _behind_units(city: City) -> list[str]:
    """Return the raw files behind limits and population."""
    resources = {unit.resource for unit in city.units}
    names = [
        source.path
        for resource in city.resources
        if resource.name in resources
        for source in resource.sources
    ]
    for indicator in city.indicators:
        if indicator.role == "population":
            names += indicator.raw
    return names


def _address(raw: Raw) -> str:
    """Return where a raw file can be seen, if its origin names a public repository."""
    named = _REPOSITORY.match(raw.origin)
    if not named or not _COMMIT.fullmatch(raw.commit):
        return ""
    return f"https://github.com/{named[1]}/tree/{raw.commit}"


def _entry(raw: Raw, tr: Translator, *, long: bool) -> None:
    """Write the papers of one raw file."""
    title = tr(
        "sources.entry", title=tr.text(raw.title), publisher=raw.publisher, vintage=raw.vintage
    )
    licence = parts.link(raw.licence.path, licence_words(raw.licence, tr))
    origin = parts.link(_address(raw), tr("sources.origin", origin=raw.origin))
    lines = [parts.element("strong", title), f"<div>{licence}</div>", f"<div>{origin}</div>"]
    if long:
        lines.append(parts.element("div", tr("sources.changes", changes=tr.text(raw.changes))))
    lines.append(parts.element("div", tr("sources.note", note=tr.text(raw.note))))
    if long:
        papers = [raw.path, raw.commit, tr("sources.checksum", sha256=raw.sha256)]
        lines.append(parts.element("code", " · ".join(one for one in papers if one)))
    st.html(f'<div class="sixes-entry">{"".join(lines)}</div>')
