"""Notices about values of the link that do not exist here, with the labels of the page."""

from __future__ import annotations

from collections.abc import Mapping

from sixes_geo.analysis.link_fields import LIST_MARK, NOTHING, Note
from sixes_geo.analysis.options import why_apart
from sixes_geo.base.hidden import visible
from sixes_geo.base.limits import SHOWN
from sixes_geo.city.tables import indicator_named, read_initiatives
from sixes_geo.ui.session import cache, state

KEYS: Mapping[str, str] = {
    "lang": "language",
    "weight": "controls.weights",
    "border": "controls.borders",
    "e": "tags.e",
    "p": "tags.p",
    "basis": "wheel.on",
    "clusters": "clusters.kind",
    "kind": "kind",
    "present": "notice.present",
    "together": "notice.together",
}
"""Prefixes of the messages that label the values of a field."""


def note_words(note: Note, selection: state.Selection) -> str:
    """Say what the link asked for and what is shown instead, by label."""
    tr = selection.tr
    apart = why_apart(selection.layers) if (note.name, note.got) == ("together", "1") else None
    if apart is not None:
        return tr("notice.apart", reason=apart.text(tr))
    used = [_label(note.name, value, selection) for value in note.used.split(LIST_MARK)]
    name = tr(f"notice.names.{note.name}")
    got = visible(note.got if len(note.got) <= SHOWN else f"{note.got[:SHOWN]}…")
    return tr("notice.bad_value", got=got, name=name, used=tr.list(used))


def _label(name: str, value: str, selection: state.Selection) -> str:
    """Return the label of one value."""
    tr = selection.tr
    if value == NOTHING:
        return tr("notice.nothing")
    if name in KEYS:
        return tr(f"{KEYS[name]}.{value}")
    if name == "within":
        return tr("reach.metres", metres=int(value))
    return _label_in_data(name, value, selection) or value


def _label_in_data(name: str, value: str, selection: state.Selection) -> str:
    """Return the label of a value in the data, or nothing if it has none."""
    tr, city = selection.tr, selection.city
    if name == "need":
        indicator, _, year = value.partition(":")
        title = tr.text(indicator_named(city, indicator).title)
        return tr("need.title", title=title, year=year)
    if name == "district":
        return cache.unit_names(selection.question).get(value, "")
    if name in ("initiative", "without"):
        return next(
            (
                tr.text(initiative.name)
                for initiative in read_initiatives(city)
                if initiative.id == value
            ),
            "",
        )
    if name == "context":
        return next(
            (tr.text(context.title) for context in city.context if context.context == value), ""
        )
    texts = {
        "city": lambda: city.name,
        "unit": lambda: city.unit_named(value).many,
        "layers": lambda: city.layer_named(value).title,
    }
    return tr.text(texts[name]()) if name in texts else ""
