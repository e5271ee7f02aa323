"""The way of a need, as ARCHITECTURE.md tells it, is the way that the page of the map goes."""

import inspect
import re
import threading

import pytest
import streamlit as st
from house import ROOT, none_of
from visiting import arrive, faults

from sixes_geo.city.catalog import DATA_VARIABLE
from sixes_geo.contributions import folder
from sixes_geo.store import location, results

USED_EVERYWHERE = {"sixes_geo/base", "sixes_geo/i18n"}
ROW = re.compile(r"^\| (\w*) ?\| (.+?) \| (.+) \|$", flags=re.MULTILINE)
IMPORTING = "<frozen importlib._bootstrap>"


def part():
    """Return the part of ARCHITECTURE.md that tells the way."""
    paper = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    return paper.partition("## The way of a need")[2].partition("\n## ")[0]


def told():
    """Return the files of each way, in order: to the question, down to figures, and up."""
    ways, way = {"link": [], "down": [], "up": []}, ""
    for step, where, _ in ROW.findall(part()):
        if "`" in where:
            way = step or way
            ways[way] += re.findall(r"`([^`]+\.py)`", where)
    return ways


def named():
    """Return every file that the part names."""
    return re.findall(r"`([^`]+\.py)`", part())


def while_importing(frame):
    """Tell whether something runs only because a module is imported."""
    while frame is not None:
        if frame.f_code.co_filename == IMPORTING:
            return True
        frame = frame.f_back
    return False


@pytest.fixture(scope="module")
def went(toy_root, tmp_path_factory):
    """Open the map of the toy city, and return the files whose functions ran, in order."""
    steps, here = [], f"{ROOT}/"

    def note(frame, event, _value):
        code = frame.f_code
        path = code.co_filename.removeprefix(here)
        page = path.startswith("pages/")  # has no function
        inside = path.startswith("sixes_geo/") and code.co_flags & inspect.CO_OPTIMIZED
        if event == "call" and (page or inside) and not while_importing(frame):
            steps.append(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(toy_root))
        registry = tmp_path_factory.mktemp("registry")
        patch.setenv(folder.VARIABLE, str(registry))
        patch.setenv(location.VARIABLE, f"sqlite:///{registry}/store.sqlite3")
        patch.setenv(results.FOLDER_VARIABLE, str(tmp_path_factory.mktemp("results")))
        st.cache_resource.clear()  # what an earlier visitor had measured is still known
        threading.setprofile(note)
        try:
            app = arrive(city="toy", need="income:2024")
        finally:
            threading.setprofile(None)
            st.cache_resource.clear()
    assert faults(app) == []
    return steps


def follows(way, steps):
    """Return what of a way is not gone after what stands before it."""
    rest = iter(steps)
    return [path for path in way if not any(step == path for step in rest)]


def folders(files):
    return {path.rpartition("/")[0] for path in files}


def test_the_page_goes_the_way_that_is_told_in_its_order(went):
    ways = told()

    assert min(map(len, ways.values())) > 4
    none_of(follows([*ways["link"], *ways["down"], *ways["up"]], went))


def test_everything_named_on_the_way_is_passed(went):
    none_of(path for path in named() if path not in went)


def test_no_folder_on_the_way_is_left_out(went):
    none_of(sorted(folders(went) - folders(named()) - USED_EVERYWHERE))


def test_a_way_in_another_order_is_found():
    assert follows(["a", "c", "b"], ["a", "b", "c"]) == ["b"]
    assert follows(["a", "b"], ["a", "c", "a", "b"]) == []
