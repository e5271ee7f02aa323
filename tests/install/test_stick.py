"""The stick holds the product and the wheels of every system, and is the same every time."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import stick

from sixes_geo import __version__

ROOT = Path(__file__).parents[2]
TOP = f"sixes-geo-{__version__}"
LOCK = """\
# by a tool
everywhere==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via project
elsewhere==2.0 ; sys_platform != 'darwin' \\
    --hash=sha256:cc
    # via
    #   project
earlier==3.0 ; python_full_version < '3.13' and platform_machine == 'x86_64' \\
    --hash=sha256:dd
"""

systems = pytest.mark.parametrize("name", sorted(stick.SYSTEMS))


@pytest.fixture
def wheels(tmp_path):
    """Write what stands for two wheels."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    paths = [folder / f"toytown-1.0-{tag}.whl" for tag in ("cp312-cp312-win_amd64", "py3-none-any")]
    for path in paths:
        path.write_bytes(path.name.encode() * 100)
    return paths


def test_a_line_of_the_lock_goes_to_the_systems_and_pythons_that_its_marker_names():
    def names(system, python):
        return [line.split()[0] for line in stick.pins(stick.SYSTEMS[system], python, LOCK)]

    assert names("linux", "3.12") == ["everywhere==1.0", "elsewhere==2.0", "earlier==3.0"]
    assert names("linux", "3.13") == ["everywhere==1.0", "elsewhere==2.0"]
    assert names("macos", "3.12") == ["everywhere==1.0"]
    assert names("windows", "3.13") == ["everywhere==1.0", "elsewhere==2.0"]


def test_a_line_keeps_all_its_checksums():
    first = next(stick.pins(stick.SYSTEMS["macos"], "3.12", LOCK))

    assert first == "everywhere==1.0 --hash=sha256:aa --hash=sha256:bb"


@systems
def test_every_line_of_the_lock_that_has_no_marker_goes_to_every_system(name):
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    everywhere = re.findall(r"^([\w.-]+==\S+) \\$", lock, flags=re.MULTILINE)
    given = [line.split()[0] for line in stick.pins(stick.SYSTEMS[name], "3.13", lock)]

    assert len(everywhere) > 40
    assert set(everywhere) <= set(given)
    assert len(given) == len(set(given))


def test_the_stick_holds_what_runs_the_product_and_no_tests(tmp_path, wheels):
    with zipfile.ZipFile(stick.write(tmp_path, wheels)) as archive:
        names = {name.removeprefix(f"{TOP}/") for name in archive.namelist()}
        kept = archive.read(f"{TOP}/geodata/santiago/sites.geojson")

    wanted = {"app.py", "requirements.txt", "start.sh", "start.command", "start.bat", "LICENSE",
              "tools/start.py", "README.md", "pages/explore/map.py", "sixes_geo/__main__.py",
              "geodata/rio/datapackage.json", f"wheels/{wheels[0].name}"}  # fmt: skip
    assert wanted <= names
    assert {name.partition("/")[0] for name in names} & {
        "tests",
        ".git",
        ".ci",
        "benchmarks",
    } == set()
    assert kept == (ROOT / "geodata" / "santiago" / "sites.geojson").read_bytes()


def test_the_same_files_give_the_same_bytes_whenever_they_were_written(tmp_path, wheels):
    once = stick.write(tmp_path, wheels).read_bytes()
    for wheel in wheels:
        wheel.touch()

    assert stick.write(tmp_path, wheels[::-1]).read_bytes() == once


def test_what_a_person_starts_may_be_run_where_it_is_unpacked(tmp_path, wheels):
    with zipfile.ZipFile(stick.write(tmp_path, wheels)) as archive:
        entries = archive.infolist()

    names = [entry.filename for entry in entries]
    runnable = {entry.filename for entry in entries if entry.external_attr >> 16 & 0o111}
    assert names == sorted(names)
    assert runnable == {f"{TOP}/start.sh", f"{TOP}/start.command"}
    assert {entry.create_system for entry in entries} == {3}
    assert {entry.date_time for entry in entries} == {stick.LONG_AGO}


def test_a_stick_that_cannot_be_made_leaves_nothing_behind(tmp_path, monkeypatch, capsys):
    def refused(*arguments, **_):
        raise subprocess.CalledProcessError(1, arguments[0])

    monkeypatch.setattr(subprocess, "run", refused)

    assert stick.main(["--platform", "linux", "--python", "3.12", "--out", str(tmp_path)]) == 1
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err == "stick: -m pip download failed; the reason is above\n"


@pytest.mark.long
@pytest.mark.timeout(900)
@systems
def test_there_is_a_wheel_of_everything_for_every_system_and_python(name):
    command = [sys.executable, "tools/stick.py", "--dry-run", "--platform", name]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)

    *names, total = told.stdout.splitlines()
    packages = {name.partition("-")[0].lower().replace("_", "-") for name in names}
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    asked = {
        line.partition("==")[0]
        for python in stick.PYTHONS
        for line in stick.pins(stick.SYSTEMS[name], python, lock)
    }
    made_for = [f"-cp{python.replace('.', '')}-" for python in stick.PYTHONS]
    assert packages == asked
    assert all(any(tag in wheel for wheel in names) for tag in made_for)
    assert total == f"{len(names)} wheels"
