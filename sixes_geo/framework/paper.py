"""What the paper says of groups, actors, events and the region: no site, and in no measure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sixes_geo.city.tag import Tag
from sixes_geo.i18n import LANGUAGES, LocalText

FILE = Path(__file__).parent / "paper.toml"

REGION = "region"

KINDS = ("claim", "group", "theme", "actor", "event", "advice")
"""Kinds of entries, in the order in which they are shown."""

PAPER, OWN = "paper", "own"
"""How a file of tags calls the coder that signs for the paper, and us."""


@dataclass(frozen=True)
class Entry:
    """Something the paper speaks of that is no initiative with a place.

    ``kind`` is one of `KINDS`; ``city`` is a city or `REGION`; ``page`` is where the paper says
    it; ``tags`` are what it says of its Es and partners, and what we read into it.
    """

    id: str
    kind: str
    city: str
    page: str
    name: LocalText
    facts: LocalText
    tags: tuple[Tag, ...]


@cache
def own_coder() -> str:
    """Return the name under which we sign what we infer."""
    name: str = _content()["coders"][OWN]
    return name


def own_names() -> set[str]:
    """Return the names under which nobody else can sign.

    Ours, with and without what we infer, and that of the paper.
    """
    return {own_coder(), own_coder().partition(",")[0], str(_content()["coders"][PAPER])}


@cache
def entries() -> tuple[Entry, ...]:
    """Return all entries, by kind in the order of `KINDS`."""
    content = _content()
    said: dict[str, list[Tag]] = {}
    for row in tag_rows(content):
        said.setdefault(row["initiative"], []).append(_tag(row))
    found = [Entry(**entry, tags=tuple(said.get(entry["id"], ()))) for entry in content["entries"]]
    return tuple(sorted(found, key=lambda entry: KINDS.index(entry.kind)))


def entries_of(city: str | None = None) -> tuple[Entry, ...]:
    """Return the entries of the region, then those of a city or of every city."""
    wanted = [entry for entry in entries() if city is None or entry.city in (REGION, city)]
    return tuple(sorted(wanted, key=lambda entry: entry.city != REGION))


def tag_rows(tags: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Return the rows of a file of tags, one per initiative, dimension, coder and level.

    Parameters
    ----------
    tags
        A file as parsed, with ``coders``, ``sources`` and ``tags``. A tag names one or several
        initiatives and dimensions; its coder and source are the paper if it does not say. The
        coder is empty if the file does not name them.
    """
    for entry in tags["tags"]:
        initiatives = entry["initiative"]
        source, address = source_of(entry, tags)
        plain = {
            "level": entry["level"],
            "strengthen": str(_asks(entry)).lower(),
            "coder": tags["coders"].get(entry.get("coder", PAPER), ""),
            **{f"evidence_{language}": text for language, text in entry["evidence"].items()},
            "source": source,
            "source_url": address,
            "basis": entry.get("basis", ""),
            "page": entry.get("page", ""),
        }
        for initiative in [initiatives] if isinstance(initiatives, str) else initiatives:
            for dimension in entry["of"]:
                yield {"initiative": initiative, "dimension": dimension, **plain}


def _asks(entry: Mapping[str, Any]) -> bool:
    """Tell whether a tag asks for more."""
    asked = "strengthen" in (entry["level"], entry.get("basis"))
    return asked or bool(entry.get("strengthen"))


def source_of(entry: Mapping[str, Any], tags: Mapping[str, Any]) -> tuple[str, str]:
    """Return the source of a tag and its address; the default is the paper."""
    source, address = entry.get("source", tags["sources"][PAPER])
    return source, address


@cache
def _content() -> Mapping[str, Any]:
    """Return the file of entries, parsed."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _tag(row: Mapping[str, str]) -> Tag:
    """Return a row as a tag."""
    plain = {
        name: text
        for name, text in row.items()
        if not name.startswith("evidence_") and name != "strengthen"
    }
    return Tag(
        **plain,
        strengthen=row["strengthen"] == "true",
        evidence={language: row[f"evidence_{language}"] for language in LANGUAGES},
    )
