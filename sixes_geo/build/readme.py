"""The README of the folder of cities, written from the manifests alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sixes_geo.city.catalog import MANIFEST, NOT_STATED

README = "README.md"

INTRODUCTION = f"""\
# The cities and their data

Generated from the manifests by `sixes_geo/build/readme.py`; manual changes are lost.

Each folder is one city. Its `{MANIFEST}` (a [Data Package](https://datapackage.org)) names every
file with its checksum, sources, vintage and licences, and what was changed. Licences are given as
their publishers state them; where it says *not stated*, no permission is known, so ask the
publisher before you redistribute the data.

## How to rebuild

    python -m sixes_geo build --raw DIR
    python -m sixes_geo build CITY --raw DIR

`DIR` has one folder per city with the raw files listed below. Each can be downloaded again from
its origin, at the commit given; the manifest has the full commit and the file's checksum, under
`sixes:raw`. The same raw files give the same files here, byte for byte, with the versions in
`requirements.txt`. Nothing here is edited by hand.

## Tags

`tags.csv` says which of the six Es an initiative carries, who takes part in it and how. Each row
has a `coder`, evidence, a source, a `basis` and a `page`: `explicit` if the source says it of the
initiative itself, `collective` if of a group that holds it, `strengthen` if it only asks for
more. Signed by a source is only what that source says; what facts suggest but nobody names has
the level `described` and is coded as `SixEs Geo, inferred`. Pages of the paper are those of its
online-first version (in the journal, add 506), here and in the column `page` of
`initiatives.csv`.
"""


def readme(manifests: Iterable[Mapping[str, Any]]) -> str:
    """Describe cities in Markdown.

    Parameters
    ----------
    manifests
        Manifests as read from their files, in any order.

    Returns
    -------
    str
        A page in English: how to rebuild, then each city with its units, needs, layers, files
        and raw files, in alphabetical order of folders.
    """
    ordered = sorted(manifests, key=lambda manifest: str(manifest["name"]))
    return "\n".join([INTRODUCTION, *(_city(manifest) for manifest in ordered)])


def write(folder: Path) -> Path:
    """Write the README of a folder of cities and return its path."""
    manifests = [
        json.loads(path.read_text(encoding="utf-8")) for path in folder.glob(f"*/{MANIFEST}")
    ]
    path = folder / README
    path.write_text(readme(manifests), encoding="utf-8", newline="\n")
    return path


def _city(manifest: Mapping[str, Any]) -> str:
    """Describe one city."""
    facts = manifest["sixes:city"]
    needs = [entry for entry in manifest["sixes:indicators"] if entry["role"] == "need"]
    others = [entry for entry in manifest["sixes:indicators"] if entry["role"] != "need"]
    parts = [
        f"## {facts['name']['en']}, {facts['country']['en']}: `{manifest['name']}/`",
        facts["note"]["en"],
        f"Projection for measuring {facts['crs']} · money in {facts['currency']} · "
        f"version {manifest['version']}",
        "### Units",
        _table(("unit", "level", "file", "about"), _units(manifest)),
        "### Needs",
        _table(
            ("indicator", "title", "measured in", "years", "a higher value is"), map(_need, needs)
        ),
        "### Other figures",
        _table(("indicator", "title", "measured in", "years"), map(_figure, others)),
        "### Layers",
        _table(
            ("layer", "title", "role", "footprint", "vintage"),
            map(_layer, manifest["sixes:layers"]),
        ),
        "### Files",
        _table(("file", "what", "vintage", "licences"), map(_file, manifest["resources"])),
        "### Raw files",
        _table(
            ("file", "publisher", "origin", "commit", "vintage", "licence"),
            map(_raw, manifest["sixes:raw"]),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _units(manifest: Mapping[str, Any]) -> list[Sequence[str]]:
    """Return a row for each level of units."""
    paths = {entry["name"]: entry["path"] for entry in manifest["resources"]}
    return [
        (
            entry["many"]["en"],
            entry["level"],
            f"`{paths[entry['resource']]}`",
            entry["note"]["en"],
        )
        for entry in manifest["sixes:units"]
    ]


def _figure(entry: Mapping[str, Any]) -> Sequence[str]:
    """Return the row of an indicator."""
    years = "; ".join(f"{unit} {_spans(years)}" for unit, years in entry["years"].items())
    name = f"`{entry['indicator']}`"
    return name, entry["title"]["en"], entry["unit_of_measure"]["en"], years


def _need(entry: Mapping[str, Any]) -> Sequence[str]:
    """Return the row of an indicator that ranks units."""
    return *_figure(entry), "better off" if entry["higher_is_better_off"] else "worse off"


def _layer(entry: Mapping[str, Any]) -> Sequence[str]:
    """Return the row of a layer."""
    name = f"`{entry['layer']}`"
    return name, entry["title"]["en"], entry["role"], entry["footprint"], entry["vintage"]


def _file(entry: Mapping[str, Any]) -> Sequence[str]:
    """Return the row of a file."""
    licences = "; ".join(
        _licence(licence["name"], licence.get("title", ""), licence.get("path", ""))
        for licence in entry["licenses"]
    )
    return f"`{entry['path']}`", entry["sixes:title"]["en"], entry["sixes:vintage"], licences


def _raw(entry: Mapping[str, Any]) -> Sequence[str]:
    """Return the row of a raw file."""
    licence = _licence(
        entry["licence"], entry.get("licence_title", ""), entry.get("licence_url", "")
    )
    commit = f"`{entry['commit'][:12]}`" if entry["commit"] else ""
    path = f"`{entry['path']}`"
    return path, entry["publisher"], entry["origin"], commit, entry["vintage"], licence


def _licence(name: str, title: str, address: str) -> str:
    """Write a licence as stated, with the page that states it."""
    if name == NOT_STATED:
        return "not stated" if title in ("", NOT_STATED) else f"not stated ({title})"
    words = title or name
    return f"[{words}](<{address}>)" if address else words


def _spans(years: Sequence[int]) -> str:
    """Write years, with consecutive ones as a range."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join(str(s[0]) if len(s) == 1 else f"{s[0]}–{s[-1]}" for s in spans)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(text: str) -> str:
    """Escape a text for a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", r"\|").replace("*", r"\*")
