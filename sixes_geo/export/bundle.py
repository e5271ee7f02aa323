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
from sixes_geo.export.formats import PICTURES
from sixes_geo.export.snapshot import Snapshot
from sixes_geo.output.records import full_record

FORMAT = "sixes-geo-snapshot/2"
"""Of the manifest and the files beside it. In 1 the amount of what is weighed was called sites."""

MANIFEST, README, SEAL = "manifest.json", "README.txt", "sha256"
OLDEST = (1980, 1, 1, 0, 0, 0)
"""The date that files of the archive bear: of when they were packed it tells nothing."""


def manifest_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return what a snapshot was made of: enough to open the same view, and to check it."""
    test = snapshot.test
    return {
        "format": FORMAT,
        "version": __version__,
        "made_with": {"geopandas": geopandas.__version__, "typst": version("typst")},
        "language": snapshot.language,
        "choice": record_of(snapshot.question),
        "fields": fields_record(snapshot.fields),
        "checksum": snapshot.checksum,
        "data_version": snapshot.city.version,
        "data": [
            {"resource": one.name, "sha256": one.sha256, "vintage": one.vintage}
            for one in snapshot.city.resources
        ],
        "added": [
            {"indicator": one.indicator, "name": one.name, "authors": one.authors, "date": one.date}
            for one in _added(snapshot)
        ],
        "result": {
            "concentration_index": test.index,
            "interval": list(test.interval),
            "verdict": test.verdict,
            "n": test.n,
        },
    }


def written(
    snapshot: Snapshot,
    form: str,
    *,
    sheet: str = "a4",
    size: str = "1200x630",
    picture: str = "map",
) -> bytes:
    """Return a snapshot in one of `FORMATS`.

    Parameters
    ----------
    snapshot
        What is written.
    form
        One of `FORMATS`.
    sheet, size, picture
        Of a PDF, whether A4 or slides; of a PNG its size; of an SVG what it draws.
    """
    manifest = manifest_of(snapshot)
    makers: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: typeset.pdf(snapshot, sheet, as_json(manifest)),
        "png": lambda: typeset.png(snapshot, size),
        "svg": lambda: typeset.svg(snapshot, picture),
        "html": lambda: webpage.webpage(snapshot, manifest),
        "gpkg": lambda: spatial.geopackage(snapshot, manifest),
        "geojson": lambda: spatial.geojson(snapshot),
        "csv": lambda: spatial.csv(snapshot),
        "zip": lambda: archive(snapshot),
    }
    return makers[form]()


def archive(snapshot: Snapshot) -> bytes:
    """Return everything in one archive, with the checksum of each file in its manifest."""
    files = _files(snapshot)
    manifest = sealed(
        manifest_of(snapshot)
        | {"files": {name: hashlib.sha256(made).hexdigest() for name, made in files.items()}}
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for name, inside in [*files.items(), (MANIFEST, as_json(manifest))]:
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, inside)
    return made.getvalue()


def sealed(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest with the checksum of all that it says itself."""
    told = {name: value for name, value in manifest.items() if name != SEAL}
    return told | {SEAL: hashlib.sha256(as_json(told)).hexdigest()}


def as_json(value: object) -> bytes:
    """Return plain values as a file that a person can read."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _files(snapshot: Snapshot) -> dict[str, bytes]:
    """Return every file of the archive but its manifest."""
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
    for made in _added(snapshot):
        files[f"indicators/{made.indicator}.csv"] = indicator_csv.as_file(snapshot.city, made)
    return files


def _added(snapshot: Snapshot) -> list[Any]:
    """Return the indicators of people that the snapshot shows."""
    shown = {snapshot.question.need.indicator, *snapshot.question.layer_names}
    return [one for one in contributed_indicators(snapshot.city)[0] if one.indicator in shown]


def _readme(snapshot: Snapshot) -> bytes:
    """Return what the archive holds, and how to read it, in plain words."""
    told, tr = content(snapshot), snapshot.tr
    lines = [
        told["title"],
        "",
        told["sentence"],
        told["basis"],
        told["verdict"],
        "",
        *(tr(f"snapshot.readme.{one}") for one in ("files", "check", "reopen")),
        "",
        told["words"]["limits"],
        *(f"- {line}" for line in told["limits"]),
        "",
        told["words"]["sources"],
        *(
            f"- {one['title']} · {one['publisher']} · {one['vintage']} · {one['licence']}"
            for one in told["sources"]
        ),
        "",
        told["cite"],
        told["link"],
    ]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
