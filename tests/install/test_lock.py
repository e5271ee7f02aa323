"""The lock pins what the project asks for, with checksums, for every system and Python."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-build.txt")
GROUPS = PROJECT["dependency-groups"]
ASKED = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": [*GROUPS["dev"][1:], *GROUPS["build"]],
    "requirements-build.txt": GROUPS["build"],
}
SYSTEMS = ("linux", "darwin", "win32")
PYTHONS = ("3.11.0", "3.11.2", "3.12.0", "3.13.0", "3.14.0")
INSTALLED = {canonicalize_name(one.name) for one in metadata.distributions()}
OTHERS = {
    name: packages
    for name, packages in metadata.packages_distributions().items()
    if "sixes-geo" not in packages
}


def entries(name):
    """Return the requirements of a lock, each with its checksums."""
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = re.sub(r"\\\n", " ", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE))
    return [
        (Requirement(line.partition(" --hash=")[0]), re.findall(r"--hash=(\S+)", line))
        for line in lines.splitlines()
    ]


def pinned(name, system="linux", python="3.11.2"):
    """Return the version of every package that a lock gives to one system and Python."""
    environment = {
        **default_environment(),
        "sys_platform": system,
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
    }
    return {
        canonicalize_name(asked.name): str(asked.specifier).removeprefix("==")
        for asked, _ in entries(name)
        if asked.marker is None or asked.marker.evaluate(environment)
    }


def imported(path):
    """Return the packages of others that a file imports, by the names it imports them by."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(str(node.module).partition(".")[0])
    return names & OTHERS.keys()


def found_in(name):
    """Return the distributions that hold a package."""
    return {canonicalize_name(one) for one in OTHERS[name]}


def asked_for(name):
    """Return what the project asks for directly, by name, with its version."""
    asked = [Requirement(line) for line in ASKED[name]]
    return {canonicalize_name(one.name): str(one.specifier).removeprefix("==") for one in asked}


@pytest.mark.parametrize("name", LOCKS)
def test_every_entry_is_one_version_with_checksums(name):
    loose = [
        str(asked)
        for asked, checksums in entries(name)
        if not re.fullmatch(r"==[\w.]+", str(asked.specifier))
        or not checksums
        or any(not re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in checksums)
    ]

    assert len(entries(name)) > 3
    assert loose == []


@pytest.mark.parametrize("name", LOCKS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_what_the_project_asks_for_is_in_the_lock_at_its_version(name, system, python):
    given = pinned(name, system, python)

    assert {asked: given.get(asked) for asked in asked_for(name)} == asked_for(name)


def test_the_locks_agree():
    versions = {(package, version) for name in LOCKS for package, version in pinned(name).items()}

    packages = [package for package, _ in versions]
    assert sorted(packages) == sorted(set(packages))


def test_tests_and_checks_have_what_builds_a_wheel():
    assert GROUPS["dev"][0] == {"include-group": "build"}
    assert PROJECT["build-system"]["requires"] == GROUPS["build"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host_no_folder_and_no_option(name):
    text = (ROOT / name).read_text(encoding="utf-8")

    assert re.findall(r"://|^-.*$|^ *# .*[ (][/~\\].*$", text, flags=re.MULTILINE) == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_pin_refuses_the_oldest_python_that_the_project_promises(name):
    # Debian 12 has 3.11.2: one package that wants 3.11.5 leaves it without a dashboard.
    pythons = {
        package: SpecifierSet(metadata.metadata(package)["Requires-Python"] or "")
        for package, version in pinned(name, sys.platform).items()
        if package in INSTALLED and metadata.version(package) == version
    }

    assert len(pythons) > 3
    assert [one for one, asked in pythons.items() if not asked.contains("3.11.2")] == []


@pytest.mark.parametrize(
    ("folders", "lists"),
    [(("sixes_geo", "pages"), LOCKS[:1]), (("tests", "benchmarks", "tools"), LOCKS[:2])],
    ids=["product", "tests"],
)
def test_what_is_imported_is_asked_for_by_name(folders, lists):
    asked = {name for one in lists for name in asked_for(one)}
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    found = {name for path in files for name in imported(path)}

    assert len(found) > 5
    assert {name: found_in(name) for name in found if not found_in(name) & asked} == {}


def test_nothing_is_asked_for_that_the_product_never_imports():
    files = [path for folder in ("sixes_geo", "pages") for path in (ROOT / folder).rglob("*.py")]
    found = {package for path in files for name in imported(path) for package in found_in(name)}

    assert sorted(asked_for("requirements.txt").keys() - found) == []
