"""The manifest of a snapshot, and the archive of all its files."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import geopandas

from sixes_geo import __version__
from sixes_geo.analysis.link import record_of
from sixes_geo.contributions import indicator_csv
from sixes_geo.contributions.merge import contributed_indicators
from sixes_geo.export import spatial, typeset, webpage
from sixes_geo.export.content import content
from sixes_geo.export.fields import fields_record
from sixes_geo.export.figures import figures_of
from sixes_geo.export.formats import PICTURES
from sixes_geo.export.recognition import MANIFEST, SIGNATURE
from sixes_geo.export.signature import signature_of
from sixes_geo.export.snapshot import Snapshot
from sixes_geo.output.records import full_record

FORMAT = "sixes-geo-snapshot/3"
"""Of the manifest and the files with it. Format 1 called every weighted amount "sites"; formats
before 3 have no stamp of their data, and so a checksum that only the same data can confirm."""

README, SEAL = "README.txt", "sha256"
OLDEST = (1980, 1, 1, 0, 0, 0)
"""The date of files in the archive, which says nothing about when they were packed."""


def manifest_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return the question, data and result of a snapshot: enough to reopen and to check it."""
    return {
        "format": FORMAT,
        "version": __version__,
        "made_with": made_with(),
        "language": snapshot.language,
        "choice": record_of(snapshot.question),
        "fields": fields_record(snapshot.fields),
        "checksum": snapshot.checksum,
        "stamp": snapshot.city.stamp,
        "data_version": snapshot.city.version,
        "data": [
            {"resource": resource.name, "sha256": resource.sha256, "vintage": resource.vintage}
            for resource in snapshot.city.resources
        ],
        "added": [
            {
                "indicator": indicator.indicator,
                "name": indicator.name,
                "authors": indicator.authors,
                "date": indicator.date,
            }
            for indicator in _contributed(snapshot)
        ],
        "result": figures_of(snapshot.assessment),
    }


def made_with() -> dict[str, str]:
    """Return the versions of what else decides over the bytes of the files."""
    return {"geopandas": geopandas.__version__, "typst": version("typst")}


def export_file(
    snapshot: Snapshot,
    form: str,
    *,
    sheet: str = "a4",
    size: str = "1200x630",
    picture: str = "map",
    secret: bytes = b"",
) -> bytes:
    """Return a snapshot as a file in one of `FORMATS`.

    Parameters
    ----------
    snapshot
        What is written.
    form
        One of `FORMATS`.
    sheet, size, picture
        For a PDF, whether A4 or slides; for a PNG, its size; for an SVG, what it draws.
    secret
        The key to sign with, for formats that can be signed; nothing if it is not to be signed.
    """
    manifest = manifest_of(snapshot)
    exporters: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: typeset.pdf(snapshot, sheet, as_json(manifest)),
        "png": lambda: typeset.png(snapshot, size),
        "svg": lambda: typeset.svg(snapshot, picture),
        "html": lambda: page(snapshot, secret),
        "gpkg": lambda: spatial.geopackage(snapshot, manifest),
        "geojson": lambda: spatial.geojson(snapshot),
        "csv": lambda: spatial.csv(snapshot),
        "zip": lambda: archive(snapshot, secret),
    }
    return exporters[form]()


def page(snapshot: Snapshot, secret: bytes = b"") -> bytes:
    """Return the page of a snapshot, signed as a whole if there is a key to sign with."""
    unsigned = webpage.webpage(snapshot, manifest_of(snapshot))
    return webpage.joined(unsigned, signature_of(unsigned, secret)) if secret else unsigned


def archive(snapshot: Snapshot, secret: bytes = b"") -> bytes:
    """Return all files of a snapshot as a ZIP archive, with their checksums in the manifest.

    If there is a key to sign with, the manifest is signed, and with it all that it lists.
    """
    files = files_of(snapshot)
    manifest = sealed(
        manifest_of(snapshot)
        | {"files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}}
    )
    told = as_json(manifest)
    members = files | {MANIFEST: told}
    if secret:
        members[SIGNATURE] = signature_of(told, secret)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, data)
    return buffer.getvalue()


def sealed(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest with a checksum of its own content."""
    unsealed = {name: value for name, value in manifest.items() if name != SEAL}
    return unsealed | {SEAL: hashlib.sha256(as_json(unsealed)).hexdigest()}


def as_json(value: object) -> bytes:
    """Return plain values as indented JSON."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def files_of(snapshot: Snapshot) -> dict[str, bytes]:
    """Return every file of the archive except its manifest and signature."""
    manifest = manifest_of(snapshot)
    files = {
        README: _readme(snapshot),
        "snapshot.pdf": typeset.pdf(snapshot, "a4", as_json(manifest)),
        "slides.pdf": typeset.pdf(snapshot, "slides", as_json(manifest)),
        "snapshot.html": webpage.webpage(snapshot, manifest),
        "share-1200x630.png": typeset.png(snapshot, "1200x630"),
        "share-1080x1080.png": typeset.png(snapshot, "1080x1080"),
        "print-3840x2160.png": typeset.png(snapshot, "3840x2160"),
        **{f"{name}.svg": typeset.svg(snapshot, name) for name in PICTURES},
        "data.gpkg": spatial.geopackage(snapshot, manifest),
        "units.geojson": spatial.geojson(snapshot),
        "sites.geojson": spatial.sites_geojson(snapshot),
        "units.csv": spatial.csv(snapshot),
        "sites.csv": spatial.sites_csv(snapshot),
        "measure.json": as_json(
            full_record(snapshot.assessment, snapshot.provision, snapshot.robustness.variants)
        ),
    }
    if snapshot.fields.logo:
        files["logo.png"] = snapshot.fields.logo
    for indicator in _contributed(snapshot):
        files[f"indicators/{indicator.indicator}.csv"] = indicator_csv.as_file(
            snapshot.city, indicator
        )
    return files


def _contributed(snapshot: Snapshot) -> list[Any]:
    """Return the contributed indicators that the snapshot shows."""
    shown = {snapshot.question.need.indicator, *snapshot.question.layer_names}
    return [
        indicator
        for indicator in contributed_indicators(snapshot.city)[0]
        if indicator.indicator in shown
    ]


def _readme(snapshot: Snapshot) -> bytes:
    """Return the README of the archive: the result, the files, the sources, how to cite."""
    texts, tr = content(snapshot), snapshot.tr
    lines = [
        texts["title"],
        "",
        texts["sentence"],
        texts["basis"],
        texts["verdict"],
        "",
        *(tr(f"snapshot.readme.{name}") for name in ("files", "check", "reopen")),
        "",
        texts["words"]["limits"],
        *(f"- {line}" for line in texts["limits"]),
        "",
        texts["words"]["sources"],
        *(
            f"- {raw['title']} · {raw['publisher']} · {raw['vintage']} · {raw['licence']}"
            for raw in texts["sources"]
        ),
        "",
        texts["cite"],
        texts["link"],
    ]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
