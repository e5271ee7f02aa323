"""What a snapshot says, once, as plain values: every format shows these and adds nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sixes_geo import __version__
from sixes_geo.charts.concentration import curve_words
from sixes_geo.charts.quintiles import quintile_words
from sixes_geo.charts.strip import strip_words
from sixes_geo.city.model import WATCHING, Raw
from sixes_geo.export.districts import focus, listed_rows
from sixes_geo.export.snapshot import Snapshot
from sixes_geo.export.view import scene_of
from sixes_geo.i18n import Translator
from sixes_geo.wording import (
    accounting_words,
    basis_words,
    chance_words,
    headline,
    index_words,
    map_words,
    n_words,
    verdict_words,
)
from sixes_geo.wording.contributions import authorship_words
from sixes_geo.wording.explanations import equity_lines
from sixes_geo.wording.sources import licence_words, sources_shown, stated_words

DEFINED = ("index", "curve", "band", "quintile", "verdict", "need")
"""What is explained to a reader who meets it here for the first time."""

WORDS = (
    "curve", "quintiles", "units", "robustness", "limits", "definitions", "sources", "cite",
    "live", "checksum", "note", "recommendation", "data", "focus", "explanations",
    "choices", "page",
    "skip", "text_twin",
)  # fmt: skip


def content(snapshot: Snapshot) -> dict[str, Any]:
    """Return everything a snapshot says in its language."""
    return snapshot.once("content", lambda: _content(snapshot))


def _content(snapshot: Snapshot) -> dict[str, Any]:
    """Put together what a snapshot says."""
    found, tr, fields = snapshot.assessment, snapshot.tr, snapshot.fields
    question = snapshot.question
    sentence = headline(found, tr)
    scene = scene_of(snapshot)
    legend = scene["legend"]
    return {
        "lang": snapshot.language,
        "date": fields.date,
        "title": fields.title or sentence,
        "own_title": bool(fields.title),
        "author": fields.author,
        "note": fields.note,
        "recommendation": fields.recommendation,
        "logo": bool(fields.logo),
        "logo_alt": fields.author or tr("snapshot.logo"),
        "city": tr.text(question.city.name),
        "sentence": sentence,
        "index": index_words(found, tr),
        "verdict": verdict_words(found, tr),
        "basis": basis_words(found, tr),
        "warning": _warning(snapshot),
        "made": " ".join(authorship_words(question, tr)),
        "figures": _figures(snapshot),
        "map": {
            "alt": map_words(found, tr),
            "title": legend["title"],
            "note": legend["note"],
            "legend": [_entry(one) for one in legend["items"]],
            "sources": scene["credit"],
        },
        "curve_alt": curve_words(found, tr),
        "quintiles_alt": quintile_words(found, tr),
        "units": listed_rows(snapshot),
        "focus": focus(snapshot),
        "robustness": strip_words(snapshot.robustness, tr) if snapshot.robustness.of else "",
        "explanations": equity_lines(found, tr),
        "limits": _limits(snapshot),
        "definitions": [tr(f"snapshot.define.{one}") for one in DEFINED],
        "sources": [_source(one, tr) for one in sources_of(snapshot)],
        "cite": tr(
            "sources.cite_text",
            version=__version__,
            city=tr.text(question.city.name),
            data=question.city.version,
        ),
        "link": snapshot.link,
        "version": __version__,
        "data_version": question.city.version,
        "checksum": snapshot.checksum,
        "words": {name: tr(f"snapshot.{name}") for name in WORDS},
    }


def sources_of(snapshot: Snapshot) -> Sequence[Raw]:
    """Return the raw files behind what is shown, each once."""
    return sources_shown(snapshot.question, snapshot.context)


def _figures(snapshot: Snapshot) -> list[dict[str, str]]:
    """Return the three figures under the sentence."""
    found, test, tr = snapshot.assessment, snapshot.test, snapshot.tr
    number = n_words(found, tr)
    read = tr("summary.of_read", read=found.accounting.read)
    interval = tr("summary.interval_note", method=tr(f"interval.{test.interval_method}"))
    return [
        {"name": tr("summary.in_index"), "value": number, "note": read},
        {"name": tr("summary.index_title"), "value": index_words(found, tr), "note": interval},
        {"name": tr("summary.verdict_title"), "value": verdict_words(found, tr), "note": ""},
    ]


def _warning(snapshot: Snapshot) -> str:
    """Say of what watches or polices that it is no benefit."""
    layers = list(snapshot.question.layers)
    watching = any(one.role in WATCHING for one in layers)
    return snapshot.tr("snapshot.watching") if watching else ""


def _entry(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry of the legend as a sheet draws it."""
    kind = "mark" if "mark" in item else "line" if item.get("line") else "fill"
    return {
        "kind": kind,
        "soft": "fill" in item and kind == "fill",
        "label": item["label"],
        "count": item.get("count", ""),
        **{
            name: item[name]
            for name in ("colour", "pattern", "ink", "mark", "hollow", "rough", "dash")
            if name in item
        },
    }


def _limits(snapshot: Snapshot) -> list[str]:
    """Return what the snapshot does not show, and the cautions of its data."""
    found, tr = snapshot.assessment, snapshot.tr
    indicator = snapshot.question.need
    layers = list(snapshot.question.layers)
    lines = [
        tr("snapshot.not_why"),
        tr("sure.network"),
        tr("sure.inside"),
        accounting_words(found, tr),
        chance_words(found, tr),
    ]
    for title, note in [(indicator.title, indicator.note)] + [(o.title, o.note) for o in layers]:
        if tr.text(note):
            fields = {"title": tr.text(title), "note": tr.text(note)}
            lines.append(tr("methods.indicator_note", **fields))
    lines.append(tr.text(snapshot.question.unit.note))
    if found.unplaced:
        names = tr.list([tr.text(one.name) for one in found.unplaced])
        lines.append(tr("snapshot.unplaced", names=names))
    return [line for line in lines if line]


def _source(raw: Raw, tr: Translator) -> dict[str, str]:
    """Return the papers of one raw file."""
    return {
        "title": tr.text(raw.title),
        "publisher": stated_words(raw.publisher, tr),
        "vintage": stated_words(raw.vintage, tr),
        "licence": licence_words(raw.licence, tr),
        "origin": raw.origin,
    }
