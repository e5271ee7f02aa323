"""Write the list of components (SBOM, CycloneDX JSON) of this version: `make sbom`.

cyclonedx-py makes it from the lock, with the checksums of every file that may be installed. Here
licences and what depends on what directly are added, and what differs between machines or says
nothing is left out: the same commit gives the same bytes.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import licences
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PROJECT = ROOT / "pyproject.toml"


def main() -> int:
    """Write the list to dist/ and print its path."""
    text = written(made(), licences.all_licences(licences.locked()))
    folder = ROOT / "dist"
    folder.mkdir(exist_ok=True)
    path = folder / f"sixes-geo-{version()}.cdx.json"
    path.write_text(text, encoding="utf-8")
    print(path)
    return 0


def made() -> dict[str, Any]:
    """Return what cyclonedx-py makes of the lock; files are named beside it, by no host."""
    told = subprocess.run(
        [
            *(sys.executable, "-W", "ignore", "-m", "cyclonedx_py"),
            *("requirements", str(licences.LOCK)),
            *("--pyproject", str(PROJECT), "--output-reproducible", "--no-validate"),
            *("--index-url", "."),
        ],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    if told.returncode:
        raise SystemExit(f"sbom: cyclonedx-py failed: {told.stderr.strip()}")
    content: dict[str, Any] = json.loads(told.stdout)
    return content


def written(content: dict[str, Any], stated: Mapping[str, str]) -> str:
    """Return the list as text: components under their own names, with licences."""
    for component in content["components"]:
        component["bom-ref"] = component["purl"]
        component.pop("description", None)
        component["licenses"] = [{"license": {"name": stated[component["name"]]}}]
    content["components"].sort(key=lambda component: str(component["purl"]))
    root = content["metadata"]["component"]
    root["version"] = version()
    refs = {component["name"]: component["purl"] for component in content["components"]}
    content["dependencies"] = [
        {"ref": root["bom-ref"], "dependsOn": sorted(refs[name] for name in direct())},
        *({"ref": ref} for ref in sorted(refs.values())),
    ]
    for tool in content["metadata"]["tools"]["components"]:
        tool.pop("externalReferences", None)
    return json.dumps(content, indent=2, sort_keys=True) + "\n"


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
