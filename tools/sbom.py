"""Write the list of components (SBOM, CycloneDX JSON) of this version: `make sbom`.

It is made from the lock, with the checksums of every file that may be installed, the licences that
packages state, and what the product itself asks for. Nothing in it differs between machines: the
same commit gives the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import licences
from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    XsUri,
)
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PROJECT = ROOT / "pyproject.toml"
LICENCE = "MIT"
ENTRY = re.compile(
    r"^([\w.-]+)==(\S+)[^\n]*\\\n((?:    --hash=sha256:\w+(?: \\)?\n)+)", re.MULTILINE
)
"""A package of the lock: its name, its version, its checksums."""


def main() -> int:
    """Write the list to dist/ and print its path."""
    text = written(licences.all_licences(licences.locked()))
    folder = ROOT / "dist"
    folder.mkdir(exist_ok=True)
    path = folder / f"sixes-geo-{version()}.cdx.json"
    path.write_text(text, encoding="utf-8")
    print(path)
    return 0


def written(stated: Mapping[str, str]) -> str:
    """Return the list as text, given the licence that each package states."""
    bom, product = Bom(), _component("sixes-geo", version(), LICENCE, ComponentType.APPLICATION)
    bom.metadata.component = product
    for component in _packages(stated):
        bom.components.add(component)
    asked = direct()
    bom.register_dependency(product, [one for one in bom.components if one.name in asked])
    content: dict[str, Any] = json.loads(JsonV1Dot6(bom).output_as_string())
    del content["serialNumber"], content["metadata"]["timestamp"]  # others each time
    return json.dumps(content, indent=2, sort_keys=True) + "\n"


def _packages(stated: Mapping[str, str]) -> Iterator[Component]:
    """Yield every package of the lock, with the checksums of its files, wherever they lie."""
    for name, its_version, hashes in ENTRY.findall(licences.LOCK.read_text(encoding="utf-8")):
        found = re.findall(r"sha256:(\w+)", hashes)
        component = _component(name, its_version, stated[name], ComponentType.LIBRARY)
        component.purl = PackageURL("pypi", None, name, its_version)
        component.bom_ref.value = str(component.purl)
        component.external_references.add(
            ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION,
                url=XsUri(f"./{name}/"),
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in found],
            )
        )
        yield component


def _component(name: str, its_version: str, licence: str, kind: ComponentType) -> Component:
    """Return a component with its licence; the lock writes names as they are known."""
    return Component(
        name=name,
        version=its_version,
        type=kind,
        bom_ref=name,
        licenses=[DisjunctiveLicense(name=licence)],
    )


def direct() -> list[str]:
    """Return the packages that the project asks for itself."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    return [licences.plain(Requirement(line).name) for line in project["dependencies"]]


def version() -> str:
    """Return the version of the product."""
    source = (ROOT / "sixes_geo" / "__init__.py").read_text(encoding="utf-8")
    [found] = re.findall(r'^__version__ = "(.+)"$', source, flags=re.MULTILINE)
    return str(found)


if __name__ == "__main__":
    sys.exit(main())
