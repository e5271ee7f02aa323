"""Write docs/licences.md: the licence of every package that the dashboard runs with.

`make licences` runs it after a change of the lock. pip-licenses reads what each installed package
states of itself, and this is told as it is stated. A licence that is not among `ACCEPTED` has to be
read by a person first.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.txt"
PAGE = ROOT / "docs" / "licences.md"

ACCEPTED = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "MIT", "MIT-0"),
    *("MIT-CMU", "MPL-2.0", "PSF-2.0", "Zlib"),
    # As older packages say it.
    *("3-Clause BSD License", "Apache License 2.0", "Apache Software License", "BSD License"),
    *("MIT License", "Mozilla Public License 2.0 (MPL 2.0)"),
    "(same as Leaflet)",  # BSD-2-Clause
}
"""Licences, as packages state them, under which each may be used and handed on with this code."""

UNKNOWN, NOT_STATED = "UNKNOWN", "not stated"
KNOWN_TO_STATE_NONE = {"streamlit-folium"}
"""Packages that state no licence in what is installed; another one has to be looked at first."""

HEAD = """\
# Licences of the packages

What the dashboard runs with, at the versions of `requirements.txt`, with the licence that each
package states of itself. `make licences` writes this page; a test fails if it is not current or a
licence is new.

The code of SixEs Geo is under the MIT licence (`LICENSE`). Data and fonts keep their own:
`geodata/README.md`, `sixes_geo/export/fonts/LICENCES.md`. Packages with compiled parts can contain
libraries under other licences (GEOS, for one, under the LGPL); their texts are in these packages.
*{not_stated}* is not a licence: the package names none.

| package | version | licence |
|---|---|---|
"""


def main() -> int:
    """Write the page; return 1 if a licence has to be looked at."""
    versions = locked()
    stated = all_licences(versions)
    PAGE.write_text(page(versions, stated), encoding="utf-8")
    lines = list(faults(stated))
    sys.stderr.write("".join(f"licences: {line}\n" for line in lines))
    return 1 if lines else 0


def locked() -> dict[str, str]:
    """Return the version of every package of the lock, by its name."""
    lock = LOCK.read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^\s;\\]+)", lock, flags=re.MULTILINE))


def all_licences(packages: Iterable[str]) -> dict[str, str]:
    """Return the licence that each package states, and end if one is not installed here."""
    names = sorted(packages)
    stated = licences(names)
    missing = ", ".join(name for name in names if name not in stated)
    if missing:
        raise SystemExit(f"licences: {missing}: not installed here, so its licence is not known")
    return stated


def licences(packages: Iterable[str]) -> dict[str, str]:
    """Return the licence that each installed package states, by its name in the lock."""
    told = subprocess.run(
        [
            *(sys.executable, "-m", "piplicenses", "--from", "mixed", "--format", "json"),
            *("--with-system", "--packages", *packages),
        ],
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    return {
        plain(entry["Name"]): entry["License"].replace(UNKNOWN, NOT_STATED)
        for entry in json.loads(told.stdout)
    }


def plain(name: str) -> str:
    """Return the name of a package as the lock writes it."""
    return re.sub(r"[._-]+", "-", name).lower()


def page(versions: Mapping[str, str], stated: Mapping[str, str]) -> str:
    """Return the page."""
    rows = [f"| {name} | {versions[name]} | {stated[name]} |\n" for name in sorted(stated)]
    return HEAD.format(not_stated=NOT_STATED) + "".join(rows)


def faults(stated: Mapping[str, str]) -> Iterator[str]:
    """Yield every package whose licence is not accepted, or that states none."""
    for name, licence in sorted(stated.items()):
        if licence == NOT_STATED:
            if name not in KNOWN_TO_STATE_NONE:
                yield f"{name} states no licence"
        elif not accepted(licence):
            yield f"{name}: {licence} is not among the accepted licences"


def accepted(licence: str) -> bool:
    """Tell whether all parts of a licence are accepted, and one of each choice."""
    choices = [part.strip("() ") for part in licence.split(" OR ")]
    if len(choices) > 1:
        return any(map(accepted, choices))
    return all(part.strip() in ACCEPTED for part in re.split(r" AND |;", licence))


if __name__ == "__main__":
    sys.exit(main())
