"""What the paper says of groups, actors, events and the region: with its pages, in no measure."""

from __future__ import annotations

import streamlit as st

from sixes_geo.framework.paper import KINDS, REGION, Entry, entries_of
from sixes_geo.i18n import Translator
from sixes_geo.ui.components import markup
from sixes_geo.ui.session import state
from sixes_geo.wording.agreement import dimension_words
from sixes_geo.wording.tags import pages_words, tag_words


def show_entries(selection: state.Selection) -> None:
    """Draw the entries of the region and of the chosen city, by kind; groups are open at first."""
    tr = selection.tr
    st.subheader(tr("paper.title"), anchor=False)
    markup.quiet(f"{tr('paper.explain')} {tr('initiative.pages')}")
    found = entries_of(selection.city.city)
    for kind in KINDS:
        of_kind = [entry for entry in found if entry.kind == kind]
        if of_kind:
            label = markup.plain(tr("paper.count", kind=tr(f"paper.kind.{kind}"), n=len(of_kind)))
            with st.expander(label, expanded=kind == "group"):
                for entry in of_kind:
                    st.html(_entry(entry, selection))


def _entry(entry: Entry, selection: state.Selection) -> str:
    """Write one entry: of what, what the paper says, its tags, its page."""
    tr = selection.tr
    where = tr("paper.region") if entry.city == REGION else tr.text(selection.city.name)
    alike: dict[tuple[str, str, str], list[str]] = {}
    for tag in entry.tags:
        said = (tag_words(tag, tr), tr.text(tag.evidence), tag.coder)
        alike.setdefault(said, []).append(dimension_words(tag.dimension, tr))
    lines = [
        markup.element("strong", tr.text(entry.name)),
        markup.element("div", tr.text(entry.facts)),
        *(markup.element("div", _tags(names, *said, tr)) for said, names in alike.items()),
        markup.element("span", f"{where} · {tr('tags.page', page=pages_words(entry.page))}"),
    ]
    return f'<div class="sixes-entry">{"".join(lines)}</div>'


def _tags(names: list[str], level: str, evidence: str, coder: str, tr: Translator) -> str:
    """Write what one coder says alike of several Es or partners, with the evidence."""
    said = tr("paper.tag", name=", ".join(names), level=level, evidence=evidence)
    return f"{said} {tr('initiative.coder', coder=coder)}."
