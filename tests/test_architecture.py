"""The rules of the house, held by a machine."""

import ast
import inspect
import re
import tomllib
from pathlib import Path

import pytest

from sixes_geo import measures

ROOT = Path(__file__).parent.parent
PAGES = sorted(ROOT.glob("pages/**/*.py"))
FRAME = ROOT / "app.py"
LIBRARY = sorted(ROOT.glob("sixes_geo/**/*.py"))
PAGE_LINES, MODULE_LINES = 80, 300
LAYOUT = {"small", "medium", "large", "stretch", "content", "top", "center", "bottom"}
NO_PACKAGE = {"__init__"}
NETWORK = {"requests", "urllib", "urllib3", "http", "aiohttp", "httpx", "ftplib"}
UNSAFE = {"pickle", "cPickle", "dill", "shelve", "marshal"}

pages = pytest.mark.parametrize(
    "page", [FRAME, *PAGES], ids=lambda path: str(path.relative_to(ROOT))
)
modules = pytest.mark.parametrize(
    "module", LIBRARY, ids=lambda path: str(path.relative_to(ROOT / "sixes_geo"))
)
functions = pytest.mark.parametrize(
    "function",
    [
        one
        for one in (getattr(measures, name) for name in measures.__all__)
        if inspect.isfunction(one)
    ],
    ids=lambda function: function.__name__,
)


def nodes(path):
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imported(path):
    """Return the modules a file imports: names from a package count as its modules."""
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{one.name}" for one in node.names}
    return found


def constants(path):
    """Return the texts in a file, but for docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and ast.get_docstring(node) is not None
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    ]


def sections(docstring):
    """Return the numpydoc sections of a docstring with what stands in them."""
    parts = re.split(r"\n *([A-Z][A-Za-z ]+)\n *-{3,}\n", inspect.cleandoc(docstring))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_there_is_a_house():
    assert PAGES
    assert len(LIBRARY) > 40


def test_no_page_lies_directly_in_pages():
    # Until some session has run st.navigation, Streamlit serves pages/*.py without our
    # frame; files one folder down it leaves alone.
    assert [path.name for path in (ROOT / "pages").iterdir() if not path.is_dir()] == []


@pages
def test_pages_and_frame_stay_thin(page):
    assert len(page.read_text(encoding="utf-8").splitlines()) <= PAGE_LINES


@pages
def test_pages_and_frame_define_nothing(page):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)

    assert [node.lineno for node in nodes(page) if isinstance(node, kinds)] == []


@pages
def test_pages_and_frame_import_only_the_edge_and_streamlit(page):
    strange = [
        name
        for name in imported(page)
        if name != "streamlit" and not name.startswith("sixes_geo.ui.")
    ]

    assert strange == []


@pages
def test_pages_and_frame_hold_no_text_of_their_own(page):
    names = {part for path in PAGES for part in (path.stem, path.parent.name)}

    keys = {
        word.value
        for node in nodes(page)
        if isinstance(node, ast.keyword) and node.arg == "key"
        for word in [node.value]
        if isinstance(word, ast.Constant)
    }
    assert [text for text in constants(page) if text not in names | LAYOUT | keys] == []


@pages
def test_pages_and_frame_say_what_they_are_for(page):
    assert ast.get_docstring(ast.parse(page.read_text(encoding="utf-8")))


def test_every_page_is_in_the_menu_and_every_name_of_the_menu_is_a_page():
    menu = next(
        ast.literal_eval(node.value)
        for node in nodes(FRAME)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
    )

    named = {(section, name) for section, names in menu.items() for name in names}
    assert named == {(path.parent.name, path.stem) for path in PAGES}


@modules
def test_modules_stay_readable(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


@modules
def test_modules_say_what_they_are_for(module):
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


@modules
def test_only_ui_knows_streamlit(module):
    if module.parent.name == "ui":
        return

    assert [name for name in imported(module) if name.startswith("streamlit")] == []


@modules
def test_no_module_unpickles_or_reaches_for_the_network(module):
    # Writing an address asks nobody; everything else of that package can.
    names = {name for name in imported(module) if not name.startswith("urllib.parse.")}
    roots = {name.partition(".")[0] for name in names}

    assert roots & UNSAFE == set()
    if module.parent.name != "ui":
        assert roots & NETWORK == set()


@modules
def test_no_module_runs_texts_as_code(module):
    called = {getattr(node.func, "id", "") for node in nodes(module) if isinstance(node, ast.Call)}

    assert called & {"eval", "exec", "compile", "__import__"} == set()


@modules
def test_no_module_checks_by_assert(module):
    assert [node.lineno for node in nodes(module) if isinstance(node, ast.Assert)] == []


@modules
def test_no_error_is_caught_without_a_name(module):
    bare = [
        node.lineno
        for node in nodes(module)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
    ]

    assert bare == []


def test_measures_touch_no_file_and_no_picture():
    forbidden = {"altair", "branca", "folium", "geopandas", "pyogrio", "streamlit", "pathlib", "os"}

    for module in LIBRARY:
        if module.parent.name == "measures":
            roots = {name.partition(".")[0] for name in imported(module)}
            assert roots & forbidden == set(), module.name


def test_every_module_has_its_place_among_the_layers():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(one for one in contracts if one["type"] == "layers")
    placed = {name.strip() for layer in layers["layers"] for name in re.split(r"[|:]", layer)}

    top = {path.stem for path in (ROOT / "sixes_geo").glob("*.py")}
    top |= {path.parent.name for path in (ROOT / "sixes_geo").glob("*/__init__.py")}
    assert top - NO_PACKAGE == placed
    assert layers["exhaustive"]


def test_every_folder_of_code_is_a_package():
    assert [path for path in LIBRARY if not (path.parent / "__init__.py").is_file()] == []


@functions
def test_every_public_measure_is_documented_in_full(function):
    found = sections(function.__doc__ or "")

    assert {"Parameters", "Returns", "Raises", "Notes"} <= set(found)
    described = [
        name.strip().lstrip("*")
        for line in found["Parameters"].splitlines()
        if line and not line.startswith(" ")
        for name in line.partition(":")[0].split(",")
    ]
    assert described == list(inspect.signature(function).parameters)


@functions
def test_every_public_measure_says_what_it_gives_by_example(function):
    assert ">>>" in sections(function.__doc__ or "").get("Examples", "")


def test_every_public_measure_is_listed_once():
    assert len(set(measures.__all__)) == len(measures.__all__)
    assert all(hasattr(measures, name) for name in measures.__all__)
