"""Fixtures of all tests: the toy city, a copy of it to change, and the published cities."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import toy
from hypothesis import HealthCheck, settings
from marks import marks_of

from sixes_geo.analysis.assessment import assess
from sixes_geo.analysis.question import ask
from sixes_geo.city.catalog import DATA_VARIABLE
from sixes_geo.contributions import folder
from sixes_geo.contributions.cities import open_city
from sixes_geo.store import keys, location, results

PROFILES = {"quick": 10, "house": 60, "long": 300}
"""Random examples per property: in `make quick`, `make test` and `make test-long`."""

for profile, examples in PROFILES.items():
    settings.register_profile(  # tests also run on busy machines
        profile,
        deadline=None,
        max_examples=examples,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile("house")

GEODATA = Path(__file__).parent.parent / "geodata"


@pytest.hookimpl(tryfirst=True)  # before tests are selected by marks
def pytest_collection_modifyitems(items):
    """Mark tests by their path, and those that use a published city."""
    for item in items:
        for mark in marks_of(item.nodeid):
            item.add_marker(mark)
        if "published" in getattr(item, "fixturenames", ()):
            item.add_marker("published")


@pytest.fixture(scope="session")
def toy_root(tmp_path_factory):
    """Write a folder of cities, for SIXES_GEODATA, that holds only the toy city."""
    root = tmp_path_factory.mktemp("geodata")
    toy.write(root)
    return root


@pytest.fixture(scope="session")
def toy_city(toy_root):
    """Read the toy city."""
    return open_city("toy", toy_root)


@pytest.fixture
def own_root(toy_root, tmp_path):
    """Copy the toy city for a test that changes it."""
    return Path(shutil.copytree(toy_root, tmp_path / "geodata"))


@pytest.fixture
def in_toy(toy_root, monkeypatch):
    """Make the toy city the only one."""
    monkeypatch.setenv(DATA_VARIABLE, str(toy_root))


@pytest.fixture
def in_own(own_root, monkeypatch):
    """Make the copy the only city, and return its folder."""
    monkeypatch.setenv(DATA_VARIABLE, str(own_root))
    return own_root / "toy"


@pytest.fixture(scope="session")
def measured(toy_city):
    """Measure questions in the toy city, each of them once."""
    known = {}

    def measure(*layers, **options):
        key = (layers, repr(sorted(options.items())))
        if key not in known:
            known[key] = assess(ask(toy_city, layers=layers or ("sensors",), **options))
        return known[key]

    return measure


@pytest.fixture(scope="session")
def published():
    """Read a published city by name."""

    def read(name):
        return open_city(name, GEODATA)

    return read


@pytest.fixture(autouse=True)
def registry_folder(tmp_path, monkeypatch):
    """Keep contributions in a store of each test, never in the user's; return the old folder."""
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path / "registry"))
    monkeypatch.setenv(location.VARIABLE, f"sqlite:///{tmp_path}/store.sqlite3")
    return tmp_path / "registry"


@pytest.fixture(scope="session", autouse=True)
def keys_folder(tmp_path_factory):
    """Keep keys in a folder of this run, servers too, never among the user's."""
    folder = tmp_path_factory.mktemp("keys")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(keys.FOLDER_VARIABLE, str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def kept_results(tmp_path_factory):
    """Keep results for all tests of this run, in other processes too, never among the user's."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "results"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(results.FOLDER_VARIABLE, str(place))
        yield place
