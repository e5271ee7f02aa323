"""The wheel holds the product and nothing else, and works where there is no checkout."""

import email
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from sixes_geo import __version__

ROOT = Path(__file__).parents[2]
PACKED = ("app.py", "geodata", "pages")
KINDS = {".py", ".toml", ".json", ".js", ".css", ".svg", ".ttf", ".md", ".csv", ".typ", ".html"}
MEASURE = ("measure", "santiago", "--layer", "bike-share-2022", "--json")

pytestmark = [
    pytest.mark.timeout(900),  # a busy machine is no fault
    pytest.mark.xdist_group("installed"),  # one installing is enough for all of them
]


def tracked(*paths):
    """Return what the repository holds under some paths, or is about to hold."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *paths],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [name for name in told.stdout.split("\0") if name and (ROOT / name).is_file()]


def environment(**changes):
    """Return the environment of a person who has no checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | changes


def run(folder, *arguments, cwd):
    """Run the installed command and return what it writes."""
    command = [folder / "bin" / "sixes-geo", *arguments]
    told = subprocess.run(
        command, cwd=cwd, check=True, capture_output=True, text=True, env=environment()
    )
    return told.stdout


def test_the_wheel_holds_code_data_and_pages_and_nothing_else(wheel):
    about = f"sixes_geo-{__version__}.dist-info/"
    with zipfile.ZipFile(wheel) as opened:
        held = {name for name in opened.namelist() if not name.startswith(about)}

    ours = {*tracked("sixes_geo"), *(f"sixes_geo/{name}" for name in tracked(*PACKED))}
    assert held == ours
    assert {Path(name).suffix for name in tracked("sixes_geo")} >= KINDS
    assert "sixes_geo/py.typed" in held


def test_the_wheel_says_what_it_is_and_needs(wheel):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    about = f"sixes_geo-{__version__}.dist-info/"
    with zipfile.ZipFile(wheel) as opened:
        metadata = email.message_from_bytes(opened.read(f"{about}METADATA"))
        commands = opened.read(f"{about}entry_points.txt").decode()
        licences = {name for name in opened.namelist() if name.startswith(f"{about}licenses/")}

    assert (metadata["Version"], metadata["License-Expression"]) == (__version__, "MIT")
    assert sorted(metadata.get_all("Requires-Dist")) == sorted(project["dependencies"])
    assert "sixes-geo = sixes_geo.cli.main:main" in commands
    assert licences == {f"{about}licenses/{name}" for name in project["license-files"]}


def test_an_installed_copy_tells_its_version(installed, tmp_path):
    assert run(installed, "--version", cwd=tmp_path).strip() == __version__


def test_an_installed_copy_measures_as_the_checkout_does(installed, tmp_path):
    here = subprocess.run(
        [sys.executable, "-m", "sixes_geo", *MEASURE],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )

    assert json.loads(run(installed, *MEASURE, cwd=tmp_path)) == json.loads(here.stdout)


def test_an_installed_copy_finds_data_pages_and_app_inside_itself(installed, tmp_path):
    script = (
        "from sixes_geo.base import installation as p;"
        "print(p.geodata_folder(), p.pages_folder(), p.app_script(), sep='\\n')"
    )
    told = subprocess.run(
        [installed / "bin" / "python", "-c", script],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )

    found = [Path(line) for line in told.stdout.splitlines()]
    assert [path.name for path in found] == ["geodata", "pages", "app.py"]
    assert all(path.exists() and path.is_relative_to(installed) for path in found)


def test_an_installed_copy_holds_exactly_what_the_lock_pins(installed, tmp_path):
    script = (
        "from importlib import metadata as m;"
        "print(*(f'{d.name.lower()}=={d.version}' for d in m.distributions()), sep='\\n')"
    )
    told = subprocess.run(
        [installed / "bin" / "python", "-c", script],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
        env=environment(),
    )

    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pins = {line.split()[0] for line in lock.splitlines() if line[:1].isalnum()}
    tools = ("pip==", "setuptools==", "sixes")
    here = {line.replace("_", "-") for line in told.stdout.splitlines()}
    assert {line for line in here if not line.startswith(tools)} <= pins
    assert len(here & pins) > 40
