"""The rules of the house, held by a machine: a test for each, that lists all that break it."""

import ast
import inspect
import json
import re
import tomllib
from re import _parser as re_parser

from house import APP, LIBRARY, PAGES, ROOT, SCRIPT, Source, called, none_of, offenders, some

from sixes_geo import measures

PAGE_LINES, MODULE_LINES = 80, 300
LAYOUT = {"small", "medium", "large", "stretch", "content", "top", "center", "bottom"}
SETTINGS = {"server.baseUrlPath"}
NETWORK = {
    "aiohttp", "anyio", "asyncio", "ftplib", "http", "httpx", "requests", "smtplib", "socket",
    "socketserver", "ssl", "starlette", "tornado", "urllib", "urllib3", "uvicorn", "websockets",
}  # fmt: skip
CACHES = "sixes_geo/ui/session/cache.py"
LINK = "sixes_geo/analysis/link.py"
SERVER_READS = "sixes_geo/server/headers.py"
"""It looks at the queries that Streamlit and folium make, which are no links of ours."""
ASKS_NOBODY = ("urllib.parse.",)
UNSAFE = {"pickle", "cPickle", "dill", "shelve", "marshal", "multiprocessing"}
"""Modules that make objects of bytes, and so can run code; processes of the last send such."""
RUN_AS_CODE = {"eval", "exec", "compile", "__import__"}
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
PICTURES_AND_FILES = {
    "PIL", "altair", "branca", "folium", "geopandas", "io", "jinja2", "os", "pathlib", "pyarrow",
    "pyogrio", "shutil", "streamlit", "tempfile", "typst", "vl_convert",
}  # fmt: skip
THRESHOLDS = "sixes_geo/measures/base/thresholds.py"
FOLDERS_THAT_DECIDE = ("analysis", "charts", "framework", "maps", "measures", "output", "wording")
ALPHAS = {0.05, 0.025, 0.95, 0.975}
NAME_OF_A_THRESHOLD = re.compile(
    r"(?i)(alpha|level|confidence|significance)|(?:FEWEST|ENOUGH|LEAST_(?:UNITS|SITES))\w*"
)
OF_OURS_FOR_MEASURES = ("sixes_geo.measures", "sixes_geo.base.errors")
READERS = {
    "ParquetFile": {"sixes_geo/city/people_points.py"},
    "ZipFile": {
        "sixes_geo/export/archives.py",
        "sixes_geo/export/bundle.py",
        "sixes_geo/store/backup.py",
    },
    "read_csv": {"sixes_geo/city/contents.py"},
    "read_dataframe": {"sixes_geo/city/shapes.py"},
    "read_file": set(),
    "read_parquet": set(),
}
"""Functions that grow with what they are given, and the modules that hold the limits of it."""
FUNCTIONS = [
    one for one in (getattr(measures, name) for name in measures.__all__) if inspect.isfunction(one)
]


# ---------------------------------------------------------------- pages, the frame and the app


def long_page(source):
    lines = len(source.text.splitlines())
    if lines > PAGE_LINES:
        yield lines, f"lines, over {PAGE_LINES}"


def definition(source):
    return ((node.lineno, "a definition") for node in source.nodes if isinstance(node, DEFINITIONS))


def import_of_more_than_the_edge(source):
    for line, name in source.imports:
        if name != "streamlit" and not name.startswith("sixes_geo.ui."):
            yield line, name


def import_of_more_than_the_server(source):
    for line, name in source.imports:
        root = name.partition(".")[0]
        if root not in ("streamlit", "starlette") and not name.startswith(
            ("sixes_geo.server.", "sixes_geo.ui.")
        ):
            yield line, name


def text_of_its_own(source):
    sections = {part for page in PAGES for part in page.name.removesuffix(".py").split("/")[1:]}
    keys = {
        node.value.value
        for node in source.nodes
        if isinstance(node, ast.keyword)
        and node.arg == "key"
        and isinstance(node.value, ast.Constant)
    }
    known = sections | LAYOUT | SETTINGS | keys
    return ((line, repr(text)) for line, text in source.words if text not in known)


def silent_on_its_purpose(source):
    if not ast.get_docstring(source.tree):
        yield 1, "no docstring"


def menu(source):
    """Return the pages that the frame offers, with their sections."""
    told = next(
        ast.literal_eval(node.value)
        for node in source.tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "MENU"
    )
    return [(section, name) for section, names in told.items() for name in names]


def test_there_is_a_house():
    assert len(PAGES) > 10
    assert len(LIBRARY) > 100
    assert len(SCRIPT) == len(APP) == 1


def test_no_page_lies_directly_in_pages():
    # Until some session has run st.navigation, Streamlit serves pages/*.py without our
    # frame; files one folder down it leaves alone.
    assert [path.name for path in (ROOT / "pages").iterdir() if not path.is_dir()] == []


def test_pages_frame_and_app_stay_thin():
    none_of(offenders(long_page, [*PAGES, *SCRIPT, *APP]))


def test_pages_frame_and_app_define_nothing():
    none_of(offenders(definition, [*PAGES, *SCRIPT, *APP]))


def test_pages_and_frame_import_only_the_edge_and_streamlit():
    none_of(offenders(import_of_more_than_the_edge, [*PAGES, *SCRIPT]))


def test_the_app_imports_only_the_server_and_the_edge():
    none_of(offenders(import_of_more_than_the_server, APP))


def test_pages_frame_and_app_hold_no_text_of_their_own():
    none_of(offenders(text_of_its_own, [*PAGES, *SCRIPT, *APP]))


def test_pages_frame_and_app_say_what_they_are_for():
    none_of(offenders(silent_on_its_purpose, [*PAGES, *SCRIPT, *APP]))


def test_every_page_is_in_the_menu_and_every_name_of_the_menu_is_a_page():
    named = menu(*SCRIPT)

    assert sorted(f"pages/{section}/{name}.py" for section, name in named) == [
        page.name for page in PAGES
    ]


# ---------------------------------------------------------------- the library


def long_module(source):
    lines = len(source.text.splitlines())
    if lines > MODULE_LINES:
        yield lines, f"lines, over {MODULE_LINES}"


def streamlit_outside_ui(source):
    if not source.name.startswith("sixes_geo/ui/"):
        for line, name in source.imports:
            if name.partition(".")[0].startswith("streamlit"):
                yield line, name


def streamlit_cache_of_its_own(source):
    if source.name != CACHES:
        for node in source.nodes:
            if isinstance(node, ast.Attribute) and node.attr.startswith("cache_"):
                yield node.lineno, ast.unparse(node)
        for line, name in source.imports:
            if name.startswith("streamlit.cache_"):
                yield line, name


def network_outside_the_server(source):
    if not source.name.startswith("sixes_geo/server/"):
        for line, name in source.imports:
            if name.partition(".")[0] in NETWORK and not name.startswith(ASKS_NOBODY):
                yield line, name


def address_of_its_own(source):
    if source.name not in (LINK, SERVER_READS):
        for line, name in source.imports:
            if name.startswith("urllib.parse"):
                yield line, name


def unpickling(source):
    return ((line, name) for line, name in source.imports if name.partition(".")[0] in UNSAFE)


def text_run_as_code(source):
    return (
        (call.lineno, call.func.id)
        for call in source.calls
        if isinstance(call.func, ast.Name) and call.func.id in RUN_AS_CODE
    )


def check_by_assert(source):
    return ((node.lineno, "assert") for node in source.nodes if isinstance(node, ast.Assert))


def error_caught_without_a_name(source):
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            for kind in kinds:
                if kind is None or getattr(kind, "id", "") in ("Exception", "BaseException"):
                    yield node.lineno, "everything caught"


def measure_that_touches_the_world(source):
    if source.name.startswith("sixes_geo/measures/"):
        for line, name in source.imports:
            root = name.partition(".")[0]
            stranger = root == "sixes_geo" and not name.startswith(OF_OURS_FOR_MEASURES)
            if root in PICTURES_AND_FILES or stranger:
                yield line, name
        for call in source.calls:
            if called(call) in ("open", "print", "read_csv", "read_file", "read_parquet"):
                yield call.lineno, called(call)


def named_values(node):
    """Return the names that a node gives values to, each with its value: also as a default."""
    if isinstance(node, ast.Assign):
        return [(getattr(target, "id", ""), node.value) for target in node.targets]
    if isinstance(node, ast.AnnAssign):
        return [(getattr(node.target, "id", ""), node.value)]
    if isinstance(node, ast.keyword):
        return [(node.arg or "", node.value)]
    if not isinstance(node, ast.arguments):
        return []
    positional = [*node.posonlyargs, *node.args][::-1]
    defaults = [*zip(positional, node.defaults[::-1], strict=False)]
    defaults += zip(node.kwonlyargs, node.kw_defaults, strict=True)
    return [(parameter.arg, default) for parameter, default in defaults]


def threshold_of_its_own(source):
    folder = source.name.removeprefix("sixes_geo/").partition("/")[0]
    if folder not in FOLDERS_THAT_DECIDE or source.name == THRESHOLDS:
        return
    for node in source.nodes:
        for name, value in named_values(node):
            number = isinstance(value, ast.Constant) and isinstance(value.value, int | float)
            if number and NAME_OF_A_THRESHOLD.fullmatch(name):
                yield value.lineno, f"{name} = {value.value}"
        sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        if any(isinstance(side, ast.Constant) and side.value in ALPHAS for side in sides):
            yield node.lineno, ast.unparse(node)


def repeats(pattern, inside=False):
    """Yield what a parsed pattern repeats in a way that can take quadratic time, or worse."""
    for kind, value in pattern:
        endless = False
        if kind in (re_parser.MAX_REPEAT, re_parser.MIN_REPEAT):
            endless = value[1] is re_parser.MAXREPEAT
            whatever = [name for name, _ in value[2]] == [re_parser.ANY]
            if endless and (inside or whatever or kind is re_parser.MIN_REPEAT):
                yield str(kind)
        for part in value if isinstance(value, tuple | list) else ():
            for each in part if isinstance(part, list) else [part]:
                if isinstance(each, re_parser.SubPattern):
                    yield from repeats(each, inside or endless)


def pattern_that_backtracks(source):
    for call in source.calls:
        if not ast.unparse(call.func).startswith("re.") or not call.args:
            continue
        text = call.args[0]
        parts = text.values if isinstance(text, ast.JoinedStr) else [text]
        pattern = "".join(part.value if is_text(part) else "x" for part in parts)
        for kind in repeats(re_parser.parse(pattern)) if called(call) != "escape" else ():
            yield call.lineno, f"{kind} in {pattern}"


def is_text(part):
    """Tell whether a part of a pattern stands there as it is."""
    return isinstance(part, ast.Constant) and isinstance(part.value, str)


def file_read_past_its_limits(source):
    if source.name.startswith("sixes_geo/build/"):
        return
    for call in source.calls:
        reader = READERS.get(called(call))
        if reader is not None and source.name not in reader:
            yield call.lineno, called(call)


def test_no_pattern_goes_back_and_forth():
    none_of(offenders(pattern_that_backtracks, LIBRARY))
    schemas = [json.loads(path.read_text()) for path in (ROOT / "sixes_geo").rglob("*.schema.json")]
    patterns = [text for schema in schemas for text in patterns_in(schema)]
    none_of(text for text in some(patterns) for _ in repeats(re_parser.parse(text)))


def patterns_in(schema):
    """Yield the patterns of a JSON schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for value in schema.values():
            yield from patterns_in(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from patterns_in(value)


def test_files_from_outside_are_read_by_the_modules_that_hold_the_limits():
    none_of(offenders(file_read_past_its_limits, LIBRARY))


def test_modules_stay_readable():
    none_of(offenders(long_module, LIBRARY))


def test_modules_say_what_they_are_for():
    none_of(offenders(silent_on_its_purpose, LIBRARY))


def test_only_ui_knows_streamlit():
    none_of(offenders(streamlit_outside_ui, LIBRARY))


def test_only_one_module_makes_caches_of_streamlit():
    none_of(offenders(streamlit_cache_of_its_own, [*LIBRARY, *PAGES, *APP]))


def test_only_the_server_reaches_for_the_network():
    none_of(offenders(network_outside_the_server, LIBRARY))


def test_one_module_alone_writes_and_reads_addresses():
    none_of(offenders(address_of_its_own, [*LIBRARY, *PAGES, *APP]))


def test_no_module_unpickles():
    none_of(offenders(unpickling, LIBRARY))


def test_no_module_runs_texts_as_code():
    none_of(offenders(text_run_as_code, LIBRARY))


def test_no_module_checks_by_assert():
    none_of(offenders(check_by_assert, LIBRARY))


def test_no_error_is_caught_without_a_name():
    none_of(offenders(error_caught_without_a_name, LIBRARY))


def test_alpha_and_the_least_numbers_are_defined_in_one_module():
    none_of(offenders(threshold_of_its_own, LIBRARY))


def test_measures_touch_no_file_no_picture_and_no_text():
    none_of(offenders(measure_that_touches_the_world, LIBRARY))


BREAKS = [
    (pattern_that_backtracks, "sixes_geo/export/x.py", "re.search('<!--(.*?)-->', page)"),
    (pattern_that_backtracks, "sixes_geo/export/x.py", "re.compile(f'{x}(a+)+b')"),
    (pattern_that_backtracks, "sixes_geo/export/x.py", "re.match(r'(\\w+\\s*)*$', text)"),
    (file_read_past_its_limits, "sixes_geo/city/x.py", "gpd.read_file(path)"),
    (file_read_past_its_limits, "sixes_geo/city/tables.py", "pd.read_csv(path)"),
    (file_read_past_its_limits, "sixes_geo/export/reopened.py", "zipfile.ZipFile(path)"),
    (long_page, "pages/explore/map.py", "x = 1\n" * (PAGE_LINES + 1)),
    (definition, "app.py", "show = lambda: None"),
    (definition, "pages/explore/map.py", "def show(): ..."),
    (import_of_more_than_the_edge, "pages/explore/map.py", "import pandas"),
    (import_of_more_than_the_edge, "pages/explore/map.py", "from sixes_geo import measures"),
    (import_of_more_than_the_server, "app.py", "from sixes_geo.city import catalog"),
    (text_of_its_own, "pages/explore/map.py", "st.title('The map')"),
    (silent_on_its_purpose, "sixes_geo/city/model.py", "x = 1"),
    (long_module, "sixes_geo/city/model.py", "x = 1\n" * (MODULE_LINES + 1)),
    (streamlit_outside_ui, "sixes_geo/server/ui.py", "import streamlit as st"),
    (streamlit_outside_ui, "sixes_geo/maps/ui/x.py", "from streamlit_folium import st_folium"),
    (streamlit_cache_of_its_own, "sixes_geo/ui/views/x.py", "@st.cache_data\ndef f(): ..."),
    (streamlit_cache_of_its_own, "pages/explore/x.py", "from streamlit import cache_resource"),
    (network_outside_the_server, "sixes_geo/ui/views/x.py", "import urllib.request"),
    (network_outside_the_server, "sixes_geo/cli/x.py", "from socket import socket"),
    (address_of_its_own, "sixes_geo/ui/views/x.py", "from urllib.parse import urlencode"),
    (address_of_its_own, "sixes_geo/cli/x.py", "import urllib.parse"),
    (unpickling, "sixes_geo/city/model.py", "def read():\n    import pickle"),
    (unpickling, "sixes_geo/workers/pool.py", "from multiprocessing import Pool"),
    (text_run_as_code, "sixes_geo/city/model.py", "eval('1')"),
    (check_by_assert, "sixes_geo/city/model.py", "assert True"),
    (error_caught_without_a_name, "sixes_geo/city/model.py", "try: f()\nexcept: pass"),
    (
        error_caught_without_a_name,
        "sixes_geo/city/model.py",
        "try: f()\nexcept (OSError, Exception): pass",
    ),
    (threshold_of_its_own, "sixes_geo/wording/x.py", "LEVEL = 0.05"),
    (threshold_of_its_own, "sixes_geo/wording/x.py", "ALPHA: float = 0.1"),
    (threshold_of_its_own, "sixes_geo/analysis/x.py", "LEAST_UNITS_TO_RANK = 2"),
    (threshold_of_its_own, "sixes_geo/analysis/x.py", "FEWEST = 3"),
    (threshold_of_its_own, "sixes_geo/measures/x.py", "def test(values, *, alpha=0.05): ..."),
    (threshold_of_its_own, "sixes_geo/measures/x.py", "def band(values, level=0.9): ..."),
    (threshold_of_its_own, "sixes_geo/charts/x.py", "colours(table, alpha=0.05)"),
    (threshold_of_its_own, "sixes_geo/maps/x.py", "sure = q_value <= 0.05"),
    (measure_that_touches_the_world, "sixes_geo/measures/access/x.py", "from pathlib import Path"),
    (measure_that_touches_the_world, "sixes_geo/measures/x.py", "from sixes_geo.i18n import en"),
    (measure_that_touches_the_world, "sixes_geo/measures/base/x.py", "open('sites.csv')"),
]
"""What each rule must see: the rule, where the file lies, what stands in it."""


def test_every_rule_sees_what_breaks_it_and_says_where():
    assert [
        (rule.__name__, name, text)
        for rule, name, text in BREAKS
        if not re.match(
            rf"{re.escape(name)}:\d+ \S", "".join(offenders(rule, [Source(name, text)]))
        )
    ] == []


def test_every_rule_leaves_what_is_allowed_alone():
    fine = [
        (streamlit_outside_ui, "sixes_geo/ui/views/x.py", "import streamlit as st"),
        (streamlit_cache_of_its_own, CACHES, "st.cache_resource(max_entries=1)(compute)"),
        (network_outside_the_server, "sixes_geo/server/x.py", "import socket"),
        (network_outside_the_server, "sixes_geo/ui/x.py", "from urllib.parse import urlencode"),
        (address_of_its_own, LINK, "from urllib.parse import urlencode"),
        (text_run_as_code, "sixes_geo/city/x.py", "re.compile('x')"),
        (error_caught_without_a_name, "sixes_geo/city/x.py", "try: f()\nexcept OSError: g()"),
        (threshold_of_its_own, THRESHOLDS, "ALPHA = 0.05"),
        (threshold_of_its_own, "sixes_geo/charts/x.py", "ALPHAS = {}\nopacity = 0.05"),
        (threshold_of_its_own, "sixes_geo/measures/x.py", "def test(values, *, alpha=ALPHA): ..."),
        (threshold_of_its_own, "sixes_geo/build/x.py", "LEAST_UNITS = 2"),
        (measure_that_touches_the_world, "sixes_geo/city/x.py", "from pathlib import Path"),
    ]

    assert [offenders(rule, [Source(name, text)]) for rule, name, text in fine] == [[]] * len(fine)


# ---------------------------------------------------------------- folders and layers


def layers():
    """Return the layers of the library from the top to the bottom, each as its names."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    contract = next(one for one in contracts if one["type"] == "layers")
    assert contract["exhaustive"]
    return [[name.strip() for name in re.split(r"[|:]", one)] for one in contract["layers"]]


def packages():
    """Return the folders of code below the library, as they stand in a path."""
    tops = {source.name.rpartition("/")[0] for source in LIBRARY}
    return tops - {"sixes_geo"}


def drawn(paper):
    """Return the folders of the tree that a paper draws, in order: (path, what is said of it)."""
    block = re.search(r"^```\w*\nsixes_geo/.*?^```", paper, flags=re.DOTALL | re.MULTILINE)
    found, above = [], []
    for line in block[0].splitlines()[1:-1] if block else []:
        told = re.match(r"( *)(\S+)/(?: +(.*))?$", line)
        if told:
            above = [*above[: len(told[1]) // 2], told[2]]
            found.append(("/".join(above), told[3] or ""))
    return found


def architecture():
    return (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_every_folder_of_code_is_a_package():
    files = {source.name for source in LIBRARY}

    assert [one for one in sorted(packages()) if f"{one}/__init__.py" not in files] == []


def test_every_module_has_its_place_among_the_layers():
    top = {name.removeprefix("sixes_geo/").split("/")[0] for name in packages()}
    top |= {
        source.name.removeprefix("sixes_geo/").removesuffix(".py")
        for source in LIBRARY
        if source.name.count("/") == 1
    }

    assert sorted(name for layer in layers() for name in layer) == sorted(top - {"__init__"})


def test_the_tree_drawn_is_the_tree_there_is():
    told = drawn(architecture())
    names = [name for name, _ in told]

    assert names, "ARCHITECTURE.md draws no tree that begins with sixes_geo/"
    assert sorted(set(names)) == sorted(names)
    assert [name for name in names if not (ROOT / name).is_dir()] == [], "drawn, and not there"
    assert sorted(packages() - set(names)) == [], "there, and not drawn"
    assert [name for name, words in told if not words] == [], "drawn, and not explained"


def test_the_tree_is_drawn_from_the_highest_layer_to_the_lowest():
    floor = {name: nth for nth, layer in enumerate(layers()) for name in layer}
    names = [name.split("/")[1] for name, _ in drawn(architecture()) if name.count("/") == 1]

    assert [floor[name] for name in names] == sorted(floor[name] for name in names)


def test_a_tree_is_read_as_it_is_drawn():
    paper = "```\nsixes_geo/  all\n  ui/  shows\n    views/  pages\n  city/  reads\n```\n"

    assert drawn(paper) == [
        ("sixes_geo", "all"),
        ("sixes_geo/ui", "shows"),
        ("sixes_geo/ui/views", "pages"),
        ("sixes_geo/city", "reads"),
    ]
    assert drawn("```\nui/  shows\n```\n") == []


# ---------------------------------------------------------------- measures


def sections(docstring):
    """Return the numpydoc sections of a docstring with what stands in them."""
    parts = re.split(r"\n *([A-Z][A-Za-z ]+)\n *-{3,}\n", inspect.cleandoc(docstring))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def place(function):
    """Return where a function is defined, as ``file:line name``."""
    path = inspect.getsourcefile(function)
    line = inspect.getsourcelines(function)[1]
    return f"{ROOT.joinpath(path).relative_to(ROOT).as_posix()}:{line} {function.__name__}"


def undocumented(function):
    """Tell whether a function lacks a section, or describes other parameters than it has."""
    found = sections(function.__doc__ or "")
    described = [
        name.strip().lstrip("*")
        for line in found.get("Parameters", "").splitlines()
        if line and not line.startswith(" ")
        for name in line.partition(":")[0].split(",")
    ]
    return not {"Parameters", "Returns", "Raises", "Notes"} <= set(found) or described != list(
        inspect.signature(function).parameters
    )


def without_example(function):
    """Tell whether a function shows nothing of what it gives."""
    return ">>>" not in sections(function.__doc__ or "").get("Examples", "")


def test_every_public_measure_is_documented_in_full():
    assert len(FUNCTIONS) > 30
    none_of(place(one) for one in FUNCTIONS if undocumented(one))


def test_every_public_measure_says_what_it_gives_by_example():
    none_of(place(one) for one in FUNCTIONS if without_example(one))


def test_a_measure_that_says_too_little_is_found():
    def silent(values):
        """Measure."""

    def other(values):
        """Measure.

        Parameters
        ----------
        figures
            Others.

        Returns
        -------
        Nothing.

        Raises
        ------
        Nothing.

        Notes
        -----
        None.
        """

    assert undocumented(silent)
    assert without_example(silent)
    assert undocumented(other)


def test_every_public_measure_is_listed_once():
    assert len(set(measures.__all__)) == len(measures.__all__)
    assert [name for name in measures.__all__ if not hasattr(measures, name)] == []
