"""The manifest of a city's folder: a Data Package whose every figure has a source."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from sixes_geo.build.raw import RawFolder
from sixes_geo.build.yearly import layers_of
from sixes_geo.framework.paper import source_of

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

FORMATS = {
    ".geojson": ("geojson", "application/geo+json"),
    ".csv": ("csv", "text/csv"),
    ".parquet": ("parquet", "application/vnd.apache.parquet"),
}

PARQUET = FORMATS[".parquet"][1]

OWN_TEXTS: Mapping[str, str] = {
    "es": "Textos de este proyecto, a partir de las fuentes que nombra cada fila.",
    "pt": "Textos deste projeto, a partir das fontes que cada linha nomeia.",
    "en": "Texts of this project, from the sources that each row names.",
}

OWN_FILES: Mapping[str, Mapping[str, str]] = {
    "hexagons": {
        "es": "Malla de este proyecto; sus habitantes y su necesidad se interpolan.",
        "pt": "Malha deste projeto; seus habitantes e sua necessidade são interpolados.",
        "en": "A grid of this project; its people and its need are interpolated.",
    },
}
"""Notes on files of this project, written before the changes to their sources."""

FIELDS: Mapping[str, Sequence[tuple[str, str]]] = {
    "indicators": (
        ("unit", "string"),
        ("id", "string"),
        ("indicator", "string"),
        ("year", "integer"),
        ("value", "number"),
        ("lower", "number"),
        ("upper", "number"),
    ),
    "investment": (
        ("unit", "string"),
        ("id", "string"),
        ("year", "integer"),
        ("amount", "number"),
        ("currency", "string"),
    ),
}

TITLES: Mapping[str, Mapping[str, str]] = {
    "districts": {"es": "Distritos", "pt": "Distritos", "en": "Districts"},
    "zones": {"es": "Zonas", "pt": "Zonas", "en": "Zones"},
    "regions": {"es": "Regiones", "pt": "Regiões", "en": "Regions"},
    "hexagons": {"es": "Hexágonos", "pt": "Hexágonos", "en": "Hexagons"},
    "indicators": {"es": "Indicadores", "pt": "Indicadores", "en": "Indicators"},
    "people": {"es": "Puntos de población", "pt": "Pontos de população", "en": "People points"},
    "investment": {
        "es": "Inversión pública",
        "pt": "Investimento público",
        "en": "Public investment",
    },
    "initiatives": {"es": "Iniciativas", "pt": "Iniciativas", "en": "Initiatives"},
    "tags": {
        "es": "Etiquetas de las 6 E y los socios",
        "pt": "Etiquetas dos 6 E e dos parceiros",
        "en": "Tags of the 6 Es and the partners",
    },
    "sites": {"es": "Sitios", "pt": "Locais", "en": "Sites"},
    "context": {"es": "Contexto", "pt": "Contexto", "en": "Context"},
}


def describe(
    folder: Path,
    recipe: Mapping[str, Any],
    raw: RawFolder,
    used_by: Mapping[str, Sequence[str]],
    years: Mapping[str, Mapping[str, Sequence[int]]],
) -> dict[str, object]:
    """Return the manifest of the files in a folder.

    Parameters
    ----------
    folder
        The city's folder, with every layer written.
    recipe
        The city's recipe.
    raw
        The raw files it was built from.
    used_by
        Names of the raw files behind each resource.
    years
        Years of each indicator per unit.
    """
    city = recipe["city"]
    files = {entry["path"]: entry for entry in recipe["raw"]}
    grids = {entry["resource"] for entry in recipe["units"] if "across_m" in entry}
    indicators = [
        {**entry, "years": dict(years.get(entry["indicator"], {}))}
        for entry in recipe["indicators"]
    ]
    return {
        "$schema": PROFILE,
        "name": city["city"],
        "title": f"SixEs Geo: {city['name']['en']}",
        "version": city["version"],
        "resources": [
            _resource(path, [files[name] for name in used_by[path.stem]], ours=grids)
            if used_by[path.stem]
            else _own_texts(path, recipe)
            for path in sorted(folder.iterdir())
            if path.suffix in FORMATS
        ],
        "sixes:city": city,
        "sixes:units": recipe["units"],
        "sixes:indicators": indicators,
        "sixes:layers": layers_of(recipe),
        **({"sixes:people": recipe["people"]} if "people" in recipe else {}),
        "sixes:series": recipe.get("series", []),
        "sixes:context": recipe.get("context", []),
        "sixes:raw": [{**entry, "sha256": raw.sha256(entry["path"])} for entry in recipe["raw"]],
    }


def _resource(
    path: Path, raw: Sequence[Mapping[str, Any]], *, ours: Collection[str]
) -> dict[str, object]:
    """Describe a file: its content, sources, licences and checksum; ``ours`` are our grids."""
    return {
        **_file(path),
        "licenses": _licences(raw),
        "sources": [
            {
                "title": f"{file['publisher']}: {file['title']['en']}",
                "path": file["path"],
                "version": file["vintage"],
            }
            for file in raw
        ],
        "sixes:title": TITLES[path.stem],
        "sixes:vintage": ", ".join(sorted({file["vintage"] for file in raw})),
        "sixes:changes": {
            language: " · ".join(
                [
                    *([OWN_FILES[path.stem][language]] if path.stem in ours else []),
                    *(f"{file['path']}: {file['changes'][language]}" for file in raw),
                ]
            )
            for language in ("es", "pt", "en")
        },
    }


def _own_texts(path: Path, recipe: Mapping[str, Any]) -> dict[str, object]:
    """Describe a file with this project's own texts, from the sources named in its rows."""
    sources = dict.fromkeys(entry["source"] for entry in recipe["initiatives"])
    if path.stem == "tags":
        sources = dict.fromkeys(
            source_of(entry, recipe["tags"])[0] for entry in recipe["tags"]["tags"]
        )
    return {
        **_file(path),
        "licenses": [{"name": "MIT", "title": "MIT"}],
        "sources": [{"title": source} for source in sources],
        "sixes:title": TITLES[path.stem],
        "sixes:vintage": recipe["city"]["version"],
        "sixes:changes": OWN_TEXTS,
    }


def _file(path: Path) -> dict[str, object]:
    """Describe a file itself: format, size, checksum, columns."""
    data = path.read_bytes()
    form, mediatype = FORMATS[path.suffix]
    entry: dict[str, object] = {
        "name": path.stem,
        "path": path.name,
        "title": TITLES[path.stem]["en"],
        "format": form,
        "mediatype": mediatype,
        "bytes": len(data),
        "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
    }
    if mediatype != PARQUET:
        entry["encoding"] = "utf-8"
    if path.stem in FIELDS:
        entry["schema"] = {
            "fields": [{"name": name, "type": kind} for name, kind in FIELDS[path.stem]]
        }
    return entry


def _licences(raw: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return the distinct licences of sources, as stated, each with the page that states it."""
    licences: dict[tuple[str, ...], dict[str, str]] = {}
    for file in raw:
        licence = {"name": file["licence"], "title": file.get("licence_title", file["licence"])}
        if file.get("licence_url"):
            licence["path"] = file["licence_url"]
        licences.setdefault(tuple(licence.values()), licence)
    return [licences[name] for name in sorted(licences)]
