"""The catalog of cities: their manifests, found by name, read and checked.

A city is a folder with a manifest under ``geodata/``, or under the folder that the
environment variable `DATA_VARIABLE` names; nothing else makes a city.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from pyproj import CRS
from pyproj.exceptions import CRSError

from sixes_geo.base.errors import ChoiceError, ManifestError, Problem
from sixes_geo.base.hidden import hidden_in
from sixes_geo.base.json_reader import read_json
from sixes_geo.base.limits import MANIFEST_BYTES, PROBLEMS
from sixes_geo.base.paths import cause_of, plain_start, version_of
from sixes_geo.city.folders import DATA_VARIABLE, MANIFEST, city_names, data_folder
from sixes_geo.city.manifest import city_from
from sixes_geo.city.model import City

__all__ = [
    "DATA_VARIABLE",
    "MANIFEST",
    "NOT_STATED",
    "city_names",
    "data_folder",
    "read_city",
]

NOT_STATED = "not-stated"
LONGEST = 200
_SCHEMA = Path(__file__).parent / "manifest.schema.json"


def read_city(name: str, root: Path | None = None) -> City:
    """Read a city from its manifest, as it is shipped.

    Parameters
    ----------
    name
        Name of its folder, one of `city_names`.
    root
        Folder of cities; `data_folder` if not given.

    Raises
    ------
    ChoiceError
        If there is no such city.
    ManifestError
        If the manifest is no JSON, is incomplete or contradicts itself; with every fault.
    """
    folder = root or data_folder()
    allowed = city_names(folder)
    if name not in allowed:
        problem = Problem("unknown_city", {"got": name, "allowed": ", ".join(allowed)})
        raise ChoiceError("choice", [problem], "choose_allowed")
    path = folder / name / MANIFEST
    return _read(path, version_of(path))


@cache
def _read(path: Path, _version: tuple[int, ...]) -> City:
    """Read and check a manifest, again only after the file has changed."""
    content, manifest = _content(path)
    problems = _hidden_problems(content, manifest) or _shape_problems(manifest)
    if not problems:
        problems = _sense_problems(manifest)
    if problems:
        raise ManifestError("manifest", problems, "restore_manifest", where=_place(path))
    return city_from(manifest, path.parent, hashlib.sha256(content).hexdigest())


def _content(path: Path) -> tuple[bytes, Any]:
    """Return the content of a manifest, as it is and parsed."""
    try:
        content = plain_start(path, MANIFEST_BYTES)
        if path.resolve().parent == path.parent.resolve():
            return content, read_json(content, MANIFEST_BYTES, whole_numbers_fit=True)
        problem = Problem("outside_folder", {"path": _place(path)})
    except OSError as fault:
        problem = Problem("unreadable", {"got": cause_of(fault)})
    except ValueError as fault:
        problem = Problem("not_json", {"got": str(fault)[:200]})
    raise ManifestError("manifest", [problem], "restore_manifest", where=_place(path)) from None


def _hidden_problems(content: bytes, manifest: object) -> list[Problem]:
    """Return the fault of a text that shows as another one."""
    text = json.dumps(manifest, ensure_ascii=False) if b"\\u" in content else content.decode()
    sign = hidden_in(text)
    return [Problem("hidden_sign", {"got": sign})] if sign else []


def _place(path: Path) -> str:
    """Return the name of a manifest with its folder, for errors."""
    return f"{path.parent.name}/{path.name}"


def _shape_problems(manifest: object) -> list[Problem]:
    """Return where a manifest breaks the schema."""
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    found = islice(Draft202012Validator(schema).iter_errors(manifest), PROBLEMS)
    faults = sorted(found, key=lambda fault: fault.json_path)
    return [Problem("schema", {"path": fault.json_path, "got": _said(fault)}) for fault in faults]


def _said(fault: ValidationError) -> str:
    """Return what a fault says, or what was asked for if it repeats a whole list."""
    message = str(fault.message)
    return message if len(message) <= LONGEST else f"{fault.validator}: {fault.validator_value}"


def _sense_problems(manifest: Mapping[str, Any]) -> list[Problem]:
    """Return names that occur twice, and references to what does not exist."""
    names = {
        "resources": [entry["name"] for entry in manifest["resources"]],
        "sixes:units": [entry["unit"] for entry in manifest["sixes:units"]],
        "sixes:indicators": [entry["indicator"] for entry in manifest["sixes:indicators"]],
        "sixes:layers": [entry["layer"] for entry in manifest["sixes:layers"]],
        "sixes:context": [entry["context"] for entry in manifest["sixes:context"]],
        "sixes:raw": [entry["path"] for entry in manifest["sixes:raw"]],
        "sixes:series": [entry["series"] for entry in manifest.get("sixes:series", [])],
    }
    layers = manifest["sixes:layers"]
    dates = [f"{entry['series']}:{entry['year']}" for entry in layers if "series" in entry]
    problems = [
        Problem("listed_twice", {"path": place, "got": name})
        for place, listed in [*names.items(), ("sixes:layers.series", dates)]
        for name, times in Counter(listed).items()
        if times > 1
    ]
    view = manifest["sixes:city"]["view"]
    references = [
        ("sixes:city.view.unit", [view["unit"]], "sixes:units"),
        ("sixes:city.view.need", [view["need"].partition(":")[0]], "sixes:indicators"),
        ("sixes:city.view.layers", view["layers"], "sixes:layers"),
        (
            "sixes:units.resource",
            [unit["resource"] for unit in manifest["sixes:units"]],
            "resources",
        ),
        (
            "sixes:units.population",
            [unit["population"][0] for unit in manifest["sixes:units"]],
            "sixes:indicators",
        ),
        ("sixes:layers.series", _given(layers, "series"), "sixes:series"),
        ("sixes:layers.unit", _given(layers, "unit"), "sixes:units"),
        ("sixes:layers.unit", ["investment"] if _given(layers, "unit") else [], "resources"),
    ]
    problems += _crs_problems(manifest["sixes:city"]["crs"])
    problems += [
        Problem("bad_placeholder", {"path": f"sixes:units.the_k.{language}", "got": text})
        for unit in manifest["sixes:units"]
        for language, text in unit["the_k"].items()
        if {"{", "}"} & {*text.replace("{k}", "")}
    ]
    problems += [
        Problem("leads_nowhere", {"path": place, "got": name, "allowed": ", ".join(names[among])})
        for place, named, among in references
        for name in named
        if name not in names[among]
    ]
    return problems


def _given(entries: Iterable[Mapping[str, Any]], key: str) -> list[str]:
    """Return the values of an optional key, of the entries that have it."""
    return [entry[key] for entry in entries if key in entry]


def _crs_problems(name: str) -> list[Problem]:
    """Return the fault of a projection that does not exist or is not in metres."""
    try:
        crs = CRS.from_user_input(name)
    except CRSError:
        return [Problem("unknown_crs", {"path": "sixes:city.crs", "got": name})]
    metric = crs.is_projected and {axis.unit_name for axis in crs.axis_info} == {"metre"}
    return [] if metric else [Problem("unmetric_crs", {"path": "sixes:city.crs", "got": name})]
