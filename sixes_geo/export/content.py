"""The content of a snapshot, as plain values: every format shows these and adds nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sixes_geo import __version__
from sixes_geo.charts.concentration import curve_words
from sixes_geo.charts.quintiles import quintile_words
from sixes_geo.charts.strip import strip_words
from sixes_geo.city.model import Raw
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
from sixes_geo.wording.cautions import cautions, role_words
from sixes_geo.wording.contributions import authorship_words
from sixes_geo.wording.explanations import equity_lines
from sixes_geo.wording.sources import licence_words, sources_shown, stated_words
from sixes_geo.wording.stress import check_words

DEFINED = ("index", "curve", "band", "quintile", "verdict", "need")
"""Terms that every snapshot defines."""

WORDS = (
    "curve", "quintiles", "units", "robustness", "limits", "definitions", "sources", "cite",
    "live", "checksum", "note", "recommendation", "data", "focus", "explanations",
    "choices", "page", "checks",
    "skip", "text_twin",
)  # fmt: skip


def content(snapshot: Snapshot) -> dict[str, Any]:
    """Return the content of a snapshot, in its language."""
    return snapshot.once("content", lambda: _content(snapshot))


def _content(snapshot: Snapshot) -> dict[str, Any]:
    """Put the content together."""
    assessment, tr, fields = snapshot.assessment, snapshot.tr, snapshot.fields
    question = snapshot.question
    sentence = headline(assessment, tr)
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
        "index": index_words(assessment, tr),
        "verdict": verdict_words(assessment, tr),
        "basis": basis_words(assessment, tr),
        "warning": role_words(assessment, tr),
        "made": " ".join(authorship_words(question, tr)),
        "figures": _figures(snapshot),
        "map": {
            "alt": map_words(assessment, tr),
            "title": legend["title"],
            "note": legend["note"],
            "legend": [_entry(item) for item in legend["items"]],
            "sources": scene["credit"],
        },
        "curve_alt": curve_words(assessment, tr),
        "quintiles_alt": quintile_words(assessment, tr),
        "units": listed_rows(snapshot),
        "focus": focus(snapshot),
        "robustness": strip_words(snapshot.robustness, tr) if snapshot.robustness.of else "",
        "checks": [check_words(check, tr) for check in snapshot.checks[1:]],
        "explanations": equity_lines(assessment, tr),
        "limits": _limits(snapshot),
        "definitions": [tr(f"snapshot.define.{term}") for term in DEFINED],
        "sources": [_source(raw, tr) for raw in sources_of(snapshot)],
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
    """Return the raw files behind the snapshot, each once."""
    return sources_shown(snapshot.question, snapshot.context)


def _figures(snapshot: Snapshot) -> list[dict[str, str]]:
    """Return the three key figures below the headline."""
    assessment, test, tr = snapshot.assessment, snapshot.test, snapshot.tr
    n = n_words(assessment, tr)
    read = tr("summary.of_read", read=assessment.accounting.read)
    interval = tr("summary.interval_note", method=tr(f"interval.{test.interval_method}"))
    return [
        {"name": tr("summary.in_index"), "value": n, "note": read},
        {"name": tr("summary.index_title"), "value": index_words(assessment, tr), "note": interval},
        {"name": tr("summary.verdict_title"), "value": verdict_words(assessment, tr), "note": ""},
    ]


def _entry(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry of the legend as the templates draw it."""
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
    assessment, tr = snapshot.assessment, snapshot.tr
    lines = [
        tr("snapshot.not_why"),
        *cautions(assessment, tr),
        accounting_words(assessment, tr),
        chance_words(assessment, tr),
    ]
    lines.append(tr.text(snapshot.question.unit.note))
    if assessment.unplaced:
        names = tr.list([tr.text(initiative.name) for initiative in assessment.unplaced])
        lines.append(tr("snapshot.unplaced", names=names))
    return [line for line in lines if line]


def _source(raw: Raw, tr: Translator) -> dict[str, str]:
    """Return the provenance of a raw file."""
    return {
        "title": tr.text(raw.title),
        "publisher": stated_words(raw.publisher, tr),
        "vintage": stated_words(raw.vintage, tr),
        "licence": licence_words(raw.licence, tr),
        "origin": raw.provenance,
    }
