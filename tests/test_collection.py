"""Every test there is runs: nothing lies where the project's own settings do not look."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
NO_SOURCE = {"build", "dist", "node_modules", "venv"}
"""Folders at the top that tools make, where there is no git to say so."""


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
