"""Rules of the tests: all of them run, lie where what they test lies, wait for nothing in vain."""

import ast
import os
import subprocess
import sys

import pytest
import ran
from house import ROOT, TESTS, Source, called, none_of, offenders
from marks import MARKS, marks_of

NO_SOURCE = {"build", "dist", "node_modules", "venv"}
"""Folders at the top that tools make, where there is no git to say so."""


OF_THE_HOUSE = {"tests/test_architecture.py", "tests/test_collection.py", "tests/test_docs.py"}
WITHOUT_A_MIRROR = {"browser", "install", "pages"}
"""Folders of tests of the whole product."""

ABSENCES = {"blocked", "error", "exception", "faults", "outside", "warning"}
TOGETHER = ("zip", "enumerate", "product", "combinations", "sorted", "reversed")
CHECKS = {"expect", "fail", "none_of", "raises", "wait_for_function"}


def files():
    """Return the Python files of the project: those git tracks, or all where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", "*.py"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        named = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
        return [path for path in named if path.is_file()]
    tops = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in NO_SOURCE]
    return [path for top in tops if top.name[0] != "." for path in top.rglob("*.py")]


def collected():
    """Return the files of which pytest collects tests, by the project's own settings."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"],
        cwd=ROOT,
        env=plain,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert found.returncode == 0, found.stdout[-2000:] + found.stderr[-2000:]
    return {line.partition("::")[0] for line in found.stdout.splitlines() if "::" in line}


@pytest.mark.long  # every file of tests is imported once more
def test_every_file_of_tests_and_every_module_with_examples_is_collected():
    named = {path.relative_to(ROOT).as_posix(): path for path in files()}
    tests = {name for name, path in named.items() if path.name.startswith("test_")}
    examples = {
        name
        for name, path in named.items()
        if name.startswith("sixes_geo/") and ">>> " in path.read_text(encoding="utf-8")
    }

    assert len(tests) > 90
    assert len(examples) > 25
    lost = sorted((tests | examples) - collected())
    assert not lost, "never run:\n" + "\n".join(lost)


def test_what_bears_a_mark_by_its_place_exists():
    names = [f"{source.name}::{node.name}" for source in TESTS for node in functions(source)]

    none_of(
        f"{mark} {place}"
        for mark, places in MARKS.items()
        for place in places
        if not any(mark in marks_of(name) for name in names if name.startswith(place))
    )


def test_marks_follow_from_the_place_of_a_test():
    assert marks_of("tests/browser/test_wheel.py::test_x[a]") == ["browser"]
    assert marks_of("tests/build/test_full_rebuild.py::test_x") == ["raw", "slow", "long"]
    assert marks_of("tests/cli/test_main.py::test_a_process_ends") == ["slow"]
    assert marks_of("tests/city/test_tables.py::test_x") == []


CASE = '<testcase classname="{}" name="test_x">{}</testcase>'
IN_CITY = CASE.format("tests.city.test_b", "")
RAN = CASE.format("tests.browser.test_a", "") + IN_CITY


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (RAN, []),
        (
            RAN + CASE.format("tests.browser.test_a", "<skipped/>"),
            ["skipped: tests/browser/test_a.py test_x"],
        ),
        (
            IN_CITY,
            ["no browser test was run", "never run: tests/browser/test_a.py"],
        ),
        (
            CASE.format("tests.browser.test_a", "")
            + CASE.format("tests.city.test_b", "<skipped/>"),
            ["never run: tests/city/test_b.py"],
        ),
    ],
)
def test_a_run_that_left_something_out_is_no_success(tmp_path, report, told):
    path = tmp_path / "report.xml"
    path.write_text(f"<testsuites><testsuite>{report}</testsuite></testsuites>")
    tests = ["tests/browser/test_a.py", "tests/city/test_b.py", *ran.NEEDS_RAW]

    assert list(ran.faults(tests, [path])) == told


# ---------------------------------------------------------------- how tests are written


def out_of_place(source):
    """Yield a file of tests that lies where nothing that it tests lies."""
    folder = source.name.split("/")[1]
    if source.name in OF_THE_HOUSE or folder in WITHOUT_A_MIRROR:
        return
    inner = source.name.rpartition("/")[0].removeprefix("tests/")
    mirrored = (ROOT / "sixes_geo" / inner).is_dir() and any(
        name.startswith(f"sixes_geo.{folder}.") for _, name in source.imports
    )
    if source.name.rpartition("/")[2].startswith("test_") and not mirrored:
        yield 1, f"nothing of sixes_geo/{inner} in it"


def wait_for_a_while(source):
    """Yield what waits without a condition."""
    if source.name != "tests/polling.py":
        for call in source.calls:
            if called(call) in ("sleep", "wait_for_timeout"):
                yield call.lineno, called(call)


def run_a_loop(source):
    """Yield what fails after a browser test, whose event loop runs on in the same thread."""
    if source.name != "tests/server/asking.py":
        for line, name in source.imports:
            if name.partition(".")[0] in ("asyncio", "anyio"):
                yield line, name


def functions(source):
    """Return the tests of a file."""
    return [
        node
        for node in source.nodes
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def told_by_silence(test):
    """Tell whether an assertion only says that something bad is not there."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return getattr(test.operand, "attr", "") in ABSENCES
    if isinstance(test, ast.Compare) and isinstance(test.left, ast.Attribute):
        empty = isinstance(test.comparators[0], ast.List) and not test.comparators[0].elts
        return test.left.attr in ABSENCES and empty
    return False


def content_with_an_absence(source):
    """Yield tests that a page that shows nothing would pass."""
    for node in functions(source):
        parts = list(ast.walk(node))
        asserted = [one.test for one in parts if isinstance(one, ast.Assert)]
        checked = {called(one) for one in parts if isinstance(one, ast.Call)} & CHECKS
        if asserted and not checked and all(map(told_by_silence, asserted)):
            yield node.lineno, node.name


def never_empty(node, known):
    """Tell whether what a loop goes through cannot be empty, as it stands there."""
    if not isinstance(node, ast.Call):
        name = getattr(node, "id", getattr(node, "attr", ""))
        told = getattr(node, "elts", getattr(node, "keys", ()))
        return bool(told) or name.isupper() or (name in known and never_empty(known[name], {}))
    if isinstance(node.func, ast.Attribute):
        return node.func.attr in ("items", "values") and never_empty(node.func.value, known)
    through = [never_empty(one, known) for one in node.args]
    return called(node) in ("range", "some") or (called(node) in TOGETHER and any(through))


def held_in_a_loop_over_nothing(source):
    """Yield tests that hold nothing if what they loop over is empty; random ones see to that."""
    for node in functions(source):
        if any("given" in ast.unparse(one) for one in node.decorator_list):
            continue
        known = {
            one.targets[0].id: one.value
            for one in node.body
            if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)
        }
        loops = [one for one in ast.walk(node) if isinstance(one, ast.For)]
        doubtful = [one for one in loops if not never_empty(one.iter, known)]
        inside = {id(one) for loop in doubtful for one in ast.walk(loop)}
        held = [
            id(one)
            for one in ast.walk(node)
            if isinstance(one, ast.Assert)
            or (isinstance(one, ast.Call) and called(one) in CHECKS | {"raises"})
        ]
        if held and inside.issuperset(held):
            yield node.lineno, node.name


def test_tests_mirror_the_library():
    none_of(offenders(out_of_place, TESTS))


def test_no_test_waits_for_a_while():
    none_of(offenders(wait_for_a_while, TESTS))


def test_no_test_runs_a_loop_in_the_thread_of_the_browser():
    none_of(offenders(run_a_loop, TESTS))


def test_no_test_asserts_the_absence_of_an_error_alone():
    none_of(offenders(content_with_an_absence, TESTS))


def test_no_test_holds_something_only_of_what_may_be_nothing():
    none_of(offenders(held_in_a_loop_over_nothing, TESTS))


def test_what_breaks_a_rule_of_the_tests_is_seen():
    silent = (
        "def test_x():\n    app = visit()\n    assert not app.exception\n    assert app.error == []"
    )
    looping = "def test_x(city):\n    for one in {}:\n        assert one"
    broken = [
        (out_of_place, "tests/test_x.py", ""),
        (out_of_place, "tests/places/test_x.py", "from sixes_geo.city import model"),
        (out_of_place, "tests/maps/test_x.py", "from sixes_geo.city import model"),
        (wait_for_a_while, "tests/browser/conftest.py", "time.sleep(1)"),
        (wait_for_a_while, "tests/browser/test_x.py", "page.wait_for_timeout(800)"),
        (run_a_loop, "tests/server/test_x.py", "import asyncio"),
        (content_with_an_absence, "tests/pages/test_x.py", silent),
        (held_in_a_loop_over_nothing, "tests/maps/test_x.py", looping.format("city.layers")),
        (held_in_a_loop_over_nothing, "tests/maps/test_x.py", looping.format("found(1)")),
    ]
    fine = [
        (out_of_place, "tests/maps/test_x.py", "from sixes_geo.maps import scene"),
        (wait_for_a_while, "tests/polling.py", "time.sleep(1)"),
        (run_a_loop, "tests/server/asking.py", "import asyncio"),
        (content_with_an_absence, "tests/pages/test_x.py", silent + "\n    assert app.title"),
        (held_in_a_loop_over_nothing, "tests/maps/test_x.py", looping.format("some(found)")),
        (held_in_a_loop_over_nothing, "tests/maps/test_x.py", looping.format("zip('ab', (1, 2))")),
        (
            held_in_a_loop_over_nothing,
            "tests/maps/test_x.py",
            looping.format("city.layers") + "\n    assert city",
        ),
    ]

    assert all(offenders(rule, [Source(name, text)]) for rule, name, text in broken)
    assert not any(offenders(rule, [Source(name, text)]) for rule, name, text in fine)
