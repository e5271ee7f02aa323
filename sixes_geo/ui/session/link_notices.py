"""What a notice says of a value of the link that does not exist here, in the words of the page."""

from __future__ import annotations

from collections.abc import Mapping

from sixes_geo.analysis.link import LIST_MARK, NOTHING, Note
from sixes_geo.city.tables import indicator_named, read_initiatives
from sixes_geo.ui.session import cache, state

KEYS: Mapping[str, str] = {
    "lang": "language",
    "weight": "controls.weights",
    "border": "controls.borders",
    "e": "tags.e",
    "p": "tags.p",
    "clusters": "clusters.kind",
    "kind": "kind",
    "present": "notice.present",
}
"""Where the catalog holds the words for the values of a question."""


def note_words(note: Note, selection: state.Selection) -> str:
    """Say what the link asked for and what is shown instead, by its label and not its id."""
    tr = selection.tr
    used = [_label(note.name, one, selection) for one in note.used.split(LIST_MARK)]
    name = tr(f"notice.names.{note.name}")
    return tr("notice.bad_value", got=note.got, name=name, used=tr.list(used))


def _label(name: str, value: str, selection: state.Selection) -> str:
    """Name one value of a question."""
    tr = selection.tr
    if value == NOTHING:
        return tr("notice.nothing")
    if name in KEYS:
        return tr(f"{KEYS[name]}.{value}")
    if name == "within":
        return tr("reach.metres", metres=int(value))
    return _of_data(name, value, selection) or value


def _of_data(name: str, value: str, selection: state.Selection) -> str:
    """Name a value that the data name; nothing if they do not."""
    tr, city = selection.tr, selection.city
    if name == "need":
        indicator, _, year = value.partition(":")
        title = tr.text(indicator_named(city, indicator).title)
        return tr("need.title", title=title, year=year)
    if name == "district":
        return cache.unit_names(city, selection.question.unit.unit).get(value, "")
    if name in ("initiative", "without"):
        return next((tr.text(one.name) for one in read_initiatives(city) if one.id == value), "")
    if name == "context":
        return next((tr.text(one.title) for one in city.context if one.context == value), "")
    texts = {
        "city": lambda: city.name,
        "unit": lambda: city.unit_named(value).many,
        "layers": lambda: city.layer_named(value).title,
    }
    return tr.text(texts[name]()) if name in texts else ""
